import { expect, test } from 'vitest';
import { episode, files, whitepaper } from '../../fakes/content.ts';

const slug = 'some-episode';
const remote = { url: 'https://cdn.example.com/1.mp3', bytes: 14_400_000, type: 'audio/mpeg', duration: 1800 } as const;
const film = { ...remote, url: 'https://cdn.example.com/1.mp4', type: 'video/mp4' } as const;

test.each(['./audio.mp3', './AUDIO.MP3', './first-take.m4a', './takes/one.mp3', './a.b.mp3'])(
  'audio may be the file %s',
  (audio) => {
    expect(episode({ slug, audio }).data.audio).toBe(audio);
  },
);

test.each(['audio.mp3', '/audio.mp3', './audio.ogg', './audio.wav', './.mp3', './audio.mp3.exe', 'https://a.b/c.mp3'])(
  'audio is not the file %s',
  (audio) => {
    expect(() => episode({ slug, audio })).toThrow(/audio/);
  },
);

test('a recording on another host comes with its facts', () => {
  expect(episode({ slug, audio: remote }).data.audio).toEqual(remote);
  expect(episode({ slug, video: film }).data.video).toEqual(film);
});

test('of a recording on another host, its size and length may be unknown', () => {
  const { bytes: _, duration: __, ...rest } = remote;
  expect(episode({ slug, audio: rest }).data.audio).toEqual(rest);
});

test.each(['url', 'type'] as const)('a recording on another host without its %s is refused', (fact) => {
  const { [fact]: _, ...rest } = remote;
  expect(() => episode({ slug, audio: rest as typeof remote })).toThrow(new RegExp(`"${fact}"`));
});

test.each([
  ['a size of nothing', { bytes: 0 }],
  ['a size in parts of a byte', { bytes: 1.5 }],
  ['no length', { duration: 0 }],
  ['a relative address', { url: '/1.mp3' }],
  ['the media type of a film', { type: 'video/mp4' as 'audio/mpeg' }],
  ['a media type that podcast apps do not play', { type: 'audio/ogg' as 'audio/mpeg' }],
])('a remote recording with %s is refused', (_, wrong) => {
  expect(() => episode({ slug, audio: { ...remote, ...wrong } })).toThrow(/audio/);
});

test.each(['./video.mp4', './video.m4v', './video.mov'])('video may be the file %s', (video) => {
  expect(episode({ slug, video }).data.video).toBe(video);
});

test.each([{ youtube: 'dQw4w9WgXcQ' }, { youtube: '-_3456789AB' }, { vimeo: '76979871' }, { vimeo: '123456' }])(
  'video may be %o',
  (video) => {
    expect(episode({ slug, video }).data.video).toEqual(video);
  },
);

test.each([
  './video.avi',
  './audio.mp3',
  remote as unknown as typeof film,
  { youtube: 'https://youtu.be/dQw4w9WgXcQ' },
  { youtube: 'short' },
  { vimeo: '12345' },
  { vimeo: 'abcdefg' },
  { youtube: 'dQw4w9WgXcQ', vimeo: '76979871' },
])('video is not %o', (video) => {
  expect(() => episode({ slug, video })).toThrow(/video/);
});

test.each([0, 95, 95.5, '0:00', '1:05', '04:20', '59:59.999', '1:00:00', '01:02:03', '12:00:00.5'])(
  'a moment may be %s',
  (start) => {
    expect(episode({ slug, chapters: [{ start, title: 'Here' }] }).data.chapters).toEqual([{ start, title: 'Here' }]);
  },
);

test.each([
  -1,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  '95',
  '1:5',
  '1:60',
  '60:00',
  '1:60:00',
  '-1:00',
  '1:00:00:00',
  '',
])('a moment is not %s', (start) => {
  expect(() => episode({ slug, chapters: [{ start, title: 'Here' }] })).toThrow(/chapters/);
});

test('chapters are a file, or a list that is not empty', () => {
  expect(episode({ slug, chapters: './chapters.json' }).data.chapters).toBe('./chapters.json');
  expect(() => episode({ slug, chapters: './chapters.txt' })).toThrow(/chapters/);
  expect(() => episode({ slug, chapters: [] })).toThrow(/chapters/);
});

test.each(['./transcript.vtt', './transcript.srt', './transcript.json'])('a transcript may be %s', (transcript) => {
  expect(episode({ slug, transcript }).data.transcript).toBe(transcript);
});

test('a transcript is not plain text, and a whitepaper is a PDF', () => {
  expect(() => episode({ slug, transcript: './transcript.txt' })).toThrow(/transcript/);
  expect(whitepaper({ slug, file: './paper.pdf' }).data.file).toBe('./paper.pdf');
  expect(() => whitepaper({ slug, file: './paper.docx' })).toThrow(/file/);
});

test('what a recording says of itself is refused where a feed could not use it', () => {
  const facts = { bytes: 1, type: 'audio/mpeg', duration: 1 } as const;
  expect(files({ media: { 'episodes/e1/audio.mp3': facts } }).media).toEqual({ 'episodes/e1/audio.mp3': facts });
  expect(() => files({ media: { a: { ...facts, bytes: 0 } } })).toThrow(/bytes/);
  expect(() => files({ media: { a: { ...facts, duration: 0 } } })).toThrow(/duration/);
});
