import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { z } from 'astro/zod';
import { parseText, tokenizeVTTCue, type VTTNode } from 'media-captions';
import type { Cue } from '#catalog/records.ts';
import { captionFormat, readableCaptions, withoutMarks } from './captions.ts';
import { textOf } from './text-file.ts';

/** Podcasting 2.0 transcript JSON (version 1.0.0). */
const transcriptFile = z.object({
  segments: z
    .array(
      z.object({
        startTime: z.number().nonnegative(),
        endTime: z.number().nonnegative(),
        speaker: z.string().optional(),
        body: z.string(),
      }),
    )
    .min(1),
});

/**
 * What was said, from WebVTT (voices as `<v Name>`), SRT (speakers as `Name: …`) or Podcasting 2.0 JSON.
 * Throws an error with a plain message when the file is none of them.
 */
export async function readTranscript(path: string): Promise<Cue[]> {
  const text = textOf(await readFile(path)).replace(/^\uFEFF/, '');
  const cues = extname(path).toLowerCase() === '.json' ? fromJson(text) : await fromCaptions(text, path);
  if (cues.length === 0) throw new Error('has nothing in it that was said');
  return cues.toSorted((a, b) => a.start - b.start);
}

function fromJson(text: string): Cue[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('is not JSON');
  }
  const { data } = transcriptFile.safeParse(json);
  if (!data) throw new Error('is no transcript: it wants "segments" with "startTime", "endTime" and "body" each');
  return data.segments.map(({ startTime, endTime, speaker, body }) =>
    cue(startTime, endTime, speaker?.trim() || undefined, withoutMarks(body)),
  );
}

async function fromCaptions(text: string, path: string): Promise<Cue[]> {
  const type = captionFormat(path) ?? 'vtt';
  const { cues, errors } = await parseText(readableCaptions(text, type), { type, errors: true });
  const [error] = errors;
  if (error) throw new Error(`is not ${type === 'srt' ? 'SRT' : 'WebVTT'}: ${error.message}`);
  return cues.flatMap((each) => {
    if (type === 'srt') {
      const [, speaker, said = ''] = /^(?:(\p{L}[^:\n<]{0,60}):\s+)?([\s\S]*)$/u.exec(each.text) ?? [];
      return cue(each.startTime, each.endTime, speaker, withoutMarks(said));
    }
    return voices(tokenizeVTTCue(each)).map(({ speaker, said }) => cue(each.startTime, each.endTime, speaker, said));
  });
}

/** The stretches of a cue by speaker; what no voice says belongs to the voice before it in the cue, or to nobody. */
function voices(nodes: VTTNode[]): { speaker: string | undefined; said: string }[] {
  const found: { speaker: string | undefined; said: string }[] = [];
  for (const node of nodes) {
    const speaker = node.type === 'v' ? node.voice.trim() || undefined : found.at(-1)?.speaker;
    const said = plain(node);
    const last = found.at(-1);
    if (last && last.speaker === speaker) last.said += said;
    else found.push({ speaker, said });
  }
  return found.filter(({ said }) => said.trim());
}

const plain = (node: VTTNode): string => (node.type === 'text' ? node.data : node.children.map(plain).join(''));

const cue = (start: number, end: number, speaker: string | undefined, said: string): Cue => ({
  start,
  end,
  ...(speaker && { speaker }),
  text: said.replaceAll(/\s+/g, ' ').trim(),
});
