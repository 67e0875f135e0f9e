import type { Recording } from '#catalog/records.ts';
import type { Piece } from './list.ts';

/** A recording as feeds name it. */
export interface Enclosure {
  /** Absolute, in ASCII (Apple, page 823). */
  url: string;
  /** Bytes; 0 where nobody has said (RSS 2.0 wants a number). */
  length: number;
  type: string;
  /** Seconds. */
  duration?: number | undefined;
}

/** The recordings of an entry that are files, the one for every app first: its sound, else its film. */
export function enclosures(piece: Piece, site: URL): Enclosure[] {
  if (piece.kind === 'post') return [];
  return [piece.audio, piece.video].flatMap((recording) => enclosure(recording, site) ?? []);
}

function enclosure(recording: Recording | undefined, site: URL): Enclosure | undefined {
  if (recording?.kind !== 'file') return undefined;
  const { url, bytes, type, duration } = recording;
  return { url: new URL(url, site).href, length: bytes ?? 0, type, duration };
}
