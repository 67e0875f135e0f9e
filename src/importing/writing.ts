import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeEntry } from '#authoring/entry-writer.ts';
import type { Lost } from './archive.ts';
import type { Beside } from './files.ts';
import type { Fate, Result } from './outcome.ts';
import { digest, type Imported } from './record.ts';
import type { Run } from './run.ts';

/** An entry as it is to be, with its files. */
export interface Kept {
  id: string;
  kind: Result['kind'];
  slug: string;
  place: string;
  /** What an import wrote of it before. */
  known: Imported | undefined;
  /** Digest of what the archive says. */
  source: string;
  text: string;
  beside: Beside;
  lost: Lost[];
  number?: number | undefined;
}

/** Writes an entry, notes it in the record, and tells what became of it. What was changed since the last import is left alone. */
export async function keepEntry(run: Run, entry: Kept): Promise<void> {
  const { place, kind, slug, known, lost } = entry;
  const file = known?.file ?? `${kind}/${slug}/index.mdx`;
  const fate = known && !isNew(known) ? await updated(run, entry, known) : await written(run, entry, file);
  run.results.push({ place, kind, fate, file, lost });
}

/** Whether a run was ended before it had written an entry for the first time. */
const isNew = ({ next, files }: Imported) => next !== undefined && Object.keys(files).length === 0;

async function written(run: Run, entry: Kept, file: string): Promise<Fate> {
  const { content, isDry } = run.options;
  const { text, beside, known } = entry;
  if (isDry) return 'written';
  const note = noteOf(entry, file);
  if (known) {
    const now = await readFile(join(content, file)).catch(() => undefined);
    if (now && !isOurs(now, text, known, file)) return 'edited';
  }
  await run.record.add({ ...note, files: {}, next: note.files });
  if (known) await writeFiles(content, entry, file);
  else await writeEntry(content, { folder: dirname(file), text, files: beside.files }, () => {});
  await run.record.add(note);
  return 'written';
}

async function updated(run: Run, entry: Kept, known: Imported): Promise<Fate> {
  const { content, isDry } = run.options;
  const { source, text, lost } = entry;
  const { file } = known;
  const now = await readFile(join(content, file)).catch(() => undefined);
  if (!now) return 'deleted';
  if (!isOurs(now, text, known, file)) {
    if (known.source === source) return 'unchanged';
    lost.unshift({
      what: 'edited',
      detail: 'It was changed here since it was imported, and in the archive too: it is left as it is',
    });
    return 'edited';
  }
  const note = noteOf(entry, file);
  const isSame = Object.entries(note.files).every(([name, each]) => known.files[name] === each);
  if (isSame && known.source === source && !known.next) {
    // What was missing is no longer asked for.
    if (known.isIncomplete && !note.isIncomplete && !isDry) await run.record.add(note);
    return 'unchanged';
  }
  if (isDry) return 'updated';
  await run.record.add({ ...known, next: note.files });
  await writeFiles(content, entry, file);
  await run.record.add(note);
  return 'updated';
}

/** Writes the files of an entry whose folder may be there; those that were changed since are left alone. The text comes last. */
async function writeFiles(content: string, { text, beside, known }: Kept, file: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(join(content, folder), { recursive: true });
  for (const { name, bytes } of beside.files) {
    const old = await readFile(join(content, folder, name)).catch(() => undefined);
    if (!old || !known || isOurs(old, bytes, known, `${folder}/${name}`))
      await writeFile(join(content, folder, name), bytes);
  }
  await writeFile(join(content, file), text);
}

/** Whether a file is as an import left it: as it was noted, or a part of what it was ended in the middle of. */
function isOurs(now: Buffer, wanted: string | Uint8Array, { files, next }: Imported, file: string): boolean {
  const is = digest(now);
  if (files[file] === is || next?.[file] === is) return true;
  return next !== undefined && Buffer.from(wanted).subarray(0, now.length).equals(now);
}

function noteOf({ id, source, text, beside, number }: Kept, file: string): Imported {
  const files: Record<string, string> = { [file]: digest(text) };
  for (const { name, bytes } of beside.files) files[`${dirname(file)}/${name}`] = digest(bytes);
  return {
    ...{ key: id, file, source, files },
    ...(number !== undefined && { number }),
    ...(beside.isIncomplete && { isIncomplete: true as const }),
  };
}
