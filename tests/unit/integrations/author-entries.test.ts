import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { wishOf } from '../../../src/integrations/author-entries.ts';

const wish = { page: '/episodes/one/', title: 'Another one' };

/** A request for an entry from a page of the author's server, but for what is changed. */
function asked({
  headers = {},
  method = 'POST',
  remoteAddress = '127.0.0.1',
  body = JSON.stringify(wish),
}: { headers?: Record<string, string | undefined>; method?: string; remoteAddress?: string; body?: string } = {}) {
  const given = {
    ...{ host: 'localhost:4321', origin: 'http://localhost:4321', 'content-type': 'application/json' },
    ...{ 'content-length': String(Buffer.byteLength(body)), ...headers },
  };
  return wishOf(
    Object.assign(Readable.from([Buffer.from(body)]), {
      ...{ method, headers: given, socket: { remoteAddress } },
    }) as unknown as IncomingMessage,
  );
}

test.each([
  {},
  { remoteAddress: '::1', headers: { host: '[::1]:4321', origin: 'http://[::1]:4321' } },
  { remoteAddress: '::ffff:127.0.0.1', headers: { host: '127.0.0.1:4321', origin: 'http://127.0.0.1:4321' } },
])('an entry is wished for by a page of this machine’s own server: %o', async (request) => {
  expect(await asked(request)).toEqual(wish);
});

test.each([
  // A name of somebody else that leads to this machine (DNS rebinding).
  { headers: { host: 'evil.example:4321', origin: 'http://evil.example:4321' } },
  { headers: { host: 'localhost.evil.example', origin: 'http://localhost.evil.example' } },
  { headers: { host: '127.0.0.1.evil.example', origin: 'http://127.0.0.1.evil.example' } },
  { headers: { host: '' } },
  // Another site, and another port of this machine.
  { headers: { origin: 'https://evil.example' } },
  { headers: { origin: 'http://localhost:8080' } },
  { headers: { origin: 'null' } },
  // Another machine that names this one.
  { remoteAddress: '192.0.2.7' },
  { remoteAddress: '::ffff:192.0.2.7' },
  { remoteAddress: '127.0.0.1.evil.example' },
  // What a form of another site can send without asking.
  { headers: { 'content-type': 'text/plain' } },
  { method: 'GET' },
  { body: 'x'.repeat(4097) },
  // Of which nobody knows how long it is.
  { headers: { 'content-length': undefined } },
  { body: '{' },
  { body: '{"page":1,"title":"x"}' },
])('nobody else wishes for one: %o', async (request) => {
  expect(await asked(request)).toBeUndefined();
});
