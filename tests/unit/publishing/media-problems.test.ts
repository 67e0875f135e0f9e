import { expect, test } from 'vitest';
import { readEntry, type SourceEntry } from '#authoring/source.ts';
import type { Mismatch } from '#publishing/media-check.ts';
import { mediaProblems } from '#publishing/media-problems.ts';
import type { RemoteRecording } from '#publishing/remote-recording.ts';

const text = `---
title: One
audio:
  url: https://cdn.example/one.mp3
  bytes: 1000
  type: audio/mpeg
  duration: 60
---
`;
const entry: SourceEntry = {
  ...{ collection: 'episodes', slug: 'one', path: '', name: 'one.mdx', folder: '', text },
  ...readEntry(text, 'one.mdx'),
};
const recording: RemoteRecording = {
  slug: 'one',
  field: 'audio',
  url: 'https://cdn.example/one.mp3',
  bytes: 1000,
  type: 'audio/mpeg',
  duration: 60,
};

const problem = (mismatch: Mismatch) =>
  mediaProblems({ recording, redirects: [], advice: [], mismatches: [mismatch] }, entry)[0];

test.each<[Mismatch, object]>([
  [
    { fact: 'bytes', what: 'It has 999', right: 999 },
    { what: 'It has 999', file: 'one.mdx', line: 5, field: 'audio.bytes', nearest: '999', paste: '  bytes: 999' },
  ],
  [
    { fact: 'type', what: 'It is M4A', right: 'audio/x-m4a' },
    { line: 6, field: 'audio.type', nearest: 'audio/x-m4a', paste: '  type: audio/x-m4a' },
  ],
  [
    { fact: 'url', what: 'It is gone' },
    { line: 4, field: 'audio.url' },
  ],
])('a mismatch stands at the line of its field, with the line put right: %o', (mismatch, expected) => {
  expect(problem(mismatch)).toMatchObject(expected);
});

test('a type that no feed may say is the mismatch of the host, and nothing to paste', () => {
  const found = problem({ fact: 'type', what: 'It is audio/mp3', right: 'audio/mp3' });
  expect(found).toMatchObject({ line: 6, field: 'audio.type' });
  expect(found?.paste).toBeUndefined();
});
