import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

/**
 * The tests that a file of the project at `root` has a part in, as paths from there: those that import it, by however many
 * others, and those that start it as a program or a thread, whose name is then a text of theirs.
 */
export function relatedTests(root: string, file: string): string[] {
  const users = usersIn(root);
  const found = new Set([file]);
  for (const each of found) for (const user of users.get(each) ?? []) found.add(user);
  return [...found].filter((each) => each.endsWith('.test.ts')).toSorted();
}

/** The files that name each file. */
function usersIn(root: string): Map<string, string[]> {
  const files = globSync('{src,tests}/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  const known = new Set(files);
  const users = new Map<string, string[]>();
  for (const user of files) {
    const texts = readFileSync(join(root, user), 'utf8').matchAll(/'([^'\n]+\.ts)'/g);
    const named = [...texts].flatMap(([, name = '']) =>
      name.startsWith('#') ? `src/${name.slice(1)}` : [join(dirname(user), name), name],
    );
    for (const file of new Set(named)) if (known.has(file)) users.set(file, [...(users.get(file) ?? []), user]);
  }
  return users;
}
