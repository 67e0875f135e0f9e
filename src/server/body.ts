import type { IncomingMessage } from 'node:http';

/** How much a form may hold, and how long its sender may take. */
export interface BodyLimits {
  bytes: number;
  milliseconds: number;
}

export type Body = { kind: 'body'; bytes: Buffer } | { kind: 'too-large' } | { kind: 'too-slow' } | { kind: 'aborted' };

/** In place of a body that nobody wants. */
export const unread: Body = { kind: 'body', bytes: Buffer.alloc(0) };

/**
 * Reads the body of a request, however it is sent. Of one that is too large no more than the limit is ever kept; Node
 * reads away the rest.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Body> {
  if (Number(request.headers['content-length']) > limits.bytes) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // What comes first counts: a promise is resolved once.
    const end = (body: Body) => {
      clearTimeout(timer);
      resolve(body);
    };
    const timer = setTimeout(() => end({ kind: 'too-slow' }), limits.milliseconds);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bytes) end({ kind: 'too-large' });
      else chunks.push(chunk);
    });
    request.on('end', () => end({ kind: 'body', bytes: Buffer.concat(chunks) }));
    request.on('close', () => end({ kind: 'aborted' }));
  });
}
