import { expect, test } from 'vitest';
import { withoutAddresses } from '#capture/without-addresses.ts';
import { createLog, withoutPerson } from '#server/log.ts';

const at = () => new Date('2026-01-15T12:00:00Z');

test('a line for machines is JSON', () => {
  const lines: string[] = [];
  createLog('json', (line) => lines.push(line), at).warn('Slow', { ms: 12, id: undefined });
  expect(lines).toEqual(['{"at":"2026-01-15T12:00:00.000Z","level":"warn","message":"Slow","ms":12}']);
});

test('a line for a terminal can be read, and nobody writes lines or colours of their own into it', () => {
  const lines: string[] = [];
  const log = createLog('text', (line) => lines.push(line), at);
  log.info('GET /\u001b[31m/', { status: 200 });
  log.error('It failed\n  at here', { path: '/\nforged' });
  expect(lines).toEqual([
    '12:00:00 GET /\\u001b[31m/ status=200',
    '12:00:00 error: It failed\n  at here path=/\\nforged',
  ]);
});

test.each([
  ['to ada.lamp+x@example.com, refused', 'to [address], refused'],
  ['/a/ada%40example.com/', '/a/[address]/'],
  ['<ada@example.com>', '<[address]>'],
  ['/confirm/?token=short&x=1', '/confirm/?token=[token]&x=1'],
  ['0199a3f2-1111.k1.c2lnbmF0dXJlLXNpZ25h is gone', '[token] is gone'],
  [
    'at file:///srv/node_modules/@astrojs/node/dist/serve-app.js:1:2',
    'at file:///srv/node_modules/@astrojs/node/dist/serve-app.js:1:2',
  ],
])('what may be of a person is taken out: %s', (text, told) => {
  expect(withoutPerson(text)).toBe(told);
});

test.each([
  ['one long word', 'a'.repeat(40_000)],
  ['one long word with dots', 'a'.repeat(20_000).concat('.', 'a'.repeat(20_000))],
  ['signs of an address', '@'.repeat(40_000)],
  ['words of a token', 'abcdefgh.'.repeat(5_000)],
  ['quotation marks', '"'.repeat(40_000)],
])('%s is looked through in no time worth speaking of', (_, text) => {
  const before = process.cpuUsage();
  withoutPerson(text);
  withoutAddresses(text);
  const { user, system } = process.cpuUsage(before);
  // What began anew at each letter took seconds.
  expect((user + system) / 1e6).toBeLessThan(0.5);
});
