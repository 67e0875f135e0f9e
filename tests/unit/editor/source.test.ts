import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { editorConfig } from '#editor/config.ts';
import { readMdx, readTopics, readYaml, writeMdx, writeTopics, writeYaml } from '#editor/source.ts';

const { formats } = editorConfig({ title: 'A series', address: 'https://example.com', folder: 'content', topics: [] });
const fieldsOf = (name: string) => formats.find(({ id }) => id === name)?.fields ?? [];
const episode = fieldsOf('episodes');

/** As Sveltia CMS hands a file to who reads it. */
const asRead = (path: string) => readFileSync(path, 'utf8').trim().replaceAll(/\r\n?/g, '\n');

const folders = ['content', 'tests/fixtures/series'];

describe('an entry that nothing was changed in', () => {
  const files = folders.flatMap((folder) =>
    globSync(`${folder}/{episodes,posts,people,whitepapers,partners,pages}/**/*.mdx`),
  );
  test.each(files)('is written as it was read: %s', (path) => {
    const text = asRead(path);
    const fields = fieldsOf(path.replace(/.*(?:content|series)\//, '').split('/')[0] ?? '');
    expect(writeMdx(readMdx(text, fields), fields).trim()).toBe(text);
  });

  test.each(folders)('and so are the files of the series: %s', (folder) => {
    const [show, topics] = [asRead(`${folder}/show.yaml`), asRead(`${folder}/topics.yaml`)];
    expect(writeYaml(readYaml(show, fieldsOf('show')), fieldsOf('show')).trim()).toBe(show);
    expect(writeTopics(readTopics(topics), fieldsOf('topics')).trim()).toBe(topics);
  });
});

const text = `---
# The pilot.
title: "A title"   # as the hosts say it
publishedAt: 2026-11-22T09:00:00-05:00
summary: >
  It says.
hosts: [ann, bob]
ours: kept
audio: ./audio.mp3
chapters:
  - start: 04:20 # here
    title: One
---

import Thing from './thing';

A {1 + 1} text.`;

const edited = (change: Record<string, unknown>) => writeMdx({ ...readMdx(text, episode), ...change }, episode);

describe('what is not changed', () => {
  test.each([
    ['without an empty line before the text', '---\ntitle: A\n---\nText.'],
    ['with several', '---\ntitle: A\n---\n\n\n\nText.'],
    ['whose text begins with code', '---\ntitle: A\n---\n\n    code\n\nText.'],
    ['without a text', '---\ntitle: A\n---'],
    ['whose fences have spaces after them', '---  \ntitle: A\n--- \n\nText.'],
  ])('stays to the letter in an entry %s', (_what, text) => {
    const { body, ...read } = readMdx(text, episode);
    const save = (title: string) => writeMdx({ ...read, title, body: String(body).trim() }, episode);
    expect(save('A')).toBe(`${text.trimEnd()}\n`);
    expect(save('B')).toBe(`${text.trimEnd().replace('A', 'B')}\n`);
  });
});

describe('what is changed', () => {
  test('changes its own lines, and nothing else', () => {
    expect(edited({ title: 'Another: title' })).toBe(
      `${text.replace('"A title"   # as the hosts say it', "'Another: title'")}\n`,
    );
    expect(edited({ body: 'A new text.' })).toContain('    title: One\n---\n\nA new text.\n');
  });

  test('goes to its place in the usual order, where it is new', () => {
    expect(edited({ season: 2 })).toContain('as the hosts say it\nseason: 2\npublishedAt:');
    expect(edited({ hosts: ['ann'], topics: ['a', 'b'] })).toContain('hosts: [ann]\ntopics: [a, b]\nours: kept\n');
  });

  test('takes its lines with it, where it is empty now', () => {
    expect(edited({ hosts: [], audio: null })).toBe(
      `${text.replace('hosts: [ann, bob]\n', '').replace('audio: ./audio.mp3\n', '')}\n`,
    );
  });

  test('keeps its hour on another day, and takes another one or none', () => {
    expect(readMdx(text, episode)).toMatchObject({ publishedAt: '2026-11-22', publishedAt$time: '09:00:00-05:00' });
    expect(edited({ publishedAt: '2026-11-23' })).toContain('publishedAt: 2026-11-23T09:00:00-05:00\n');
    expect(edited({ publishedAt$time: '18:30+01:00' })).toContain('publishedAt: 2026-11-22T18:30:00+01:00\n');
    expect(edited({ publishedAt$time: '' })).toContain('publishedAt: 2026-11-22\n');
    expect(edited({ publishedAt$time: undefined })).toContain('publishedAt: 2026-11-22\n');
  });

  test('is a file beside the entry, as the model wants its path', () => {
    expect(edited({ cover: { src: 'cover.png', alt: 'A cover' } })).toContain(
      'cover:\n  src: ./cover.png\n  alt: A cover\n',
    );
  });

  test('may have another form than before', () => {
    expect(readMdx(text, episode)['audio']).toEqual({ $form: 'file', value: './audio.mp3' });
    const remote = { $form: 'url', url: 'https://example.com/a.mp3', type: 'audio/mpeg', bytes: null, duration: null };
    expect(edited({ audio: remote })).toContain(
      'audio:\n  url: https://example.com/a.mp3\n  type: audio/mpeg\nchapters:',
    );
    expect(edited({ chapters: { $form: 'list', value: [{ start: '260', title: 'One' }] } })).toContain(
      'chapters:\n  - start: 260\n    title: One\n---',
    );
  });
});

test('a new entry has what was filled in, in the usual order', () => {
  const values = {
    body: 'Text.\n',
    summary: 'It says.',
    title: 'New',
    number: 3,
    cover: { src: '', alt: '' },
    links: [],
  };
  expect(writeMdx(values, episode)).toBe('---\ntitle: New\nnumber: 3\nsummary: It says.\n---\n\nText.\n');
});

test('a topic more is a topic more', () => {
  const topics = 'one:\n  title: One # first\n';
  const { topics: list, ...rest } = readTopics(topics.trim());
  const more = [...(list as object[]), { slug: 'two', title: 'Two', description: '' }];
  expect(writeTopics({ ...rest, topics: more }, fieldsOf('topics'))).toBe(`${topics}two:\n  title: Two\n`);
});
