import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lacksFacts, remoteFacts } from '#publishing/remote-facts.ts';

const recording = {
  ...{ slug: 'one', field: 'audio' as const, url: 'https://cdn.example/one.mp3', type: 'audio/mpeg' as const },
};
const file = readFileSync('tests/fixtures/series/episodes/welcome-to-the-rock/audio.mp3');

test.each([
  ['says how much it sends', { 'content-length': String(file.length) }],
  ['does not say how much it sends', {}],
])('a recording is heard for its size and length where its host %s', async (_, headers) => {
  const fetch = () => Promise.resolve(new Response(file, { headers }));
  const { bytes, duration } = await remoteFacts(recording, { fetch, timeout: 1000 });
  expect(bytes).toBe(file.length);
  expect(duration).toBeGreaterThan(1);
});

test.each([
  ['nothing is there', new Response('Gone', { status: 404 }), 'answers 404'],
  ['it does not play', new Response('<p>Sign in</p>'), 'is nothing that plays'],
])('it is told that %s', async (_, response, what) => {
  const fetch = () => Promise.resolve(response);
  await expect(remoteFacts(recording, { fetch, timeout: 1000 })).rejects.toThrow(what);
});

test.each([
  [{ bytes: 1, duration: 2 }, false],
  [{ bytes: 1 }, true],
  [{ duration: 2 }, true],
  [{}, true],
])('of a recording with %j something is to be asked: %s', (facts, lacking) => {
  expect(lacksFacts({ ...recording, ...facts })).toBe(lacking);
});
