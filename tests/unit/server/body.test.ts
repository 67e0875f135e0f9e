import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readBody } from '#server/body.ts';

/** A request whose body comes as a test writes it. */
function request() {
  const body = new PassThrough();
  return { body, asked: Object.assign(body, { headers: {} }) as unknown as IncomingMessage };
}

test('a form that breaks off is given up at once, and not when its time is over', async () => {
  const { body, asked } = request();
  const read = readBody(asked, { bytes: 10, milliseconds: 2 ** 31 - 1 });
  body.write('email=');
  body.destroy();
  expect(await read).toEqual({ kind: 'aborted' });
});

test('a form without a length may be as long as it is allowed to, and no longer', async () => {
  for (const [text, kind] of [
    ['0123456789', 'body'],
    ['0123456789a', 'too-large'],
  ] as const) {
    const { body, asked } = request();
    const read = readBody(asked, { bytes: 10, milliseconds: 2 ** 31 - 1 });
    for (const letter of text) body.write(letter);
    body.end();
    expect((await read).kind).toBe(kind);
  }
});
