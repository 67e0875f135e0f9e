import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { checkContent } from '../../../src/cli/check-content.ts';
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
  const { code, output, errors } = await runCommand(checkContent, [], {
    CONTENT_DIR: folder,
    NOW: '2026-01-15T12:00:00Z',
  });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const [heading, ...advice] = stripVTControlCharacters(output).split('\n\n');
  expect(heading).toBe('3 words of advice, which keep nothing from being built.');
  expect(advice[0]).toMatch(/^"align:middle" places no cue .*\n {2}in +\S*transcript\.vtt:3\n {2}field +transcript$/);
  expect(advice[1]).toMatch(/^"Ada Drizle" speaks, and is nobody .*\n {2}in +\S*:3\n.*\n {2}nearest +Ada Drizzle$/);
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
