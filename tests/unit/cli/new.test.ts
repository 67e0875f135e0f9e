import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as passed } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { check, resolveConfig } from 'prettier';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { content } from '../../../src/cli/content.ts';
import { new as newEntry } from '../../../src/cli/new.ts';
import { Cancelled, clackPrompts, type Prompts } from '../../../src/cli/prompts.ts';
import { runCommand } from '../../fakes/command-context.ts';
import { folderOf, folderWith } from '../authoring/content-folder.ts';
import { taggedRecording } from './tagged-recording.ts';

vi.setConfig({ testTimeout: 60_000 });

const NOW = '2026-01-15T12:00:00Z';
const run = (folder: string, args: string[], prompts?: Prompts) =>
  runCommand(newEntry, args, { CONTENT_DIR: folder, NOW }, { ...(prompts && { prompts }) });

/** A folder with files as an author has them on a desk. */
async function desk(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'desk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return folder;
}

const picture = () =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: '#448822' } })
    .jpeg()
    .toBuffer();
const transcript = 'WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ada Drizzle>Rain.\n';

async function written(file: string): Promise<{ fields: Record<string, unknown>; body: string }> {
  const text = await readFile(file, 'utf8');
  expect(await check(text, { ...(await resolveConfig('content/x.mdx')), plugins: [], filepath: 'index.mdx' })).toBe(
    true,
  );
  const [, yaml = '', body = ''] = /^---\n([^]*?)\n---\n([^]*)$/.exec(text) ?? [];
  return { fields: parse(yaml) as Record<string, unknown>, body };
}

async function expectRight(folder: string): Promise<void> {
  const { code, errors } = await runCommand(content, [], { CONTENT_DIR: folder, NOW });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
}

describe('by options alone, what is written passes the check', () => {
  test('an episode, with its files beside it under the names that authors know', async () => {
    const folder = await folderOf('base');
    const from = await desk({
      'final mix.mp3': await readFile('tests/fixtures/series/episodes/torchys-discount-beacons/audio.mp3'),
      'final mix.vtt': transcript,
      'Umbrella.JPG': await picture(),
    });
    const { code, output } = await run(folder, [
      ...['episode', '--title', `The "cloud": who's to blame`, '--recording', join(from, 'final mix.mp3')],
      ...['--cover', join(from, 'Umbrella.JPG'), '--alt', 'An umbrella', '--guest', 'Ada Drizzle'],
      ...['--goal', 'Dry feet.', '--marketing', 'A puddle.', '--sales', 'A boot.'],
    ]);
    expect({ code, output: stripVTControlCharacters(output) }).toMatchObject({
      code: 0,
      output: expect.stringContaining('http://localhost:4321/episodes/the-cloud-whos-to-blame/'),
    });
    const place = join(folder, 'episodes/the-cloud-whos-to-blame');
    expect((await readdir(place)).toSorted()).toEqual(['audio.mp3', 'cover.jpg', 'index.mdx', 'transcript.vtt']);
    const { fields, body } = await written(join(place, 'index.mdx'));
    expect(fields).toMatchObject({
      title: `The "cloud": who's to blame`,
      number: 3,
      hosts: ['ada-drizzle', 'otto-brolly'],
      guests: ['ada-drizzle'],
      sharedGoal: 'Dry feet.',
      cover: { src: './cover.jpg', alt: 'An umbrella' },
      audio: './audio.mp3',
      transcript: './transcript.vtt',
      draft: true,
    });
    for (const part of ['<Marketing>', '<Sales>', '<SharedGoal>', '<Checklist title="Take away">'])
      expect(body).toContain(part);
    await expectRight(folder);
  });

  test.each([
    ['post', ['--title', 'Half a cloud', '--author', 'otto-brolly'], 'posts/half-a-cloud'],
    ['person', ['--name', 'Fay Mist', '--side', 'sales', '--role', 'Forecaster'], 'people/fay-mist'],
    [
      'partner',
      ['--name', 'The Tin Roof', '--url', 'https://roof.example.com/', '--topic', 'weather'],
      'partners/the-tin-roof',
    ],
  ])('a %s', async (kind, options, place) => {
    const folder = await folderOf('base');
    const topics = parse(await readFile(join(folder, 'topics.yaml'), 'utf8')) as Record<string, unknown>;
    const known = options.map((each) => (each === 'weather' ? (Object.keys(topics)[0] ?? '') : each));
    expect(await run(folder, [kind, ...known])).toMatchObject({ code: 0, errors: '' });
    await written(join(folder, place, 'index.mdx'));
    await expectRight(folder);
  });

  test('a whitepaper, whose pages are counted', async () => {
    const folder = await folderOf('base');
    const paper = 'content/whitepapers/impression-marketing/paper.pdf';
    expect(await run(folder, ['whitepaper', '--title', 'Wet work', '--file', paper])).toMatchObject({ code: 0 });
    const { fields } = await written(join(folder, 'whitepapers/wet-work/index.mdx'));
    expect(fields).toMatchObject({ pages: 8, file: './paper.pdf' });
    await expectRight(folder);
  });

  test('a topic, under those that are there, whose lines stay as they were', async () => {
    const folder = await folderOf('base');
    const before = await readFile(join(folder, 'topics.yaml'), 'utf8');
    const words = ['--title', 'Fog: a primer', '--description', "What you can't see."];
    expect(await run(folder, ['topic', ...words])).toMatchObject({ code: 0, errors: '' });
    const after = await readFile(join(folder, 'topics.yaml'), 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(parse(after)).toMatchObject({
      'fog-a-primer': { title: 'Fog: a primer', description: "What you can't see." },
    });
    await expectRight(folder);
  });
});

test('the tags of a recording give its title, summary, number, chapters and cover', async () => {
  const folder = await folderOf('base');
  const recording = await taggedRecording({
    title: 'Hail & hearty',
    comment: 'Why hail is a lead. And what to do with it.',
    track: 9,
    chapters: [
      { start: 0, title: 'Small hail' },
      { start: 0.4, title: 'In the same second' },
      { start: 1.5, title: 'Large hail' },
    ],
    picture: await picture(),
  });
  const from = await desk({ 'hail.mp3': recording });
  expect(await run(folder, ['episode', '--recording', join(from, 'hail.mp3')])).toMatchObject({ code: 0, errors: '' });
  const { fields } = await written(join(folder, 'episodes/hail-hearty/index.mdx'));
  expect(fields).toMatchObject({
    title: 'Hail & hearty',
    summary: 'Why hail is a lead. And what to do with it.',
    number: 9,
    cover: { src: './cover.jpg' },
    chapters: [
      { start: '00:00', title: 'Small hail' },
      { start: 1.5, title: 'Large hail' },
    ],
  });
  expect(await readFile(join(folder, 'episodes/hail-hearty/cover.jpg'))).toEqual(await picture());
  await expectRight(folder);
});

describe('nothing is overwritten, and nothing is left of what fails', () => {
  const untouched = async (folder: string, args: string[]) => {
    const before = (await readdir(folder, { recursive: true })).toSorted();
    const outcome = await run(folder, args);
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(before);
    return outcome;
  };

  test('a slug that is taken is refused', async () => {
    const folder = await folderOf('base');
    const outcome = await untouched(folder, ['episode', '--title', 'X', '--slug', 'rain-is-a-lead']);
    expect(outcome).toMatchObject({ code: 2, errors: '--slug: There is episodes/rain-is-a-lead already\n' });
  });

  test('who says a title whose folder is there is told so', async () => {
    const folder = await folderOf('base');
    const outcome = await run(folder, ['post', '--title', 'Rain is a lead', '--yes']);
    const again = await run(folder, ['post', '--title', 'Rain is a lead', '--yes']);
    expect(outcome.code).toBe(0);
    expect(again).toMatchObject({
      ...{ code: 2, errors: 'There is posts/rain-is-a-lead already. Say what it is to be: --slug <slug>\n' },
    });
  });

  test('a folder that is there without an entry stays as it is', async () => {
    const folder = await folderWith({ 'posts/notes/scribbles.txt': 'Wet.' });
    const { code, errors } = await untouched(folder, ['post', '--title', 'Notes']);
    expect({ code, errors }).toEqual({
      code: 1,
      errors: 'There is a folder posts/notes already: nothing was written.\n',
    });
  });

  test('a cover that is no picture leaves no folder', async () => {
    const folder = await folderOf('base');
    const from = await desk({ 'cover.jpg': 'No picture.' });
    const { code, errors } = await untouched(folder, ['post', '--title', 'Notes', '--cover', join(from, 'cover.jpg')]);
    expect(code).toBe(1);
    expect(errors).toMatch(/cover\.jpg is not a picture[^]*Nothing was written|Nothing was written[^]*is not/);
  });

  test.each([
    [['episode'], 'There is no --title <words>.'],
    [
      ['episode', '--title', 'X', '--guest', 'ada-drizle'],
      '--guest: There is no person “ada-drizle”. Nearest: ada-drizzle.',
    ],
    [['episode', '--title', 'X', '--date', '3 May'], '--date: publishedAt is not a date: "3 May".'],
    [['episode', '--title', 'X', '--recording', '/nowhere/a.mp3'], '--recording: There is no file /nowhere/a.mp3'],
    [['post', '--title', 'X', '--slug', 'Wet Slug'], 'Nearest: wet-slug'],
    [['post', '--title', '雨'], 'There is no --slug <slug>.'],
    [['post', '--title', 'x'.repeat(141)], '--title: title is 141 characters long; it may have 140'],
  ])('%j is answered with what would be right', async (args, words) => {
    const { code, errors } = await untouched(await folderOf('base'), args);
    expect({ code, errors }).toMatchObject({ code: 2, errors: expect.stringContaining(words) });
  });
});

/** Answers by the first words of each question; what is not named is answered as proposed. */
function answering(answers: Record<string, string | readonly string[]>): Prompts & { asked: string[] } {
  const asked: string[] = [];
  const find = (message: string) => {
    asked.push(message);
    return Object.entries(answers).find(([start]) => message.startsWith(start))?.[1];
  };
  return {
    asked,
    text: async ({ message, initial = '' }) => (find(message) as string | undefined) ?? initial,
    one: async ({ message, initial = '' }) => (find(message) as string | undefined) ?? initial,
    several: async ({ message, initial = [] }) => (find(message) as readonly string[] | undefined) ?? initial,
  };
}

describe('at a terminal', () => {
  test('only what follows from nothing is asked', async () => {
    const folder = await folderOf('base');
    const prompts = answering({ Title: 'Drops' });
    expect(await run(folder, ['episode', '--goal', 'Dry feet.', '--summary', 'About rain.'], prompts)).toMatchObject({
      code: 0,
    });
    expect(prompts.asked.map((question) => question.split(/[:,(]/)[0]?.trim())).toEqual([
      ...[
        'The recording',
        'Title',
        'Slug',
        'Number',
        'Published on',
        'Topics',
        'What marketing sees',
        'What sales sees',
      ],
      ...['The transcript', 'The cover'],
    ]);
    await expectRight(folder);
  });

  test('a wrong answer is asked for again, with what is wrong with it', async () => {
    const folder = await folderOf('base');
    const answers = ['Rain Is A Lead', 'rain-is-a-lead', 'rain-again'];
    const prompts = answering({ Title: 'Rain is a lead' });
    const asked: string[] = [];
    const { text } = prompts;
    prompts.text = async (question) => {
      if (!question.message.includes('Slug')) return text(question);
      asked.push(question.message.split('\n')[0] ?? '');
      return answers.shift() ?? '';
    };
    expect(await run(folder, ['post'], prompts)).toMatchObject({ code: 0 });
    expect(asked.slice(1)).toEqual(['A slug is lower-case words and hyphens. Nearest: rain-is-a-lead']);
    expect(existsSync(join(folder, 'posts/rain-is-a-lead/index.mdx'))).toBe(true);
  });

  test('the kind is asked for where none was typed', async () => {
    const folder = await folderOf('base');
    expect(await run(folder, [], answering({ 'What is it': 'topic', 'The topic': 'Mist' }))).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, 'topics.yaml'), 'utf8')).toContain('mist:\n  title: Mist\n');
  });

  test.each(['Title', 'Slug', 'The cover'])('leaving at "%s" leaves nothing behind', async (at) => {
    const folder = await folderOf('base');
    const before = await readdir(folder, { recursive: true });
    const prompts = answering({ Title: 'Drops' });
    const { text } = prompts;
    prompts.text = async (question) => {
      if (question.message.startsWith(at)) throw new Cancelled('Cancelled');
      return text(question);
    };
    expect(await run(folder, ['episode'], prompts)).toMatchObject({ code: 1, errors: 'Nothing was written.\n' });
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });
});

test('the prompts of a real terminal take what is typed, and end by Ctrl-C', async () => {
  const input = new PassThrough();
  const prompts = clackPrompts(input, new PassThrough());
  const typed = async (keys: string) => {
    await passed(50);
    input.write(keys);
  };
  const first = prompts.text({ message: 'Title', initial: 'Wet', problem: () => undefined });
  await typed(' feet\r');
  expect(await first).toBe('Wet feet');
  const second = prompts.several({
    message: 'Topics',
    choices: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ],
  });
  await typed('\u001B[B \r');
  expect(await second).toEqual(['b']);
  const third = prompts.text({ message: 'Slug', problem: () => undefined });
  const left = expect(third).rejects.toThrow(Cancelled);
  await typed('\u0003');
  await left;
});

const hasScript = (() => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();

describe.skipIf(!hasScript)('in a pseudo-terminal, as npm runs it', () => {
  /** Types each line when the words before it are shown. */
  async function walk(folder: string, steps: readonly [shown: string, keys: string][]) {
    // A pseudo-terminal has no width of its own.
    const command = 'stty cols 100 rows 40; node src/cli/node24.mjs src/cli/new.ts';
    const terminal = spawn('script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, CONTENT_DIR: folder, NOW, TERM: 'xterm' },
    });
    let screen = '';
    const waiting = [...steps];
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += stripVTControlCharacters(text);
      const [step] = waiting;
      if (!step || !screen.includes(step[0])) return;
      waiting.shift();
      screen = '';
      terminal.stdin.write(step[1]);
    });
    const code = await new Promise((resolve) => terminal.on('close', resolve));
    return { code, screen, waiting };
  }

  test('a post is begun by answering', async () => {
    const folder = await folderOf('base');
    const outcome = await walk(folder, [
      ['What is it to be?', '\u001B[B\r'],
      ['Title', 'Drops of rain\r'],
      ['drops-of-rain', '\r'],
      ['Summary', 'Each of them is a lead.\r'],
      ['Authors', ' \r'],
      ['Topics', ' \r'],
      ['The picture at its head', '\r'],
    ]);
    expect(outcome).toMatchObject({ code: 0, waiting: [] });
    const { fields } = await written(join(folder, 'posts/drops-of-rain/index.mdx'));
    expect(fields).toMatchObject({ title: 'Drops of rain', summary: 'Each of them is a lead.', draft: true });
    await expectRight(folder);
  });

  test('Ctrl-C leaves nothing behind', async () => {
    const folder = await folderOf('base');
    const before = await readdir(folder, { recursive: true });
    const outcome = await walk(folder, [
      ['What is it to be?', '\r'],
      ['The recording', '\r'],
      ['Title', 'Drops\r'],
      ['Slug', '\u0003'],
    ]);
    expect(outcome).toMatchObject({ code: 1, waiting: [] });
    expect(outcome.screen).toContain('Nothing was written.');
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });
});

test('a path is taken as a terminal writes one that is dragged into it', async () => {
  const folder = await folderOf('base');
  const from = await desk({});
  await mkdir(join(from, 'my files'));
  await copyFile('tests/fixtures/series/episodes/torchys-discount-beacons/audio.mp3', join(from, 'my files/a.mp3'));
  const dragged = join(from, 'my files/a.mp3').replaceAll(' ', '\\ ');
  const outcome = await run(folder, ['episode'], answering({ 'The recording': `${dragged} `, Title: 'Drops' }));
  expect(outcome).toMatchObject({ code: 0 });
  expect(existsSync(join(folder, 'episodes/drops/audio.mp3'))).toBe(true);
});
