import { expect, test } from 'vitest';
import { episode, person, post, show, topic, whitepaper } from '../../fakes/content.ts';

const slug = 'some-entry';

test.each([
  ['a day', '2026-11-22'],
  ['29 February of a leap year', '2028-02-29'],
  ['an instant with an offset', '2026-11-22T09:00:00-05:00'],
  ['an instant in UTC', '2026-11-22T14:00:00Z'],
  ['an instant in thousandths of a second', '2026-11-22T14:00:00.250+05:30'],
])('a date may be %s', (_, publishedAt) => {
  expect(post({ slug, publishedAt }).data.publishedAt).toBe(publishedAt);
});

test.each([
  ['a time without an offset, which names no instant', '2026-11-22T09:00:00'],
  ['a day that no calendar has', '2026-02-30'],
  ['29 February of a common year', '2026-02-29'],
  ['an instant of a day that no calendar has', '2026-02-30T09:00:00Z'],
  ['a number that looks like a day', 20261122],
  ['milliseconds', 1_795_305_600_000],
  ['a Date', new Date(0)],
  ['a day in words', '22 November 2026'],
  ['a month', '2026-11'],
  ['day before month', '22-11-2026'],
  ['nothing', ''],
])('a date is not %s', (_, publishedAt) => {
  expect(() => post({ slug, publishedAt: publishedAt as string })).toThrow(/publishedAt/);
});

test('a summary has at most 300 characters', () => {
  expect(post({ slug, summary: 'x'.repeat(300) }).data.summary).toHaveLength(300);
  expect(() => post({ slug, summary: 'x'.repeat(301) })).toThrow(/summary/);
});

test('white space around a text is no part of it, and a text of nothing else is refused', () => {
  expect(post({ slug, summary: `  ${'x'.repeat(300)}\n` }).data.summary).toBe('x'.repeat(300));
  expect(() => post({ slug, title: ' \t ' })).toThrow(/title/);
});

test.each(['/old', '/old/', '/2014/10/old-post.html', '/blog/Old_Post', '/caf%C3%A9', '/é', '/?p=1', '/old?page=1'])(
  'an alias may be %s',
  (alias) => {
    expect(post({ slug, aliases: [alias] }).data.aliases).toEqual([alias]);
  },
);

test.each(['old', '/', 'https://example.com/old', '/old path', '/old#top', ''])('an alias is not "%s"', (alias) => {
  expect(() => post({ slug, aliases: [alias] })).toThrow(/aliases/);
});

test.each(['joel', 'joel-capperella', '7', 'agent-007'])('a reference may be the slug "%s"', (host) => {
  expect(episode({ slug, hosts: [host] }).data.hosts).toEqual([host]);
});

test.each(['Joel', 'joel capperella', '-joel', 'joel-', 'joel--c', 'joel_c', 'jöel', 'people/joel', ''])(
  'a reference is not "%s"',
  (host) => {
    expect(() => episode({ slug, hosts: [host] })).toThrow(/hosts/);
  },
);

test.each(['episodes/e1', 'posts/a-post'])('a related entry may be "%s"', (related) => {
  expect(post({ slug, related: [related] }).data.related).toEqual([related]);
});

test.each(['e1', 'people/joel', 'episodes/', 'episodes/E1', '/episodes/e1/', 'old-episodes/e1'])(
  'a related entry is not "%s"',
  (related) => {
    expect(() => post({ slug, related: [related] })).toThrow(/related/);
  },
);

test.each(['http://example.com', 'https://example.com/a?b=c#d'])('a web address may be %s', (source) => {
  expect(post({ slug, source }).data.source).toBe(source);
});

test.each(['example.com', '/path', 'ftp://example.com', 'javascript:alert(1)', 'mailto:a@example.com'])(
  'a web address is not %s',
  (source) => {
    expect(() => post({ slug, source })).toThrow(/source/);
  },
);

test('lists that say what an entry is about or by whom are not empty', () => {
  expect(() => post({ slug, topics: [] })).toThrow(/topics/);
  expect(() => post({ slug, authors: [] })).toThrow(/authors/);
  expect(() => episode({ slug, hosts: [] })).toThrow(/hosts/);
  expect(() => whitepaper({ slug, learn: [] })).toThrow(/learn/);
  expect(() => show({ hosts: [] })).toThrow(/hosts/);
});

test.each([-1, 1.5, Number.NaN])('a number of an episode is not %s', (number) => {
  expect(() => episode({ slug, number })).toThrow(/number/);
  expect(() => episode({ slug, season: number })).toThrow(/season/);
});

test('an episode may have number 0, and a season may not', () => {
  expect(episode({ slug, number: 0 }).data.number).toBe(0);
  expect(() => episode({ slug, season: 0 })).toThrow(/season/);
});

test('the goal and both views of it stand together, or none of them', () => {
  const none = { sharedGoal: undefined, marketingView: undefined, salesView: undefined };
  expect(episode({ slug, ...none }).data.sharedGoal).toBeUndefined();
  expect(() => episode({ slug, ...none, sharedGoal: 'Rain.' })).toThrow(/marketingView[^]*salesView/);
});

test('an entry goes without topics, and a post without authors', () => {
  const { topics, authors } = post({ slug, topics: undefined, authors: undefined }).data;
  expect([topics, authors]).toEqual([undefined, undefined]);
});

test.each(['America/New_York', 'Europe/Lisbon', 'Australia/Lord_Howe', 'UTC'])(
  'the time zone of the series may be %s',
  (timezone) => {
    expect(show({ timezone }).timezone).toBe(timezone);
  },
);

test.each(['Mars/Olympus_Mons', 'New York', 'america/new_york', '+02:00', ''])(
  'the time zone of the series is not "%s"',
  (timezone) => {
    expect(() => show({ timezone })).toThrow(/is not an IANA time zone/);
  },
);

test.each(['en', 'en-US', 'pt-BR', 'pt-br', 'EN', 'fil', 'zh-Hant', 'zh-Hant-TW', 'es-419', 'sr-Latn', 'ca-valencia'])(
  'the language of the series may be %s',
  (language) => {
    expect(show({ language }).language).toBe(language);
  },
);

test.each(['English', 'en_US', 'eng', 'xx', 'en-UK', 'en-XX', 'es-999', 'iw', ''])(
  'the language of the series is not "%s"',
  (language) => {
    expect(() => show({ language })).toThrow(/language/);
  },
);

test('a page of a list shows 2 to 100 entries', () => {
  expect(show({ pageSize: 2 }).pageSize).toBe(2);
  expect(show({ pageSize: 100 }).pageSize).toBe(100);
  expect(() => show({ pageSize: 1 })).toThrow(/pageSize/);
  expect(() => show({ pageSize: 101 })).toThrow(/pageSize/);
});

test('a side is one of the two, or both', () => {
  for (const side of ['marketing', 'sales', 'both'] as const) expect(person({ slug, side }).data.side).toBe(side);
  expect(() => person({ slug, side: 'finance' as 'sales' })).toThrow(/side/);
});

test('a topic has a title of at most 80 characters', () => {
  expect(topic('x'.repeat(80)).title).toHaveLength(80);
  expect(() => topic('x'.repeat(81))).toThrow(/title/);
});
