import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Capture, HookOutcome } from '#capture/capture.ts';

/** Answers another machine that reports what became of mails, in JSON. */
export async function answerHook(
  { headers }: IncomingMessage,
  response: ServerResponse,
  capture: Pick<Capture, 'takeHook'>,
  body: Uint8Array,
): Promise<void> {
  const one = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const outcome = await capture.takeHook({
    id: one('webhook-id'),
    timestamp: one('webhook-timestamp'),
    signatures: one('webhook-signature'),
    body,
  });
  const { status, said } = answerTo(outcome);
  const text = `${JSON.stringify(said)}\n`;
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...(status === 503 && { 'Retry-After': '60' }),
  });
  response.end(text);
}

function answerTo(outcome: HookOutcome | { kind: 'unavailable' }): { status: number; said: object } {
  switch (outcome.kind) {
    case 'taken':
      return { status: 200, said: { events: outcome.events, recorded: outcome.recorded } };
    case 'invalid':
      return { status: 422, said: { error: outcome.what } };
    case 'forged':
      return { status: 401, said: { error: 'The signature or the moment of this request is not right.' } };
    case 'repeated':
      return { status: 409, said: { error: 'A request with this webhook-id was taken before.' } };
    case 'no-hook':
      return { status: 404, said: { error: 'BOUNCE_HOOK_SECRET is not set here.' } };
    case 'unavailable':
      return { status: 503, said: { error: 'It cannot be kept now. Send it again in a minute.' } };
  }
}
