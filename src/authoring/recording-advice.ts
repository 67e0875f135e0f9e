import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseFile } from 'music-metadata';
import { cached, cacheFolder, cacheKey } from '#cache/build-cache.ts';
import type { Edition } from './edition.ts';
import type { Problem } from './problem.ts';
import type { SourceEntry } from './source.ts';

/** What a recording is made of, beside what the site needs. */
interface Format {
  sampleRate?: number;
  channels?: number;
  /** Bits a second. */
  bitrate?: number;
  /** Its title in its own tags. */
  title?: string;
}

/** How loud a recording is, by EBU R128. */
export interface Loudness {
  /** Integrated, in LUFS. */
  integrated: number;
  /** The highest true peak, in dBTP. */
  peak: number;
}

/** Measures a recording; rejects where it cannot. */
export type Meter = (path: string) => Promise<Loudness>;

/**
 * What apps and listeners make less of in recordings that lie beside episodes. With a `meter` they are measured too, which
 * takes seconds for each; what was measured once is known from then on, and told without one as well.
 */
export async function recordingAdvice({ folder, content }: Edition, meter?: Meter): Promise<Problem[]> {
  const found: Problem[] = [];
  const waiting = content.episodes.flatMap(({ slug, folder: inside, data: { audio, title, draft } }) => {
    const source = folder.entries.find((each) => each.collection === 'episodes' && each.slug === slug);
    const path = typeof audio === 'string' ? posix.join(inside, audio) : '';
    return source && !draft && path in content.media ? [{ source, title, path: join(folder.path, path) }] : [];
  });
  const next = async (): Promise<void> => {
    const one = waiting.shift();
    if (!one) return;
    found.push(...(await adviceOn(one.path, one.title, one.source, meter)));
    return next();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  return found;
}

async function adviceOn(path: string, title: string, source: SourceEntry, meter?: Meter): Promise<Problem[]> {
  const { size, mtimeMs, ctimeMs, ino } = await stat(path);
  const key = cacheKey([resolve(path), size, mtimeMs, ctimeMs, ino]);
  const format = await keptAs<Format>('recording-formats', key, () => formatOf(path));
  const loudness = await keptAs<Loudness | undefined>('loudness', key, async () => {
    if (!meter) throw new Error('It is not measured.');
    return meter(path);
  }).catch(() => undefined);
  return [...formatFaults(format, title), ...(loudness ? loudnessFaults(loudness, format) : [])].map((what) => ({
    what,
    file: source.name,
    line: source.yaml.line(['audio']),
    field: 'audio',
  }));
}

const keptAs = async <T>(cache: string, key: string, make: () => Promise<T>): Promise<T> =>
  JSON.parse(
    (await cached(cacheFolder(cache), key, async () => Buffer.from(JSON.stringify(await make())))).toString(),
  ) as T;

async function formatOf(path: string): Promise<Format> {
  const { format, common } = await parseFile(path, { skipCovers: true });
  return {
    ...(format.sampleRate !== undefined && { sampleRate: format.sampleRate }),
    ...(format.numberOfChannels !== undefined && { channels: format.numberOfChannels }),
    ...(format.bitrate !== undefined && { bitrate: format.bitrate }),
    ...(common.title && { title: common.title }),
  };
}

/** More than speech needs, in bits a second, by the number of channels. */
const enough = (channels: number) => (channels === 1 ? 128_000 : 192_000);

function formatFaults(
  { sampleRate = 44_100, channels = 1, bitrate = 0, title: tagged }: Format,
  title: string,
): string[] {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return [
    ...(sampleRate < 44_100
      ? [`The recording has a sample rate of ${sampleRate / 1000} kHz: voices sound dull below 44.1 kHz`]
      : []),
    ...(channels > 2 ? [`The recording has ${channels} channels: apps play two of them, or one`] : []),
    ...(bitrate > enough(channels) * 1.02
      ? [
          `The recording has ${Math.round(bitrate / 1000)} kbit/s in ${channels === 1 ? 'mono' : 'stereo'}: for speech ${enough(channels) / 1000} are plenty, and each listener loads the rest`,
        ]
      : []),
    ...(tagged !== undefined && !plain(tagged).includes(plain(title)) && !plain(title).includes(plain(tagged))
      ? [`The recording calls itself "${tagged}" in its tags, which is what a player of files shows`]
      : []),
  ];
}

/** What Apple (page 893) and the AES (TD1008) ask of speech: so many LUFS, and so few more or less; a mono file seems louder. */
const target = (channels: number) => (channels === 1 ? -19 : -16);
const tolerance = 2;
const highestPeak = -1;

function loudnessFaults({ integrated, peak }: Loudness, { channels = 2 }: Format): string[] {
  const wanted = target(channels);
  const kind = channels === 1 ? 'mono' : 'stereo';
  return [
    ...(Math.abs(integrated - wanted) > tolerance
      ? [
          `The recording is too ${integrated < wanted ? 'quiet' : 'loud'}: ${integrated} LUFS, and ${wanted} are usual for speech in ${kind}`,
        ]
      : []),
    ...(peak > highestPeak
      ? [`The recording has peaks of ${peak} dBTP: above ${highestPeak} they are cut off when it is encoded anew`]
      : []),
  ];
}

/** The loudness as ffmpeg's filter `ebur128` measures it. Rejects where there is no ffmpeg. */
export const ffmpegMeter: Meter = async (path) => {
  const args = ['-hide_banner', '-nostats', '-i', path, '-map', '0:a:0', '-af', 'ebur128=peak=true', '-f', 'null', '-'];
  const { stderr } = await promisify(execFile)('ffmpeg', args, { maxBuffer: 64 * 1024 * 1024 });
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const [integrated, peak] = [/I:\s+(-?[\d.]+|-inf) LUFS/, /Peak:\s+(-?[\d.]+|-inf) dBFS/].map((line) =>
    Number(line.exec(summary)?.[1] ?? Number.NaN),
  );
  if (!Number.isFinite(integrated) || !Number.isFinite(peak)) throw new Error('ffmpeg says nothing of its loudness.');
  return { integrated: integrated ?? 0, peak: peak ?? 0 };
};

/** Whether there is an ffmpeg to measure with. */
export const hasFfmpeg = (): Promise<boolean> =>
  promisify(execFile)('ffmpeg', ['-version']).then(
    () => true,
    () => false,
  );
