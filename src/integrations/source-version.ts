import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What renders a site, beside its content. */
export interface Sources {
  /** The project's root. */
  root: string;
  /** Other files that pages are made of, inside it. */
  files: readonly string[];
  /** What the configuration says that no file of the project does, such as the address of the site. */
  settings: unknown;
  /** The names of bundled files, each with a digest in it. */
  bundled: readonly string[];
}

/**
 * A digest of all that decides how content becomes pages: the source of this project, what is installed, its settings,
 * and the software that runs it. With another one nothing that was rendered is used again; a change of code that touches
 * no page is worth one slow build.
 */
export function sourceVersion({ root, files, settings, bundled }: Sources): string {
  const hash = createHash('sha256').update(
    JSON.stringify([settings, [...bundled].toSorted(), process.versions, process.arch]),
  );
  // What is installed may be other than what is locked.
  const configuration = ['astro.config.mjs', 'package.json', 'package-lock.json', 'node_modules/.package-lock.json'];
  for (const path of [...filesIn(join(root, 'src')), ...[...configuration, ...files].map((name) => join(root, name))])
    hash.update(`\n${path.slice(root.length)}\n`).update(readable(() => readFileSync(path), 'none'));
  return hash.digest('hex');
}

const filesIn = (folder: string): string[] =>
  readable(() => readdirSync(folder, { recursive: true, withFileTypes: true }), [])
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();

/** What is not there is a version of its own. */
function readable<Read, Otherwise>(read: () => Read, otherwise: Otherwise): Read | Otherwise {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
