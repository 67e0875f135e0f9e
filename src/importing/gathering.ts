import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lacksFacts, remoteFacts } from '#publishing/remote-facts.ts';
import type { RemoteRecording } from '#publishing/remote-recording.ts';
import type { Lost } from './archive.ts';
import { chaptersAt } from './chapters.ts';
import { takeDownloads } from './downloads.ts';
import { Beside } from './files.ts';
import { addressesIn } from './html.ts';
import type { Fate } from './outcome.ts';
import type { Planned } from './plan.ts';
import type { Run } from './run.ts';
import { takeTranscript } from './transcript.ts';

/** A piece with all that its entry needs of disks and hosts; or what becomes of it without any of it. */
export interface Gathered {
  planned: Planned;
  fate?: Fate;
  beside: Beside;
  /** Its fields, with what was asked for in them. */
  fields: Record<string, unknown>;
  lost: Lost[];
}

/** Gathers what the entry of a piece is made of: its pictures, transcript and chapters, and the facts of its recordings. */
export async function gathered(run: Run, planned: Planned): Promise<Gathered> {
  const { piece } = planned;
  const { options } = run;
  const found: Gathered = { planned, beside: new Beside(options), fields: { ...piece.fields }, lost: [...piece.lost] };
  const fate = await settled(run, planned);
  if (fate || options.isDry) return { ...found, ...(fate && { fate }) };
  const { beside, fields, lost } = found;
  const { body, cover, transcripts = [], chapters } = piece;
  const { pictures, links } = addressesIn(body);
  await beside.takePictures([...pictures.map((url) => ({ url })), ...(cover ? [cover] : [])]);
  await takeDownloads(run, links, beside);
  for (const name of ['audio', 'video']) fields[name] = await withFacts(run, fields[name], lost);
  fields['transcript'] ??= await takeTranscript(transcripts, beside);
  if (chapters !== undefined) fields['chapters'] ??= await chaptersAt(chapters, beside);
  return found;
}

/** What becomes of a piece whose entry is not to be made anew. */
async function settled({ options }: Run, { rival, known, source }: Planned): Promise<Fate | undefined> {
  if (rival !== undefined) return 'exists';
  if (!known || known.source !== source || known.isIncomplete || known.next) return undefined;
  const there = await stat(join(options.content, known.file)).catch(() => undefined);
  return there ? 'unchanged' : 'deleted';
}

/** A recording on another host, whose facts are asked for where the archive does not have them. */
async function withFacts({ options }: Run, recording: unknown, lost: Lost[]): Promise<unknown> {
  if (typeof recording !== 'object' || recording === null || !('url' in recording)) return recording;
  const said = recording as RemoteRecording;
  if (!lacksFacts(said)) return recording;
  const { isOffline, fetch, timeout } = options;
  const facts = isOffline
    ? new Error('was not asked for its bytes and duration')
    : await remoteFacts(said, { fetch, timeout }).catch((error: Error) => error);
  if (!(facts instanceof Error)) return { ...facts, ...said };
  lost.push({
    what: 'recording',
    detail: `${said.url} ${facts.message}: "npm run check-media -- --write" asks for its bytes and duration`,
  });
  return recording;
}
