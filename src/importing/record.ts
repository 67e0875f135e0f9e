import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './files.ts';

/** What imports wrote, inside the content folder: git keeps it, so that the next run on any machine knows. */
const recordName = '.imported.jsonl';

/** One entry that an import wrote. */
export interface Imported {
  /** Kind and address of the archive, and the key of the entry in it. */
  key: string;
  /** Inside the content folder, `posts/some-post/index.mdx`. */
  file: string;
  /** Digest of what the archive said. */
  source: string;
  /** Digests of the files that were written, by their paths inside the content folder. */
  files: Record<string, string>;
  /** Digests of the files that a run began to write: where they are still here, it was ended in the middle of that. */
  next?: Record<string, string>;
  /** The number that an episode got where the archive counts none. */
  number?: number;
  /** Files could not be had: the next run tries again. */
  isIncomplete?: true;
}

export const digest = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32);

/**
 * What was imported into a content folder. A line is added before every entry that is written and one after it, so that a run
 * that is interrupted anywhere goes on where it ended; the last line of a key counts.
 */
export class ImportRecord {
  readonly #path: string;
  readonly #entries = new Map<string, Imported>();
  #endsInside = false;

  private constructor(path: string) {
    this.#path = path;
  }

  static async of(content: string): Promise<ImportRecord> {
    const record = new ImportRecord(join(content, recordName));
    const text = await readFile(record.#path, 'utf8').catch(() => '');
    record.#endsInside = text !== '' && !text.endsWith('\n');
    for (const line of text.split('\n')) {
      // The last line of a run that was ended in the middle of it may be half a line.
      const entry = parsed(line);
      if (entry) record.#entries.set(entry.key, entry);
    }
    return record;
  }

  find(key: string): Imported | undefined {
    return this.#entries.get(key);
  }

  get all(): readonly Imported[] {
    return [...this.#entries.values()];
  }

  async add(entry: Imported): Promise<void> {
    this.#entries.set(entry.key, entry);
    await appendFile(this.#path, `${this.#endsInside ? '\n' : ''}${JSON.stringify(entry)}\n`);
    this.#endsInside = false;
  }

  /** Writes each entry once, in the order of their files, so that changes are easy to read. */
  async tidy(): Promise<void> {
    if (this.#entries.size === 0) return;
    const sorted = this.all.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.key < b.key ? -1 : 1));
    await writeWhole(this.#path, sorted.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
}

function parsed(line: string): Imported | undefined {
  try {
    const entry = JSON.parse(line) as Imported;
    return typeof entry.key === 'string' && typeof entry.file === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}
