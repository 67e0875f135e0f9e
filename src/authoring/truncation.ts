import { open, readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileSize } from '#site/file-size.ts';

/** Fewer missing bytes than this are a program's way of counting. */
const fewBytes = 1024;

/**
 * What is to be said of a recording that is cut off, for behind its name; nothing where it is whole, or where that is not
 * certain. Its head says how long it is, so that it seems to be whole until it is played to its end. `least` bytes are to
 * be missing.
 */
export async function cutOff(path: string, least = fewBytes): Promise<string | undefined> {
  const missing = await missingBytes(path);
  if (missing < least) return undefined;
  return `is cut off: by what it says of itself, ${fileSize(missing)} of it are missing. Copy it here again, or export it anew`;
}

/** How many bytes a recording lacks by what it says of itself. */
async function missingBytes(path: string): Promise<number> {
  const ending = extname(path).slice(1).toLowerCase();
  const { size } = await stat(path);
  if (ending === 'mp3') return missingOfMp3(path, size);
  return ending === 'webm' ? missingOfWebm(await head(path), size) : missingOfMp4(path, size);
}

async function head(path: string, from = 0, length = 4096): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The boxes of which a film or recording consists; what else follows them is no part of it. */
const boxes = /^(?:mdat|moov|moof)$/;

/** ISO/IEC 14496-12, section 4.2: each box begins with its length, and the next one is behind it. */
async function missingOfMp4(path: string, size: number): Promise<number> {
  for (let at = 0; at + 8 <= size;) {
    const box = await head(path, at, 16);
    const [short, type] = [box.readUInt32BE(0), box.toString('latin1', 4, 8)];
    const length = short === 1 && box.length === 16 ? Number(box.readBigUInt64BE(8)) : short;
    if (at + length > size) return boxes.test(type) ? at + length - size : 0;
    // A box of no length goes on to the end of its file.
    if (length < 8) return 0;
    at += length;
  }
  return 0;
}

/** RFC 8794, sections 4 and 6: the segment, which is all of a film, has its length behind its id. */
function missingOfWebm(bytes: Buffer, size: number): number {
  const lengthAt = (at: number): { length: number; end: number } | undefined => {
    const first = bytes[at] ?? 0;
    const width = Math.clz32(first) - 23;
    if (width > 8 || at + width > bytes.length) return undefined;
    const value = [...bytes.subarray(at + 1, at + width)].reduce(
      (sum, byte) => sum * 256 + byte,
      first & (0xff >> width),
    );
    // All bits set is a length that nobody knew when the film began.
    const isKnown = value !== 2 ** (7 * width) - 1;
    return isKnown ? { length: value, end: at + width } : undefined;
  };
  const header = bytes.readUInt32BE(0) === 0x1a45dfa3 ? lengthAt(4) : undefined;
  const at = header ? header.end + header.length : bytes.length;
  const segment = at + 4 <= bytes.length && bytes.readUInt32BE(at) === 0x18538067 ? lengthAt(at + 4) : undefined;
  return segment ? Math.max(0, segment.end + segment.length - size) : 0;
}

/** A recording of which so many frames are not there lacks a second or more, which no two ways of counting explain. */
const fewFrames = 50;

/**
 * What encoders write into a first frame that plays nothing: how many frames and bytes follow (Xing, Info, VBRI). Tags make
 * the bytes alone uncertain, so that the frames are counted where bytes seem to be missing.
 */
async function missingOfMp3(path: string, size: number): Promise<number> {
  const from = await behindTags(path);
  const said = countsIn(await head(path, from, 256));
  if (!said || said.bytes <= size - from) return 0;
  const frames = framesIn((await readFile(path)).subarray(from), said.frames);
  return said.frames - frames > fewFrames ? said.bytes - (size - from) : 0;
}

/** Where the sound begins (ID3v2.4, section 3.1: four times seven bits of length, without ten bytes of its own). */
async function behindTags(path: string): Promise<number> {
  let at = 0;
  for (;;) {
    const tag = await head(path, at, 10);
    if (tag.length < 10 || tag.toString('latin1', 0, 3) !== 'ID3') return at;
    const footer = (tag[5] ?? 0) & 0x10 ? 10 : 0;
    at += 10 + footer + tag.subarray(6, 10).reduce((sum, byte) => sum * 128 + byte, 0);
  }
}

/** What the first frame says of all others, if it says both. */
function countsIn(frame: Buffer): { frames: number; bytes: number } | undefined {
  const header = frameAt(frame, 0);
  if (!header || frame.length < 64) return undefined;
  if (frame.toString('latin1', 36, 40) === 'VBRI')
    return { bytes: frame.readUInt32BE(46), frames: frame.readUInt32BE(50) };
  const at = 4 + header.sideInformation;
  const hasBoth = (frame.readUInt32BE(at + 4) & 3) === 3;
  if (!hasBoth || !/^(?:Xing|Info)$/.test(frame.toString('latin1', at, at + 4))) return undefined;
  return { frames: frame.readUInt32BE(at + 8), bytes: frame.readUInt32BE(at + 12) };
}

/** How many whole frames there are behind the first one, up to so many. */
function framesIn(bytes: Buffer, most: number): number {
  let frames = -1;
  for (let at = 0; at + 4 <= bytes.length && frames < most;) {
    const { length = 0 } = frameAt(bytes, at) ?? {};
    if (length > 0 && at + length <= bytes.length) frames += 1;
    at += length || 1;
  }
  return frames;
}

/** Kilobits a second of layer III, by the index in a header: of MPEG-1, and of its extensions for lower rates. */
const bitrates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;

const rates = [44_100, 48_000, 32_000] as const;

/** The header of a frame of layer III (ISO/IEC 11172-3, section 2.4.1.3, and 13818-3). */
function frameAt(bytes: Buffer, at: number): { length: number; sideInformation: number } | undefined {
  if (at + 4 > bytes.length) return undefined;
  const [, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  const version = (second >> 3) & 3;
  if (bytes[at] !== 0xff || (second & 0xe6) !== 0xe2 || version === 1) return undefined;
  const isFirst = version === 3;
  const bitrate = bitrates[isFirst ? 0 : 1][third >> 4];
  const rate = rates[(third >> 2) & 3];
  if (!bitrate || rate === undefined) return undefined;
  const perSecond = rate / (isFirst ? 1 : version === 2 ? 2 : 4);
  const isMono = fourth >> 6 === 3;
  return {
    length: Math.floor(((isFirst ? 144_000 : 72_000) * bitrate) / perSecond) + ((third >> 1) & 1),
    sideInformation: isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17,
  };
}
