import type { Problem } from '#authoring/problem.ts';
import type { SourceEntry } from '#authoring/source.ts';
import { audioTypes, videoTypes } from '#model/media.ts';
import type { Finding, Mismatch } from './media-check.ts';

/** The mismatches of a recording at the lines of its episode's front matter, with those lines put right. */
export function mediaProblems({ recording, mismatches }: Finding, { name: file, yaml }: SourceEntry): Problem[] {
  return mismatches.map((mismatch): Problem => {
    const { fact, what } = mismatch;
    const field = [recording.field, fact];
    const place = { what, file, field: field.join('.') };
    const right = writable(recording.field, mismatch);
    return right === undefined
      ? { ...place, line: yaml.line(field), nearest: advice[fact] }
      : { ...place, nearest: String(right), ...yaml.correct(field, right) };
  });
}

/** What is to be done where the front matter is right and the host is not. */
const advice = {
  url: 'an address that answers HEAD with 200 and byte ranges with 206',
  type: 'the type in the front matter, once the host serves it',
  bytes: 'the size of the file',
};

/** What the host says, if the schema takes it. */
function writable(kind: 'audio' | 'video', { fact, right }: Mismatch): string | number | undefined {
  const types: readonly string[] = Object.values(kind === 'audio' ? audioTypes : videoTypes);
  return fact === 'type' && !types.includes(String(right)) ? undefined : right;
}
