import { expect, test } from 'vitest';
import { chapterTimes } from '#catalog/chapter-times.ts';
import { content, episode } from '../../fakes/content.ts';

const minute = { bytes: 1000, type: 'audio/mpeg', duration: 60 } as const;
const media = { 'episodes/fog/audio.mp3': minute };

const issuesOf = (
  written: Omit<Parameters<typeof episode>[0], 'slug'>,
  read: Partial<ReturnType<typeof content>> = {},
) => chapterTimes({ ...content({ episodes: [episode({ slug: 'fog', ...written })] }), media, ...read });

test('chapters that ascend inside the recording are right', () => {
  const chapters = [
    { start: 0, title: 'One' },
    { start: '0:59', title: 'Two' },
  ];
  expect(issuesOf({ audio: './audio.mp3', chapters })).toEqual([]);
});

test('a chapter that begins before the one above it is told with the next second', () => {
  const chapters = [
    { start: 5.5, title: 'One' },
    { start: 5.4, title: 'Two' },
  ];
  expect(issuesOf({ audio: './audio.mp3', chapters })).toMatchObject([
    { slug: 'fog', field: ['chapters', 1, 'start'], candidates: ['0:06'] },
  ]);
});

test('a chapter that begins when the recording is over is told with its last second', () => {
  const problems = issuesOf({ audio: './audio.mp3', chapters: [{ start: '1:00', title: 'Late' }] });
  expect(problems).toMatchObject([
    { what: 'The chapter "Late" begins at 1:00, but the recording ends at 1:00', candidates: ['0:59'] },
  ]);
});

test('chapters of a file are told at the field that names the file', () => {
  const chapters = { 'episodes/fog/chapters.json': [9, 3].map((start) => ({ start, title: `At ${start}` })) };
  expect(issuesOf({ audio: './audio.mp3', chapters: './chapters.json' }, { chapters })).toMatchObject([
    { field: ['chapters'], what: 'The chapter "At 3" begins at 0:03, before the one above it (0:09)' },
  ]);
});

test.each([
  ['there is no recording', {}],
  ['another host alone knows how long it is', { video: { vimeo: '999999999999' } }],
])('no end is held against chapters where %s', (_where, written) => {
  expect(issuesOf({ ...written, chapters: [{ start: 9000, title: 'Late' }] })).toEqual([]);
});
