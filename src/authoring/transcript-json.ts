import { z } from 'astro/zod';
import { seconds } from '#site/length.ts';
import { speakerName, withoutControls } from './caption-marks.ts';

export interface Segment {
  start: number;
  end: number | undefined;
  /** Counted from 1. */
  line: number;
  speaker?: string | undefined;
  body: string;
}

/** A moment in seconds, as a number, as its digits, or as a clock. */
const moment = z.union([
  z
    .number()
    .nonnegative()
    .transform((number) => Math.round(number * 1000) / 1000),
  z
    .string()
    .trim()
    .regex(/^(?:\d+:){0,2}\d+(?:[.,]\d+)?$/)
    .transform((text) => seconds(text.replace(',', '.'))),
]);

const segment = z
  .object({
    startTime: moment.nullish(),
    start: moment.nullish(),
    endTime: moment.nullish(),
    end: moment.nullish(),
    speaker: z.union([z.string(), z.number()]).nullish(),
    body: z.string().nullish(),
    text: z.string().nullish(),
  })
  .transform(({ startTime, start, endTime, end, speaker, body, text }) => ({
    start: startTime ?? start ?? undefined,
    end: endTime ?? end ?? undefined,
    speaker: speakerName(withoutControls(String(speaker ?? ''))),
    body: withoutControls(body ?? text ?? ''),
  }));

/** Podcasting 2.0 transcript JSON (version 1.0.0), and the form that Whisper writes. */
const transcriptFile = z.union([
  z.object({ segments: z.array(segment).min(1) }),
  z
    .array(segment)
    .min(1)
    .transform((segments) => ({ segments })),
]);

/** The segments of a transcript in JSON. Throws an error with a plain message when it is none. */
export function readSegments(text: string): Segment[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(
      /^\s*(?:WEBVTT|\d+\s*[\r\n])/.test(text)
        ? 'is not JSON: it has captions in it. Name it .vtt or .srt'
        : 'is not JSON',
    );
  }
  const { data } = transcriptFile.safeParse(json);
  if (!data?.segments.some(({ start, body }) => start !== undefined && body.trim()))
    throw new Error('is no transcript: it wants "segments" with "startTime", "endTime" and "body" each');
  const lines = bodyLines(text);
  let before = 0;
  return data.segments.map(({ start = before, end, speaker, body }, i) => {
    before = end ?? start;
    return { start, end, line: lines[i] ?? 1, speaker, body };
  });
}

/** The line of each segment's text. */
function bodyLines(text: string): number[] {
  const key = /"(?:body)"\s*:/.test(text) ? '"body"' : '"text"';
  let line = 1;
  let from = 0;
  return [...text.matchAll(new RegExp(`${key}\\s*:`, 'g'))].map(({ index }) => {
    line += text.slice(from, index).split('\n').length - 1;
    from = index;
    return line;
  });
}
