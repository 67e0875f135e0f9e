import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readTranscript, type Transcript } from '#authoring/transcripts.ts';

/** What a transcript of this name and content says, on a site that knows these people; all are in the episode without more. */
export async function readTranscriptFile(
  name: string,
  content: string | Uint8Array,
  people: readonly string[] = [],
  duration?: number,
  episode: readonly string[] = people,
): Promise<Transcript> {
  const folder = await mkdtemp(join(tmpdir(), 'transcript-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), content);
  return readTranscript(join(folder, name), { site: people, episode }, duration);
}
