import { open, readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { type IFormat, parseBuffer } from 'music-metadata';
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

/** Seconds that no two ways of counting explain. */
const fewSeconds = 1;

/**
 * What encoders write into a first frame that plays nothing: how many frames and bytes follow (Xing, Info, VBRI). Tags make
 * the bytes alone uncertain: where some seem to be missing, the recording is read to its end without that frame's word.
 */
async function missingOfMp3(path: string, size: number): Promise<number> {
  const from = await behindTags(path);
  const said = countsIn(await head(path, from, 128));
  if (!said || said.bytes <= size - from) return 0;
  const sound = (await readFile(path)).subarray(from);
  sound.fill(0, said.at, said.at + 4);
  const { duration = 0, sampleRate } = await parseBuffer(sound, 'audio/mpeg', { duration: true }).then(
    ({ format }) => format,
    (): Partial<IFormat> => ({}),
  );
  if (!sampleRate) return 0;
  // MPEG-1 has rates from 32 kHz on, and frames of 1152 samples; its extensions for lower rates have 576 (ISO/IEC 13818-3).
  const promised = (said.frames * (sampleRate < 32_000 ? 576 : 1152)) / sampleRate;
  return promised - duration > fewSeconds ? said.bytes - (size - from) : 0;
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

/** What the first frame says of all others, if it says both, and where it says so. */
function countsIn(frame: Buffer): { frames: number; bytes: number; at: number } | undefined {
  // Behind its header and side information, whose length differs.
  const at = frame
    .subarray(0, 48)
    .toString('latin1')
    .search(/Xing|Info|VBRI/);
  if (frame[0] !== 0xff || at < 0 || at + 18 > frame.length) return undefined;
  if (frame.toString('latin1', at, at + 4) === 'VBRI')
    return { at, bytes: frame.readUInt32BE(at + 10), frames: frame.readUInt32BE(at + 14) };
  const hasBoth = (frame.readUInt32BE(at + 4) & 3) === 3;
  return hasBoth ? { at, frames: frame.readUInt32BE(at + 8), bytes: frame.readUInt32BE(at + 12) } : undefined;
}
