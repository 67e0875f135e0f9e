import { readTranscript } from '#authoring/transcripts.ts';
import type { RemoteTranscript } from './archive.ts';
import { type Beside, inFile } from './files.ts';

/** The endings of transcripts that pages of this site show. */
const endings: Record<string, string> = {
  'text/vtt': '.vtt',
  'application/x-subrip': '.srt',
  'application/json': '.json',
};

/** The most bytes of a transcript: a day of talk has fewer. */
const mostBytes = 20e6;

/**
 * Puts the best of some transcripts beside an entry, as `transcript.vtt`; one that cannot be had, or that no page can show,
 * stays at its address. What is not kept is named.
 */
export async function takeTranscript(
  transcripts: readonly RemoteTranscript[],
  beside: Beside,
): Promise<string | RemoteTranscript | undefined> {
  const lose = (detail: string) => void beside.lost.push({ what: 'transcript', detail });
  const [best] = transcripts;
  for (const [i, { url, type }] of transcripts.entries()) {
    const ending = endings[type];
    if (ending === undefined) continue;
    try {
      const bytes = await beside.bytesOf({ url }, mostBytes);
      const name = `transcript${await readableAs(bytes, ending)}`;
      beside.files.push({ name, bytes });
      for (const other of transcripts.toSpliced(i, 1)) lose(`${other.url}: one transcript has a place, ${url} has it`);
      return `./${name}`;
    } catch (error) {
      lose(`${url} ${(error as Error).message}`);
    }
  }
  if (!best) return undefined;
  lose(`${best.url} stays there, and the page links to it`);
  return best;
}

/** The ending under which a transcript can be read: hosts confuse them. Throws an error with a plain message where none can. */
async function readableAs(bytes: Uint8Array, said: string): Promise<string> {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  const meant = /^[[{]/.test(beginning) ? '.json' : beginning.startsWith('WEBVTT') ? '.vtt' : '.srt';
  for (const ending of meant === said ? [said] : [meant, said])
    try {
      await inFile(bytes, `transcript${ending}`, (path) => readTranscript(path));
      return ending;
    } catch (error) {
      if (ending === said) throw error;
    }
  return said;
}
