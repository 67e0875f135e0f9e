import { parseBuffer, parseStream } from 'music-metadata';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { redirectChain, type Network } from './redirect-chain.ts';
import type { RemoteRecording } from './remote-recording.ts';

/** What a recording on another host is: bytes, and seconds. */
export interface RemoteFacts {
  bytes: number;
  duration: number;
}

/** How long a whole recording may take to come, in milliseconds. */
const patience = 600_000;

export const lacksFacts = ({ bytes, duration }: RemoteRecording): boolean =>
  bytes === undefined || duration === undefined;

/**
 * What the host of a recording sends, read as far as it takes to know how long it is. Throws an error with a plain
 * message where nothing comes, or nothing that plays.
 */
export async function remoteFacts({ url, type }: RemoteRecording, { fetch }: Network): Promise<RemoteFacts> {
  const network = { fetch, timeout: patience };
  const { response } = await redirectChain(url, { headers: { 'Accept-Encoding': 'identity' } }, network);
  if (!response.ok || !response.body) throw new Error(`answers ${response.status}`);
  const options = { duration: true, skipCovers: true };
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length === 0) {
    // A host that does not say how much it sends is heard to the end.
    const all = new Uint8Array(await response.arrayBuffer());
    const { format } = await parseBuffer(all, { mimeType: type, size: all.length }, options);
    return { bytes: all.length, duration: known(format.duration) };
  }
  const stream = Readable.fromWeb(response.body as ReadableStream);
  try {
    const { format } = await parseStream(stream, { mimeType: type, size: length }, options);
    return { bytes: length, duration: known(format.duration) };
  } finally {
    stream.destroy();
  }
}

function known(duration: number | undefined): number {
  if (!duration) throw new Error('is nothing that plays');
  return Math.round(duration * 1000) / 1000;
}
