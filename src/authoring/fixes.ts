import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Edition } from './edition.ts';
import { inFieldOrder } from './field-order.ts';
import { pasted } from './pasting.ts';
import type { Problem } from './problem.ts';

/** What was put right, at the place where it was wrong. */
export interface Fix {
  file: string;
  line: number;
  what: string;
  nearest: string;
}

/**
 * Puts right what is mechanical: what has one value that can have been meant, and, where `order` is asked for, the order of
 * fields. Nothing is taken out, nothing is made up, and of a file no more changes than the lines that are wrong. `read` reads
 * the edition anew.
 */
export async function fixContent(read: () => Promise<Edition>, { order = false } = {}): Promise<Fix[]> {
  const done: Fix[] = [];
  const refused = new Set<string>();
  for (let round = 0; round < mostRounds; round += 1) {
    const edition = await read();
    const found = edition.problems.filter((problem) => isMechanical(problem) && !refused.has(keyOf(problem)));
    if (found.length === 0) break;
    const fixed = await Promise.all(
      [...Map.groupBy(found, ({ file }) => file)].map(([, those]) => fixFile(edition, those)),
    );
    const after = await read();
    for (const { path, before, problems } of fixed.flatMap((each) => each ?? [])) {
      const [{ file } = { file: '' }] = problems;
      if (countIn(after, file) < countIn(edition, file)) {
        done.push(...problems.map(({ line, what, nearest = '' }) => ({ file, line, what, nearest })));
        continue;
      }
      // What made nothing better was not what its author meant.
      await writeFile(path, before);
      for (const problem of problems) refused.add(keyOf(problem));
    }
  }
  return order ? [...done, ...(await fixOrder(await read()))] : done;
}

/** A line of a file may have several mistakes, each of which is told again when the one before is gone. */
const mostRounds = 8;

const keyOf = ({ file, line, what }: Problem) => JSON.stringify([file, line, what]);
const countIn = ({ problems }: Edition, file: string) => problems.filter((problem) => problem.file === file).length;

/** Whether there is a line to paste that corrects a value, and neither adds one nor takes one out. */
function isMechanical({ what, nearest, paste }: Problem): boolean {
  if (nearest === undefined || paste === undefined || nearest === 'the words without a link') return false;
  if (/^\s*(?:#|\{\/\*)/.test(paste) || /^\S+\.(?:mdx|yaml)$/.test(paste)) return false;
  return !/^(?:Missing field|Malformed|No .* can be published|There is no front matter|The (?:file|front matter) is)/.test(
    what,
  );
}

async function fixFile(edition: Edition, problems: readonly Problem[]) {
  const [{ file } = { file: '' }] = problems;
  const path = pathOf(edition, file);
  if (path === undefined) return undefined;
  const before = await readFile(path, 'utf8');
  const ending = before.includes('\r\n') ? '\r\n' : '\n';
  // From below, so that lines above stay where they are; one to a line.
  const chosen = [...new Map(problems.map((problem) => [problem.line, problem])).values()].toSorted(
    (a, b) => b.line - a.line,
  );
  const lines = chosen.reduce<string[]>((text, problem) => pasted(text, problem), before.split(/\r?\n/));
  await writeFile(path, lines.join(ending));
  return { path, before, problems: chosen };
}

async function fixOrder(edition: Edition): Promise<Fix[]> {
  const done: Fix[] = [];
  for (const { name, path, text, yaml } of edition.folder.entries) {
    const ordered = yaml.problems.length > 0 ? text : inFieldOrder(text);
    if (ordered === text) continue;
    await writeFile(path, ordered);
    done.push({
      file: name,
      line: 1,
      what: 'The fields were in another order than those of other entries',
      nearest: '',
    });
  }
  return done;
}

function pathOf({ folder }: Edition, file: string): string | undefined {
  if (file === folder.show.name) return join(folder.path, 'show.yaml');
  if (file === folder.topics.name) return join(folder.path, 'topics.yaml');
  return folder.entries.find(({ name }) => name === file)?.path;
}
