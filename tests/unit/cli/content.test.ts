import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { content } from '../../../src/cli/content.ts';
import { runCommand } from '../../fakes/command-context.ts';
import { editionOf, folderWith } from '../authoring/content-folder.ts';

const episode = 'episodes/the-umbrella-says-no';
const text = await readFile(`tests/fixtures/invalid/base/${episode}/index.mdx`, 'utf8');
const audio = '{ url: https://rain.example.com/a.mp3, bytes: 1000, type: audio/mpeg, duration: 60 }';

/** A content folder whose episode has a recording of a minute, and this transcript. */
const folderOf = (transcript: string) =>
  folderWith({
    [`${episode}/index.mdx`]: text.replace('\nhosts:', `\naudio: ${audio}\ntranscript: ./transcript.vtt\nhosts:`),
    [`${episode}/transcript.vtt`]: transcript,
  });

const transcript = `WEBVTT

00:01.000 --> 00:02.000 align:middle
<v Ada Drizle>Rain.

00:02.000 --> 00:03.000
Otto: Yes.

01:05.000 --> 01:06.000
Here it is: sun.
`;

test('advice is told apart from mistakes, and keeps nothing from being published', async () => {
  const folder = await folderOf(transcript);
  const { code, output, errors } = await runCommand(content, [], {
    CONTENT_DIR: folder,
    NOW: '2026-01-15T12:00:00Z',
  });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const [heading, ...advice] = stripVTControlCharacters(output).split('\n\n');
  expect(heading).toBe('5 words of advice, which keep nothing from being built.');
  // Of its summary and its cover as well.
  advice.splice(
    0,
    advice.findIndex((text) => text.startsWith('"align')),
  );
  expect(advice[0]).toMatch(
    /^"align:middle" places no cue .*\n {2}in +\S*transcript\.vtt:3\n {2}field +transcript\n {2}name +transcript-form$/,
  );
  expect(advice[1]).toMatch(/^"Ada Drizle" speaks, and is nobody .*\n {2}in +\S*:3\n.*\n.*\n {2}nearest +Ada Drizzle$/);
  expect(advice[2]).toMatch(/^A cue begins when the recording is over, at 1:00: .*\n {2}in +\S*:9\n/);
  expect(output).toContain(`The content in ${folder} is right.`);
});

test('speakers are those whom the site knows', async () => {
  const { catalog } = await editionOf(await folderOf(transcript));
  const said = catalog.episodes.find(({ slug }) => slug === 'the-umbrella-says-no')?.transcript?.paragraphs;
  expect(said?.map(({ speaker, cues }) => [speaker?.name, speaker?.url, cues.map(({ text }) => text)])).toEqual([
    ['Ada Drizle', undefined, ['Rain.']],
    ['Otto Brolly', '/people/otto-brolly/', ['Yes.', 'Here it is: sun.']],
  ]);
});

describe('for programs', () => {
  const wrong = { [`${episode}/index.mdx`]: text.replace('hosts:\n', 'hosts:\n  - "ada,drizle"\n') };
  const as = async (format: string) => {
    const folder = await folderWith(wrong);
    const outcome = await runCommand(content, ['--format', format], {
      CONTENT_DIR: folder,
      NOW: '2026-01-15T12:00:00Z',
    });
    expect(outcome).toMatchObject({ code: 1, errors: '' });
    return outcome.output;
  };

  test('each message has its level, its name and its place', async () => {
    const { mistakes, messages } = JSON.parse(await as('json')) as { mistakes: number; messages: object[] };
    expect(mistakes).toBe(1);
    expect(messages[0]).toMatchObject({
      ...{ level: 'mistake', name: 'wrong-value', line: expect.any(Number), field: 'hosts[0]' },
      file: expect.stringMatching(/the-umbrella-says-no\/index\.mdx$/),
    });
  });

  test('GitHub notes them beside their lines, with signs of its own coded', async () => {
    const [first = ''] = (await as('github')).split('\n');
    expect(first).toMatch(
      /^::error file=[^:,]+index\.mdx,line=\d+,title=wrong-value::"hosts\[0\]" must be .*%0Anearest: ada-drizzle/,
    );
  });

  test('SARIF has a rule for each name, and a result for each message', async () => {
    const { version, runs } = JSON.parse(await as('sarif')) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number; level: string }[];
      }[];
    };
    expect(version).toBe('2.1.0');
    const [{ tool, results } = { tool: { driver: { rules: [] } }, results: [] }] = runs;
    expect(results.length).toBeGreaterThan(1);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results[0]).toMatchObject({ ruleId: 'wrong-value', level: 'error' });
  });

  test('a form that there is not is answered with the nearest', async () => {
    const outcome = await runCommand(content, ['--format', 'jsn'], { CONTENT_DIR: await folderWith({}) });
    expect(outcome).toMatchObject({ code: 2, errors: 'There is no format “jsn”. Nearest: --format json\n' });
  });
});

test('--fix says what it fixed, and writes nothing the second time', async () => {
  const folder = await folderWith({ [`${episode}/index.mdx`]: text.replace('otto-brolly', 'otto-broly') });
  const run = () => runCommand(content, ['--fix', '--mistakes'], { CONTENT_DIR: folder, NOW: '2026-01-15T12:00:00Z' });
  const first = await run();
  expect(stripVTControlCharacters(first.output)).toMatch(
    /^Fixed \d+ things:\n✓ .*Unknown person "otto-broly" → otto-brolly\n/,
  );
  const fixed = await readFile(`${folder}/${episode}/index.mdx`, 'utf8');
  expect(await run()).toMatchObject({ code: 0, output: `The content in ${folder} is right.\n` });
  expect(await readFile(`${folder}/${episode}/index.mdx`, 'utf8')).toBe(fixed);
});
