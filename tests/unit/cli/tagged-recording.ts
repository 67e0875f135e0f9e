import { readFile } from 'node:fs/promises';

interface Tags {
  title: string;
  comment: string;
  track: number;
  chapters: readonly { start: number; title: string }[];
  picture: Uint8Array;
}

/** A recording of the fixtures with tags in front of it (ID3v2.3, with the addendum for chapters). */
export async function taggedRecording({ title, comment, track, chapters, picture }: Tags): Promise<Buffer> {
  const frames = Buffer.concat([
    frame('TIT2', text(title)),
    frame('TRCK', text(String(track))),
    frame('COMM', Buffer.concat([Buffer.from('\x00eng\x00'), Buffer.from(comment, 'latin1')])),
    frame('APIC', Buffer.concat([Buffer.from('\x00image/jpeg\x00\x03\x00', 'latin1'), picture])),
    ...chapters.map(({ start, title: name }, i) => {
      const times = Buffer.alloc(16, 0xff);
      times.writeUInt32BE(start * 1000, 0);
      times.writeUInt32BE((chapters[i + 1]?.start ?? start + 1) * 1000, 4);
      return frame('CHAP', Buffer.concat([Buffer.from(`c${i}\x00`), times, frame('TIT2', text(name))]));
    }),
  ]);
  const length = [21, 14, 7, 0].map((bits) => (frames.length >> bits) & 0x7f);
  const sound = await readFile('tests/fixtures/series/episodes/torchys-discount-beacons/audio.mp3');
  // Its own tag says otherwise.
  const own = 10 + sound.subarray(6, 10).reduce((sum, bits) => sum * 128 + bits, 0);
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, ...length]), frames, sound.subarray(own)]);
}

const text = (words: string) => Buffer.concat([Buffer.from([0]), Buffer.from(words, 'latin1')]);

function frame(id: string, content: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head.write(id, 0, 'latin1');
  head.writeUInt32BE(content.length, 4);
  return Buffer.concat([head, content]);
}
