import { expect, test } from 'vitest';
import type { HookOutcome, HookRequest } from '#capture/capture.ts';
import { ask, serve } from './served.ts';

/** A relay's request, as it is handed on, and the answer to it. */
async function sent(outcome: HookOutcome | { kind: 'unavailable' }, asking: Parameters<typeof ask>[2] = {}) {
  const requests: HookRequest[] = [];
  const served = await serve({
    capture: { takeHook: async (request) => (requests.push(request), outcome) },
  });
  const { status, headers, body } = await ask(served, '/hooks/mail/', {
    method: 'POST',
    headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': '1768478400', 'webhook-signature': 'v1,abc' },
    body: '{"events":[]}',
    ...asking,
  });
  return { requests, status, headers, said: body.toString() };
}

test('what a relay reports is handed on as it came, without a page that it was sent from', async () => {
  const { requests, status, said, headers } = await sent({ kind: 'taken', events: 2, recorded: 1 });
  expect(requests.map(({ body, ...rest }) => ({ ...rest, body: Buffer.from(body).toString() }))).toEqual([
    { id: 'msg_1', timestamp: '1768478400', signatures: 'v1,abc', body: '{"events":[]}' },
  ]);
  expect([status, said]).toEqual([200, '{"events":2,"recorded":1}\n']);
  expect(headers['cache-control']).toContain('no-store');
});

test.each([
  [{ kind: 'forged' }, 401],
  [{ kind: 'repeated' }, 409],
  [{ kind: 'invalid', what: 'The body is not JSON.' }, 422],
  [{ kind: 'no-hook' }, 404],
  [{ kind: 'unavailable' }, 503],
] as const)('a relay is told %j by its status, %i', async (outcome, status) => {
  expect(await sent(outcome)).toMatchObject({ status, said: expect.stringContaining('"error"') as string });
});

test('a report of more than 64 KB is not read to its end, and one that is asked for by GET is none', async () => {
  const { status, requests } = await sent({ kind: 'forged' }, { body: 'x'.repeat(65 * 1024) });
  expect([status, requests]).toEqual([413, []]);
  expect(await sent({ kind: 'forged' }, { method: 'GET', body: undefined as never })).toMatchObject({ status: 405 });
});
