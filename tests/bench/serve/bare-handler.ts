import { openSync, read, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Recorded } from './requests.ts';

/**
 * The limit that any server on Node has: `node:http`, which answers what was recorded of this server. Pages are in its
 * memory, and the recording, which is too long for that, is an open file.
 */
const recorded = JSON.parse(readFileSync(process.env['RECORDED'] ?? '', 'utf8')) as Recorded[];
const answers = new Map(
  recorded.map(({ name, status, headers, body }) => [name, { status, headers, body: Buffer.from(body, 'base64') }]),
);
const recording = openSync(process.env['RECORDING'] ?? '', 'r');
const server = createServer((request, response) => {
  const { range, 'if-none-match': tag } = request.headers;
  const answer = answers.get(range ? 'a part' : tag ? 'unchanged' : 'a page');
  if (!range) return response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body);
  const [, first = 0, last = 0] = /(\d+)-(\d+)/.exec(range) ?? [];
  const length = Number(last) - Number(first) + 1;
  return read(recording, Buffer.allocUnsafe(length), 0, length, Number(first), (error, _read, bytes) =>
    response.writeHead(error ? 500 : 206, answer?.headers).end(bytes),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port}/`);
});
process.on('SIGTERM', () => process.exit(0));
