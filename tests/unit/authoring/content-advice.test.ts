import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { contentAdvice } from '#authoring/content-advice.ts';
import { adviceKinds, messageName, mistakeKinds } from '#authoring/message-kinds.ts';
import { ffmpegMeter, recordingAdvice } from '#authoring/recording-advice.ts';
import { field } from '#authoring/new-entry.ts';
import { taggedRecording } from '../cli/tagged-recording.ts';
import { body } from './cases/body.ts';
import { fields } from './cases/fields.ts';
import { files as fileCases } from './cases/files.ts';
import { folder as folderCases } from './cases/folder.ts';
import { references } from './cases/references.ts';
import { syntax } from './cases/syntax.ts';
import { editionOf } from './content-folder.ts';

vi.setConfig({ testTimeout: 120_000 });

const base = 'tests/fixtures/invalid/base';
const recording = 'tests/fixtures/series/episodes/torchys-discount-beacons/audio.mp3';
const cover = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#448822' } })
  .jpeg()
  .toBuffer();

interface Entry {
  fields: Record<string, unknown>;
  body?: string;
  files?: Record<string, string | Uint8Array>;
}

/** An episode of which nothing is to be said, and which the one before it names. */
function episode(i: number): Entry {
  return {
    fields: {
      title: `Episode ${i} of the long rain`,
      number: i,
      publishedAt: new Date(Date.UTC(2020, 0, i)).toISOString().slice(0, 10),
      summary: `What the ${i}th day of rain taught the two of them about each other.`,
      topics: ['rain'],
      cover: { src: './cover.jpg', alt: 'A gutter that runs over' },
      related: [`episodes/e${i + 1}`],
    },
    files: { 'cover.jpg': cover },
  };
}

const vtt = (cues: readonly [from: string, to: string, text: string][]) =>
  `WEBVTT\n\n${cues.map(([from, to, text]) => `${from} --> ${to}\n${text}\n`).join('\n')}`;

const hour = { url: 'https://rain.example.com/a.mp3', bytes: 1000, type: 'audio/mpeg', duration: 3600 };

/** What is planted, by the number of its episode: what differs there, and the advice that it is to get. */
const planted: Record<number, { change: (entry: Entry) => void; names: string[] }> = {
  11: { names: ['to-do'], change: (entry) => (entry.body = '\nRain.\n\nTODO: more rain.\n') },
  22: { names: ['summary-length'], change: ({ fields }) => (fields['summary'] = 'Wet. '.repeat(40).trim()) },
  33: { names: ['summary-length'], change: ({ fields }) => (fields['summary'] = 'Wet.') },
  44: {
    names: ['no-cover'],
    change: (entry) => {
      delete entry.fields['cover'];
      entry.files = {};
    },
  },
  55: {
    names: ['alt-is-title'],
    change: ({ fields }) => (fields['cover'] = { src: './cover.jpg', alt: 'Cover: episode 55 of the long rain' }),
  },
  66: { names: ['alt-is-title'], change: (entry) => (entry.body = '\n![Episode 66 of the long rain](./cover.jpg)\n') },
  77: {
    names: ['title-length'],
    change: ({ fields }) => (fields['title'] = `Rain ${'and more rain '.repeat(5)}at last`),
  },
  88: { names: ['person-twice'], change: ({ fields }) => (fields['guests'] = ['ada-drizzle', 'fay-mist', 'fay-mist']) },
  99: {
    names: ['unused-file'],
    change: (entry) => (entry.files = { 'cover.jpg': cover, 'old-cover.png': cover, 'cover.psd': 'x' }),
  },
  111: { names: ['orphan'], change: () => {} },
  222: {
    names: ['speaker-not-in-episode'],
    change: (entry) => {
      Object.assign(entry.fields, { transcript: './t.vtt' });
      entry.files = { 'cover.jpg': cover, 't.vtt': vtt([['00:00.000', '00:02.000', '<v Fay Mist>Rain.']]) };
    },
  },
  333: {
    names: ['transcript-out-of-step'],
    change: (entry) => {
      Object.assign(entry.fields, { audio: hour, transcript: './t.vtt' });
      entry.files = {
        'cover.jpg': cover,
        't.vtt': vtt([
          ['00:00.000', '00:02.000', 'Rain.'],
          ['30:00.000', '30:02.000', 'More.'],
        ]),
      };
    },
  },
  444: {
    names: ['transcript-out-of-step'],
    change: (entry) => {
      Object.assign(entry.fields, { audio: hour, transcript: './t.vtt' });
      entry.files = {
        'cover.jpg': cover,
        't.vtt': vtt([
          ['20:00.000', '20:02.000', 'Rain.'],
          ['59:00.000', '59:02.000', 'More.'],
        ]),
      };
    },
  },
  // Drafts are not finished, and nothing is said of them.
  555: {
    names: [],
    change: (entry) => {
      Object.assign(entry.fields, { summary: 'Wet.', draft: true });
      delete entry.fields['cover'];
      entry.files = {};
    },
  },
};

async function series(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'advice-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  const hosts = ['ada-drizzle', 'otto-brolly'];
  for (const file of [
    'show.yaml',
    'pages/about.mdx',
    'pages/privacy.mdx',
    ...hosts.map((slug) => `people/${slug}/index.mdx`),
  ])
    await write(file, await readFile(join(base, file)));
  await write('topics.yaml', 'rain: { title: Rain }\nfog: { title: Fog }\n');
  await write('people/fay-mist/index.mdx', '---\nname: Fay Mist\nsummary: Forecasts what nobody asked her.\n---\n');
  await write('people/no-bio/index.mdx', '---\nname: Ned Cirrus\n---\n');
  await write('people/nobody/index.mdx', '---\nname: Una Noone\nsummary: Was asked, and had no time.\n---\n');
  await write(
    'whitepapers/unoffered/index.mdx',
    (await readFile(join(base, 'whitepapers/the-damp-funnel/index.mdx'), 'utf8')).replace('rain-forecasts', 'rain'),
  );
  await write('whitepapers/unoffered/paper.pdf', await readFile(join(base, 'whitepapers/the-damp-funnel/paper.pdf')));
  for (let i = 1; i <= count; i += 1) {
    const entry = episode(i);
    if (i === count) entry.fields['related'] = ['episodes/e1'];
    // A draft can be named by nobody, and an orphan is not.
    if (i === 110 || i === 554) entry.fields['related'] = [`episodes/e${i + 2}`];
    if (i === 1) entry.fields['guests'] = ['no-bio'];
    planted[i]?.change(entry);
    const yaml = Object.entries(entry.fields).map(([name, value]) => field(name, value));
    await write(`episodes/e${i}/index.mdx`, `---\n${yaml.join('\n')}\n---\n${entry.body ?? '\nRain.\n'}`);
    for (const [name, content] of Object.entries(entry.files ?? {})) await write(`episodes/e${i}/${name}`, content);
  }
  return folder;
}

test('of a thousand entries, all that was planted is told, and nothing else', async () => {
  const folder = await series(1000);
  const from = process.cpuUsage();
  const edition = await editionOf(folder);
  const advice = contentAdvice(edition);
  const { user, system } = process.cpuUsage(from);
  console.log(`1,000 entries read, checked and advised on: ${((user + system) / 1e6).toFixed(2)} s of CPU`);
  expect(edition.problems).toEqual([]);
  const told = [...edition.advice, ...advice].map(
    ({ what, file }) => `${relative(folder, resolve(file)).replaceAll('\\', '/')} ${messageName(what, adviceKinds)}`,
  );
  const fileOf: Record<string, string> = {
    'unused-file': 'old-cover.png',
    'speaker-not-in-episode': 't.vtt',
    'transcript-out-of-step': 't.vtt',
  };
  expect(told.toSorted()).toEqual(
    [
      ...Object.entries(planted).flatMap(([i, { names }]) =>
        names.map((name) => `episodes/e${i}/${fileOf[name] ?? 'index.mdx'} ${name}`),
      ),
      'people/no-bio/index.mdx no-bio',
      'people/nobody/index.mdx orphan',
      'topics.yaml unused-topic',
      'whitepapers/unoffered/index.mdx orphan',
    ].toSorted(),
  );
});

describe('recordings', () => {
  async function adviceOn(audio: Uint8Array, meter?: Parameters<typeof recordingAdvice>[1]) {
    const folder = await series(2);
    await writeFile(join(folder, 'episodes/e1/audio.mp3'), audio);
    const index = join(folder, 'episodes/e1/index.mdx');
    await writeFile(index, (await readFile(index, 'utf8')).replace('\nnumber:', '\naudio: ./audio.mp3\nnumber:'));
    return (await recordingAdvice(await editionOf(folder), meter)).map(({ what }) => what);
  }

  test('their sample rate and the title in their tags are told', async () => {
    const tags = { title: 'final mix 2', comment: '', track: 1, chapters: [], picture: cover };
    expect(await adviceOn(await taggedRecording(tags))).toEqual([
      'The recording has a sample rate of 22.05 kHz: voices sound dull below 44.1 kHz',
      'The recording calls itself "final mix 2" in its tags, which is what a player of files shows',
    ]);
  });

  test('their loudness is told where it was measured, and from then on', async () => {
    const measured = await adviceOn(await readFile(recording), async () => ({ integrated: -30, peak: 0.2 }));
    expect(measured.slice(-2)).toEqual([
      'The recording is too quiet: -30 LUFS, and -19 are usual for speech in mono',
      'The recording has peaks of 0.2 dBTP: above -1 they are cut off when it is encoded anew',
    ]);
    // What cannot be measured gets no advice.
    const failing = await adviceOn(await readFile(recording), () => Promise.reject(new Error('No sound.')));
    expect(failing.filter((what) => /LUFS|dBTP/.test(what))).toEqual([]);
  });

  const ffmpeg = (() => {
    try {
      execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();

  test.skipIf(!ffmpeg)('ffmpeg measures a tone, whose weight is told as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tone-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'tone.mp3');
    const tone = ['-f', 'lavfi', '-i', 'sine=frequency=997:duration=5:sample_rate=44100', '-af', 'volume=-5dB'];
    execFileSync('ffmpeg', ['-loglevel', 'error', ...tone, '-ac', '2', '-b:a', '320k', file]);
    const { integrated, peak } = await ffmpegMeter(file);
    expect(integrated).toBeCloseTo(-26, 0);
    expect(peak).toBeLessThan(-20);
    expect(await adviceOn(await readFile(file), ffmpegMeter)).toEqual([
      'The recording has 320 kbit/s in stereo: for speech 192 are plenty, and each listener loads the rest',
      expect.stringMatching(/^The recording is too quiet: -26(\.\d)? LUFS, and -16 are usual for speech in stereo$/),
    ]);
  });
});

describe('the names of messages', () => {
  test.each([
    ...mistakeKinds.map((kind) => ({ kind, all: mistakeKinds })),
    ...adviceKinds.map((kind) => ({ kind, all: adviceKinds })),
  ])('$kind.name is the name of its example', ({ kind, all }) => {
    expect(messageName(kind.example.replaceAll('`', ''), all)).toBe(kind.name);
  });

  test('are each of one kind', () => {
    for (const kinds of [mistakeKinds, adviceKinds]) {
      const names = kinds.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('are had by every mistake that the cases know', () => {
    const cases = { ...fields, ...references, ...fileCases, ...folderCases, ...syntax, ...body };
    const all = Object.values(cases).flatMap(({ problems }) => problems.map(({ what }) => what));
    expect(all.filter((what) => messageName(what, mistakeKinds) === 'other')).toEqual([]);
    expect(new Set(all.map((what) => messageName(what, mistakeKinds))).size).toBeGreaterThan(35);
  });
});
