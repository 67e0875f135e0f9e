import type { z } from 'astro/zod';
import { describe, expect, test } from 'vitest';
import { type Known, nearestValid } from '#authoring/nearest.ts';
import { fieldSchema } from '#authoring/schema.ts';
import { schemas, showSchema } from '#authoring/schemas.ts';
import type { Field } from '#authoring/yaml.ts';

const slugs: Record<string, string[]> = {
  people: ['ada-drizzle', 'otto-brolly'],
  topics: ['rain-forecasts', 'spare-handles'],
  posts: ['the-dry-pipeline'],
  episodes: ['rain-is-a-lead'],
};

const known: Known = {
  slugs: (to) => slugs[to] ?? [],
  files: ['./cover.jpg', './audio.mp3', './talk.MP3', './notes.txt', './transcript.vtt'],
  timezone: 'America/New_York',
};

const nearestTo = (schema: z.ZodType, field: Field, value: unknown, offers: Partial<Known> = {}) =>
  nearestValid(fieldSchema(schema, field), value, { ...known, ...offers })?.value;

const isCertain = (schema: z.ZodType, field: Field, value: unknown) =>
  nearestValid(fieldSchema(schema, field), value, known)?.isCertain;

describe('the nearest date', () => {
  test.for([
    ['2025-02-30', '2025-02-28'],
    ['2024-02-30', '2024-02-29'],
    ['2025-13-40', '2025-12-31'],
    ['2025-2-3', '2025-02-03'],
    ['2025/02/03', '2025-02-03'],
    ['22.11.2026', '2026-11-22'],
    ['November 22, 2026', '2026-11-22'],
    ['20260102', '2026-01-02'],
    ['2026', '2026-01-01'],
    ['2025-07-04T09:30', '2025-07-04T09:30:00-04:00'],
    ['2025-01-04 09:30:15', '2025-01-04T09:30:15-05:00'],
    ['2025-01-04T9:5:00', '2025-01-04'],
    ['2025-01-04T25:61:00Z', '2025-01-04T23:59:00Z'],
    ['2025-01-04 9:05 pm UTC', '2025-01-04T21:05:00Z'],
    ['2025-01-04 9:05 PM UTC', '2025-01-04T21:05:00Z'],
    ['31.1.2026', '2026-01-31'],
    ['32.1.2026', '2026-11-22'],
    ['10000-01-02', '2026-11-22'],
    ['5/12/2026', '2026-12-05'],
    ['5/13/2026', '2026-05-13'],
    ['12/13/2026', '2026-12-13'],
    ['2025-01-04 12:05 AM GMT', '2025-01-04T00:05:00Z'],
    ['2025-02-31T09:30:00+02:00', '2025-02-28T09:30:00+02:00'],
    ['soon', '2026-11-22'],
    ['1.2.1900', '1900-02-01'],
    ['2/1/1900', '1900-01-02'],
    ['31.12.9999', '9999-12-31'],
    ['9999-13-01', '9999-12-01'],
    ['1899-01-02', '2026-11-22'],
    ['0-0-2026', '2026-01-01'],
    ['31/12/2026', '2026-12-31'],
    ['12/31/2026', '2026-12-31'],
    ['12/12/2026', '2026-12-12'],
    ['2026-00-00', '2026-01-01'],
    ['22nd November 2026', '2026-11-22'],
    ['3rd of May 2026, 9:05', '2026-11-22'],
    ['2026-12', '2026-12-01'],
    ['2026-04-31', '2026-04-30'],
    ['2100-02-29', '2100-02-28'],
    ['2025-01-04T24:00:00Z', '2025-01-04T23:00:00Z'],
    ['2025-01-04T23:60:60Z', '2025-01-04T23:59:59Z'],
    ['2025-01-04 12:00 pm Z', '2025-01-04T12:00:00Z'],
    ['2025-01-04 1:00 p.m. UTC', '2025-01-04T13:00:00Z'],
    ['2025-01-04T09:30:15.250+0230', '2025-01-04T09:30:15+02:30'],
    ['2025-01-04T09:30-05', '2025-01-04T09:30:00-05:00'],
    ['2025-01-04T09:30 GMT+1:00', '2025-01-04T09:30:00-05:00'],
  ])('to "%s" is %s', ([written = '', right]) => {
    const date = nearestTo(schemas.posts, ['publishedAt'], written);
    expect(date).toBe(right);
    expect(schemas.posts.shape.publishedAt.safeParse(date).success).toBe(true);
  });

  test('to a number is the day with those digits', () => {
    expect(nearestTo(schemas.posts, ['publishedAt'], 20250203)).toBe('2025-02-03');
  });
});

describe('the nearest language', () => {
  test.for([
    ['en_US', 'en-US'],
    ['en_US.UTF-8', 'en-US'],
    ['zh_tw', 'zh-TW'],
    ['eng', 'en'],
    ['cmn', 'zh'],
    ['iw', 'he'],
    ['en-UK', 'en-GB'],
    ['en-XX', 'en'],
    ['English', 'en'],
    ['Englsh', 'en'],
    ['Deutsch', 'de'],
    ['Portuguese (Brazil)', 'pt'],
  ])('to "%s" is %s', ([written = '', right]) => {
    expect(nearestTo(showSchema, ['language'], written)).toBe(right);
    expect(showSchema.shape.language.safeParse(right).success).toBe(true);
  });
});

describe('the nearest category of Apple Podcasts', () => {
  test.for([
    ['Buisness > Marketing', 'Business > Marketing'],
    ['Business > Markting', 'Business > Marketing'],
    ['business>marketing', 'Business > Marketing'],
    ['Marketing', 'Business > Marketing'],
    ['Business: Non Profit', 'Business > Non-Profit'],
    ['Technology > Podcasting', 'Technology'],
    ['Sports > Chess', 'Sports'],
    ['Society &amp; Culture', 'Society & Culture'],
    ['Society and Culture > Documentary', 'Society & Culture > Documentary'],
    ['News & Politics', 'News > Politics'],
    ['Comedy / Improv', 'Comedy > Improv'],
    ['Health', 'Health & Fitness'],
    ['Tech', 'Technology'],
  ])('to "%s" is %s', ([written = '', right]) => {
    expect(nearestTo(showSchema, ['categories', 0], written)).toBe(right);
    expect(showSchema.shape.categories.safeParse([right]).success).toBe(true);
    expect(showSchema.shape.categories.safeParse([written]).success).toBe(false);
  });
});

describe('the nearest value', () => {
  test.for([
    ['of a name is a slug', schemas.posts, ['authors', 0], 'Otto Brolly', 'otto-brolly'],
    ['of one name is a list', schemas.posts, ['authors'], 'ada-drizle', ['ada-drizzle']],
    ['of names in a row is a list', schemas.posts, ['authors'], 'ada-drizzle, otto', ['ada-drizzle', 'otto-brolly']],
    ['of a list of one wrong name is the name', schemas.posts, ['authors'], ['oto-brolly'], ['otto-brolly']],
    ['of no names is some person', schemas.posts, ['authors'], [], ['ada-drizzle']],
    [
      'of a group is the group with its wrong field put right',
      schemas.posts,
      ['cover'],
      { src: 3, alt: 'A bucket' },
      { src: './cover.jpg', alt: 'A bucket' },
    ],
    ['of an alias with spaces round it is without them', schemas.posts, ['aliases', 0], ' /old ', '/old'],
    ['of an alias with a host alone in front', schemas.posts, ['aliases', 0], 'www.a.example/old', '/old'],
    ['of nothing is some person', schemas.posts, ['authors'], undefined, ['ada-drizzle']],
    ['of a slug is an entry', schemas.posts, ['related', 0], 'dry-pipeline', 'posts/the-dry-pipeline'],
    ['of a choice is a choice', schemas.people, ['side'], 'Sale', 'sales'],
    ['of a text with a control character at its end is without it', schemas.posts, ['title'], 'Rain\u0000', 'Rain'],
    ['of a text with one inside has a space', schemas.posts, ['title'], 'Rain\u0007falls', 'Rain falls'],
    ['of "yes" is true', schemas.posts, ['draft'], 'yes', true],
    ['of "no" is false', schemas.posts, ['draft'], 'no', false],
    ['of "explicit" is true', schemas.episodes, ['explicit'], 'explicit', true],
    ['of "clean" is false', schemas.episodes, ['explicit'], 'clean', false],
    ['of a number in words is the example', schemas.episodes, ['number'], 'one', 1],
    ['of a number in quotes is the number', schemas.episodes, ['number'], '12', 12],
    ['of a fraction is a whole number', schemas.episodes, ['number'], 2.6, 3],
    ['of a number below one is one', schemas.episodes, ['season'], 0, 1],
    ['of a number for a text is a text', schemas.posts, ['title'], 2025, '2025'],
    ['of a list of one text is the text', schemas.posts, ['title'], ['Draft'], 'Draft'],
    ['of a text with control characters is without them', schemas.posts, ['title'], 'Dry\u0000 pipe', 'Dry  pipe'],
    ['of a bare host name is an address', schemas.posts, ['source'], 'example.com/a', 'https://example.com/a'],
    ['of no address is the example', schemas.posts, ['source'], 'not there', 'https://example.com/page'],
    ['of an alias without a slash has one', schemas.posts, ['aliases', 0], 'old path', '/old%20path'],
    ['of an alias with an anchor is without it', schemas.posts, ['aliases', 0], '/old?id=3#top', '/old?id=3'],
    [
      'of a whole address is its path',
      schemas.posts,
      ['aliases', 0],
      'https://a.example/Old.html?id=3',
      '/Old.html?id=3',
    ],
    ['of an address without a scheme is its path', schemas.posts, ['aliases', 0], '//a.example/old', '/old'],
    ['of a host alone is none', schemas.posts, ['aliases', 0], 'https://a.example/', undefined],
    [
      'of an alias with a query after its host is both',
      schemas.posts,
      ['aliases', 0],
      'https://a.example?p=1',
      '/?p=1',
    ],
    ['of a path of another system has slashes', schemas.posts, ['aliases', 0], '\\old\\page.htm', '/old/page.htm'],
    ['of a guid with spaces round it is without them', schemas.posts, ['guid'], ' urn:x\n', 'urn:x'],
    ['of a prefix of guids in words is their slug', showSchema, ['guidPrefix'], 'The Bug House', 'the-bug-house'],
    ['of a guid that is empty is none', schemas.posts, ['guid'], '', undefined],
    ['of a language with an underscore has a hyphen', showSchema, ['language'], 'en_GB', 'en-GB'],
    ['of a time zone is a time zone', showSchema, ['timezone'], 'Europe/Lisbn', 'Europe/Lisbon'],
    ['of no e-mail address is an example', showSchema, ['owner', 'email'], 'the keeper', 'name@example.com'],
    ['of a name for a group is the group', showSchema, ['owner'], 'Drizzle & Sons', { name: 'Drizzle & Sons' }],
    ['of a recording is the one beside the entry', schemas.episodes, ['audio'], 'audio.mp3', './audio.mp3'],
    ['of a recording may have a capital ending', schemas.episodes, ['audio'], './talk.mp3', './talk.MP3'],
    ['of a picture is a picture', schemas.posts, ['cover', 'src'], './covr.png', './cover.jpg'],
    [
      'of a video address is its id',
      schemas.episodes,
      ['video', 'youtube'],
      'https://youtu.be/dQw4w9WgXcQ',
      'dQw4w9WgXcQ',
    ],
    ['of an id with spaces has hyphens', schemas.episodes, ['video', 'youtube'], ' dQw4 9WgXcQ ', 'dQw4-9WgXcQ'],
    ['of a moment in words is the example', schemas.episodes, ['chapters', 0, 'start'], 'soon', '04:20'],
  ] as const)('%s', ([, schema, field, written, right]) => {
    expect(nearestTo(schema, field, written)).toEqual(right);
  });

  test('of a long text ends between two words, within its length', () => {
    const summary = String(nearestTo(schemas.posts, ['summary'], 'word, '.repeat(100)));
    expect(summary).toMatch(/ word…$/);
    expect(summary.length).toBeLessThanOrEqual(300);
  });

  test('of a path for a picture has the path, and words for its alternative text', () => {
    const cover = nearestTo(schemas.posts, ['cover'], './cover.jpg');
    expect(cover).toEqual({ src: './cover.jpg', alt: 'Two empty chairs at one table' });
  });

  test('of a picture is the one that is most like it', () => {
    const files = ['./cover.jpg', './zebra.png'];
    expect(nearestTo(schemas.posts, ['cover', 'src'], './zebr.png', { files })).toBe('./zebra.png');
  });

  test('of a group for a text has nothing of the group', () => {
    expect(nearestTo(schemas.posts, ['title'], { of: 'rain' })).not.toMatch(/object/);
  });

  test('is nothing where there is nothing to name', () => {
    expect(nearestTo(schemas.posts, ['authors', 0], 'ada', { slugs: () => [] })).toBeUndefined();
    expect(nearestTo(schemas.episodes, ['audio'], 3, { files: ['./cover.jpg'] })).toBeUndefined();
  });
});

describe('a value is certain where nothing else can have been meant', () => {
  test.for([
    ['a date with other signs', schemas.posts, ['publishedAt'], '2025/2/3'],
    ['a date with dots', schemas.posts, ['publishedAt'], '3.2.2025'],
    ['a day that can be no month', schemas.posts, ['publishedAt'], '11/22/2026'],
    ['a month in words', schemas.posts, ['publishedAt'], 'November 22nd, 2026'],
    ['an offset without its colon', schemas.posts, ['publishedAt'], '2026-11-22T09:00:00+0100'],
    ['a time that is said to be of UTC', schemas.posts, ['publishedAt'], '2026-11-22 09:00 UTC'],
    ['a slip in a long name', schemas.posts, ['authors', 0], 'ada-drizle'],
    ['a name as people write it', schemas.posts, ['authors', 0], 'Otto Brolly'],
    ['a slip in one of few words', schemas.people, ['side'], 'Marketting'],
    ['a number in quotes', schemas.episodes, ['number'], '12'],
    ['an address without its scheme', schemas.posts, ['source'], 'www.example.com/a'],
    ['an address with one id in it', schemas.episodes, ['video', 'youtube'], 'https://youtu.be/dQw4w9WgXcQ'],
    ['a group with a slip in one field', schemas.posts, ['cover'], { src: './cover.jpeg', alt: 'A bucket' }],
    ['a word for yes', schemas.posts, ['draft'], 'yes'],
    ['an entry without its collection', schemas.posts, ['related', 0], 'the-dry-pipeline'],
    ['a file with another ending of its picture', schemas.posts, ['cover', 'src'], './cover.jpeg'],
  ] as const)('%s', ([, schema, field, written]) => {
    expect(isCertain(schema, field, written)).toBe(true);
  });

  test.for([
    ['a date that is two days', schemas.posts, ['publishedAt'], '01/02/2026'],
    ['a day that no month has', schemas.posts, ['publishedAt'], '2025-02-30'],
    ['an hour that no day has', schemas.posts, ['publishedAt'], '2026-11-22T25:00:00Z'],
    ['a minute that no hour has', schemas.posts, ['publishedAt'], '2026-11-22T09:60:00Z'],
    ['a year of two digits', schemas.posts, ['publishedAt'], '22.11.26'],
    ['a month alone', schemas.posts, ['publishedAt'], 'November 2026'],
    ['a time without its zone', schemas.posts, ['publishedAt'], '2026-11-22T09:00'],
    ['a zone that many places call theirs', schemas.posts, ['publishedAt'], '2026-11-22 09:00 EST'],
    ['no name', schemas.posts, ['authors'], ''],
    ['no names', schemas.posts, ['authors'], []],
    ['a host that may be anything else', schemas.posts, ['source'], 'example.com/a'],
    ['an address with two ids in it', schemas.episodes, ['video', 'youtube'], 'dQw4w9WgXcQ or dQw4w9WgXcR'],
    ['an id with a space in it', schemas.episodes, ['video', 'youtube'], 'dQw4 9WgXcQ'],
    ['a group that lacks a field', schemas.posts, ['cover'], { src: './cover.jpeg' }],
    ['a short name', schemas.posts, ['authors', 0], 'otto'],
    ['no summary', schemas.posts, ['summary'], undefined],
    ['a text that is cut', schemas.posts, ['summary'], 'word, '.repeat(100)],
    ['a number in words', schemas.episodes, ['number'], 'part 2'],
    ['another kind of recording', schemas.episodes, ['audio', 'type'], 'audio/mp4'],
    ['a picture without its words', schemas.posts, ['cover'], './cover.jpg'],
  ] as const)('but not %s', ([, schema, field, written]) => {
    expect(isCertain(schema, field, written) ?? false).toBe(false);
  });

  test('a number is no slip of another', () => {
    const parts = { slugs: () => ['the-long-season-part-2', 'the-long-season-part-3'], files: [] };
    const nearest = (written: string) =>
      nearestValid(fieldSchema(schemas.posts, ['authors', 0]), written, { ...known, ...parts });
    expect(nearest('the-long-season-part-4')?.isCertain).toBe(false);
    expect(nearest('the-long-saeson-part-3')).toEqual({ value: 'the-long-season-part-3', isCertain: true });
  });
});

describe('it is certain which date was meant', () => {
  test.for([
    ['2025/02/03', true],
    ['20260102', true],
    ['22.11.2026', true],
    ['3.4.2026', true],
    ['3/4/2026', false],
    ['4/4/2026', true],
    ['5/12/2026', false],
    ['12/5/2026', false],
    ['13/4/2026', true],
    ['4/13/2026', true],
    ['1/13/2026', true],
    ['13/13/2026', false],
    ['2025-13-40', false],
    ['2025-02-30', false],
    ['2025-2-3', true],
    ['2026', false],
    ['2026-12', false],
    ['November 22, 2026', true],
    ['22nd November 2026', true],
    ['November 2026', false],
    ['22 Nov 26', false],
    ['2025-01-04T09:30:00', false],
    ['2025-01-04T09:30:00 UTC', true],
    ['2025-01-04 09:30 +02:00', true],
    ['2025-01-04T24:00Z', false],
    ['2025-01-04T23:60Z', false],
    ['2025-01-04T23:59:60Z', false],
    ['2025-02-30T09:30Z', false],
    ['2025-01-04T9', false],
  ] as const)('from %s: %s', ([written, certain]) => {
    expect(isCertain(schemas.posts, ['publishedAt'], written)).toBe(certain);
  });
});

describe('a text that is too long is cut', () => {
  const cutTo = (text: string) => nearestTo(schemas.posts, ['summary'], text);

  test('behind the last word that fits', () => {
    const fits = `${'rain '.repeat(58)}sleetwind`;
    expect([fits.length, cutTo(`${fits} hail`)]).toEqual([299, `${fits}…`]);
  });

  test('before a word that does not fit', () => {
    expect(cutTo(`${'rain '.repeat(59)}hailstorm`)).toBe(`${'rain '.repeat(59).trim()}…`);
  });

  test('without the sign that its last word ends with', () => {
    expect(cutTo(`${'rain '.repeat(58)}hailing, ${'and more '.repeat(9)}`)).toBe(`${'rain '.repeat(58)}hailing…`);
  });

  test('and it is not certain that this is meant', () => {
    expect(isCertain(schemas.posts, ['summary'], 'rain '.repeat(90))).toBe(false);
  });
});

describe('it is certain which language was meant', () => {
  test.for([
    ['en_US', 'en-US', true],
    ['en_US.UTF-8', 'en-US', true],
    [' en_US ', 'en-US', true],
    ['ENGLSH', 'en', false],
    ['de@euro', 'de', true],
    ['eng', 'en', true],
    ['English', 'en', true],
    ['DEUTSCH', 'de', true],
    ['Englsh', 'en', false],
    ['en-UK', 'en-GB', true],
    ['zh hant tw', 'zh-Hant-TW', true],
    ['english-us', 'en-US', false],
    ['spanish-419', 'es-419', false],
    ['serbian-cyrl-rs', 'sr-Cyrl-RS', false],
    ['en-Xxxx-us', 'en-US', false],
  ] as const)('from %s: %s, %s', ([written, right, certain]) => {
    expect(nearestValid(fieldSchema(showSchema, ['language']), written, known)).toEqual({
      value: right,
      isCertain: certain,
    });
  });
});

describe('it is certain which category was meant', () => {
  test.for([
    ['business>marketing', 'Business > Marketing', true],
    ['Marketing', 'Business > Marketing', true],
    ['Buisness > Marketing', 'Business > Marketing', true],
    ['Business > Markting', 'Business > Marketing', true],
    ['Technology > Podcasting', 'Technology', true],
    ['Commerce > Marketing', 'Business > Marketing', true],
    ['Business > Mrketng', 'Business > Marketing', false],
    ['Technologie > Podcasting', 'Technology', false],
    ['Comedie', 'Comedy', false],
    ['Tech', 'Technology', false],
    ['society & culture : documentary', 'Society & Culture > Documentary', true],
    ['Sports » Football', 'Sports > Football', true],
  ] as const)('from %s: %s, %s', ([written, right, certain]) => {
    expect(nearestValid(fieldSchema(showSchema, ['categories', 0]), written, known)).toEqual({
      value: right,
      isCertain: certain,
    });
  });
});

describe('a number or a choice of two is read from a text', () => {
  test.for([
    ['of a number in a text', schemas.episodes, ['number'], ' 3 ', 3, true],
    ['of one that is a part of a text', schemas.episodes, ['number'], 'No. 3', 3, false],
    ['of digits in groups', schemas.episodes, ['number'], '1 200', 1200, false],
    ['of a fraction', schemas.episodes, ['season'], '1.5', 2, false],
    ['of less than there is', schemas.episodes, ['season'], '-4', 4, false],
    ['of no number', schemas.episodes, ['season'], '0', 1, false],
    ['of "on"', schemas.posts, ['draft'], 'On', true, true],
    ['of "y"', schemas.posts, ['draft'], 'y', true, true],
    ['of "off"', schemas.posts, ['draft'], 'off', false, true],
    ['of "n"', schemas.posts, ['draft'], 'N', false, true],
    ['of 1', schemas.posts, ['draft'], 1, true, false],
    ['of 0', schemas.posts, ['draft'], 0, false, false],
  ] as const)('%s', ([, schema, field, written, right, certain]) => {
    expect(nearestValid(fieldSchema(schema, field), written, known)).toEqual({ value: right, isCertain: certain });
  });
});
