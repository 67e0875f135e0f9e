import { readFile, writeFile } from 'node:fs/promises';
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
  const fate = known ? await updated(run, entry, known) : await written(run, entry, file);
  run.results.push({ place, kind, fate, file, lost });
}

async function written(run: Run, entry: Kept, file: string): Promise<Fate> {
  const { content, isDry } = run.options;
  const { text, beside } = entry;
  if (isDry) return 'written';
  await writeEntry(content, { folder: dirname(file), text, files: beside.files }, () => {});
  await run.record.add(noteOf(entry, file));
  return 'written';
}

async function updated(run: Run, entry: Kept, known: Imported): Promise<Fate> {
  const { content, isDry } = run.options;
  const { source, text, beside, lost } = entry;
  const { file } = known;
  const now = await readFile(join(content, file)).catch(() => undefined);
  if (!now) return 'deleted';
  if (known.files[file] !== digest(now)) {
    if (known.source === source) return 'unchanged';
    lost.unshift({
      what: 'edited',
      detail: 'It was changed here since it was imported, and in the archive too: it is left as it is',
    });
    return 'edited';
  }
  const note = noteOf(entry, file);
  const isSame = Object.entries(note.files).every(([name, each]) => known.files[name] === each);
  if (isSame && known.source === source) return 'unchanged';
  if (isDry) return 'updated';
  for (const { name, bytes } of beside.files) {
    const path = join(content, dirname(file), name);
    const old = await readFile(path).catch(() => undefined);
    if (!old || known.files[`${dirname(file)}/${name}`] === digest(old)) await writeFile(path, bytes);
  }
  await writeFile(join(content, file), text);
  await run.record.add(note);
  return 'updated';
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
