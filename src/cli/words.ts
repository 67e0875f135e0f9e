import { readFile } from 'node:fs/promises';
import { UsageError } from './command-line.ts';

/** The words of `--text`, or of the file that `--file` names. */
export async function wordsOf({ text, file }: { text: string | undefined; file: string | undefined }): Promise<string> {
  if ((text === undefined) === (file === undefined))
    throw new UsageError('Write --text "…", or --file with the name of a file.');
  return text ?? (await contentsOf(file ?? ''));
}

/** Throws `UsageError` where it cannot be read. */
export async function contentsOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  });
}
