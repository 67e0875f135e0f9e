import { stringify } from 'yaml';
import { chapters, type OddFile, picture, recording, transcript, writtenChapters } from './odd-files.ts';
import { body, Dice, fieldText } from './odd-prose.ts';

/** An entry, with the files of the content folder that it is made of. */
export interface OddEntry {
  /** Its folder or file, as a path inside the content folder. */
  path: string;
  collection: string;
  slug: string;
  isDraft: boolean;
  files: OddFile[];
}

const collections = ['episodes', 'episodes', 'episodes', 'posts', 'posts', 'whitepapers', 'people', 'pages'] as const;

/** Slugs that might be something else to a file system, an address, a language or a build. */
const slugs = [
  ...[
    'a',
    '0',
    '2024',
    '404',
    'index',
    'page',
    'page-2',
    'season-2',
    'rss',
    'feed',
    'con',
    'nul',
    'prn',
    'constructor',
    'prototype',
  ],
  ...[
    'search',
    'embed',
    'null',
    'undefined',
    'x'.repeat(60),
    'x'.repeat(230),
    'x'.repeat(240),
    `a${'-b'.repeat(90)}`,
    'tostring',
    'default',
    'assets',
  ],
  ...['größe', 'With Capitals', 'under_score', 'dot.ted', '100%', '雨', 'a--b', '-a', 'a b', '_draft'],
];

/**
 * Entries of every collection, the same for the same seed, that lie beside those of the fixture without mistakes
 * (`tests/fixtures/invalid/base`). Most are right and many are odd; some are wrong, which the check has to tell.
 */
export async function oddEntries(seed: number, count: number): Promise<OddEntry[]> {
  const entries = new Map<string, OddEntry>();
  for (let i = 0; i < count; i += 1) {
    const entry = await oddEntry(new Dice(seed * 1_000_003 + i), i);
    entries.set(`${entry.collection}/${entry.slug}`, entry);
  }
  return [...entries.values()];
}

/** What editors and systems leave beside an entry. */
const leftovers = [
  '.DS_Store',
  '._index.mdx',
  'Thumbs.db',
  'index.mdx~',
  '.index.mdx.swp',
  'notes.txt',
  'old.md',
  '.gitkeep',
];

/** A topics.yaml in which the topic that odd entries have is one with odd texts, or a plain one. */
export function oddTopics(seed: number, topics: Record<string, unknown>, isPlain: boolean): string {
  const dice = new Dice(seed);
  const text = () => (isPlain ? 'Odd things' : fieldText(dice, 2));
  return stringify({ ...topics, 'odd-things': { title: text(), description: text() } });
}

/** A show.yaml with odd texts in it. */
export function oddShow(seed: number, show: Record<string, unknown>): string {
  const dice = new Dice(seed);
  const podcast = {
    ...(dice.chance(0.5) && { funding: [{ url: 'https://example.com/?a&b', text: fieldText(dice, 5) }] }),
    ...(dice.chance(0.5) && { txt: [{ purpose: 'verify', value: fieldText(dice, 5) }] }),
    ...(dice.chance(0.5) && { seasons: [{ number: 1, name: fieldText(dice, 5) }] }),
  };
  const fields = ['title', 'subtitle', 'tagline', 'description', 'copyright'].filter(() => dice.chance(0.4));
  return stringify({ ...show, podcast, ...Object.fromEntries(fields.map((field) => [field, fieldText(dice, 5)])) });
}

async function oddEntry(dice: Dice, index: number): Promise<OddEntry> {
  const collection = dice.one(collections);
  const slug = dice.chance(0.12) ? dice.one(slugs) : `odd-${index}`;
  const files: OddFile[] = [];
  const add = (file: OddFile) => {
    files.push(file);
    return `./${file.name}`;
  };
  const shown = dice.chance(0.35) ? [await picture(dice)] : [];
  shown.forEach(add);
  if (dice.chance(0.5)) {
    add({ name: 'x.js', content: 'export default 3;\n' });
    add({ name: 'data.json', content: '{ "name": "data" }' });
    add({ name: 'raw.txt', content: 'raw {x} <b>' });
  }
  const cover = async () => ({ src: add(await picture(dice)), alt: fieldText(dice) });
  const text = () => fieldText(dice);
  const dated = async () => ({
    title: text(),
    publishedAt: dice.one([
      '2025-03-01',
      '2024-02-29',
      '2025-06-01T12:00:00+02:00',
      '1999-12-31',
      '0001-01-01',
      '2025-10-26T02:30:00Z',
      `2025-04-${10 + dice.below(20)}`,
    ]),
    ...(dice.chance(0.2) && { updatedAt: '2025-12-01' }),
    summary: text(),
    topics: dice.one([['rain-forecasts'], ['spare-handles', 'odd-things'], ['odd-things']]),
    ...(dice.chance(0.3) && { cover: await cover() }),
  });
  const piece = () => ({
    ...(dice.chance(0.2) && { whitepaper: 'the-damp-funnel' }),
    ...(dice.chance(0.2) && { related: ['posts/the-dry-pipeline'] }),
    ...(dice.chance(0.15) && { guid: text() }),
    ...(dice.chance(0.15) && {
      source: dice.one([
        'https://example.com/?a=1&b="2"',
        'https://例え.example/パス',
        'http://x',
        'https://user:pass@example.com/',
      ]),
    }),
  });
  const spoken = async () => ({
    ...(dice.chance(0.6) && { audio: add(await recording(dice)) }),
    ...(dice.chance(0.5) && { transcript: add(transcript(dice)) }),
    ...(dice.chance(0.5) && { chapters: dice.chance(0.5) ? add(chapters(dice)) : writtenChapters(dice) }),
    ...(dice.chance(0.1) && {
      video: dice.one([
        { youtube: 'dQw4w9WgXcQ' },
        { vimeo: '123456' },
        { url: 'https://example.com/a%20b.mp4?x=1&y', bytes: 9, type: 'video/mp4', duration: 0.5 },
      ]),
    }),
    ...(dice.chance(0.1) && { soundbites: [{ start: 1, duration: 15, title: text() }] }),
  });
  const fields: Record<(typeof collections)[number], () => Promise<Record<string, unknown>>> = {
    episodes: async () => ({
      ...(await dated()),
      ...piece(),
      ...(await spoken()),
      number: index + 10,
      ...(dice.chance(0.3) && { season: dice.one([1, 2, 99]) }),
      hosts: ['ada-drizzle'],
      sharedGoal: text(),
      marketingView: text(),
      salesView: text(),
      ...(dice.chance(0.2) && { episodeType: dice.one(['trailer', 'bonus']), explicit: true }),
    }),
    posts: async () => ({ ...(await dated()), ...piece(), authors: ['otto-brolly'] }),
    whitepapers: async () => ({
      ...(await dated()),
      promise: text(),
      learn: [text(), text()],
      file: add({ name: dice.one(['paper.pdf', 'größe & co.pdf', 'a "b" 100%.pdf']), content: '%PDF-1.4\n%%EOF' }),
      pages: 3,
      authors: ['otto-brolly'],
      ...(dice.chance(0.3) && { subtitle: text() }),
    }),
    people: async () => ({
      name: text(),
      summary: text(),
      ...(dice.chance(0.5) && { role: text(), side: 'both', kind: dice.one(['person', 'organisation']) }),
      ...(dice.chance(0.4) && { photo: await cover() }),
      ...(dice.chance(0.4) && {
        links: [
          {
            label: text(),
            url: dice.one([
              'https://example.com/@x',
              'https://例え.example/',
              'http://[::1]/',
              'https://x.example/"<>',
            ]),
          },
        ],
      }),
    }),
    pages: async () => ({ title: text(), summary: text() }),
  };
  if (dice.chance(0.05)) add({ name: dice.one(leftovers), content: Buffer.alloc(50, 200) });
  const isDraft = dice.chance(0.05);
  const frontMatter = {
    ...(isDraft && { draft: true }),
    ...(await fields[collection]()),
    ...(dice.chance(0.1) && {
      aliases: [
        dice.one([
          '/old/größe',
          `/old/${index}.html`,
          `/?p=${index}`,
          `/old/${'x'.repeat(300)}`,
          `/x${index}/<b>"`,
          '/a/../b',
          '//x',
          `/old/${index}/\u0000`,
        ]),
      ],
    }),
  };
  files.push({
    name: 'index.mdx',
    content: mdx(
      dice,
      frontMatter,
      body(
        dice,
        shown.map(({ name }) => name),
      ),
    ),
  });
  // Without files beside it, an entry may be a file of its own.
  const isFile = files.length === 1 && dice.chance(0.5);
  const path = isFile ? `${collection}/${slug}.mdx` : `${collection}/${slug}`;
  return {
    path,
    collection,
    slug,
    isDraft,
    files: files.map(({ name, content }) => ({ name: isFile ? path : `${path}/${name}`, content })),
  };
}

/** A file as an editor saves it, or as another program would. */
function mdx(dice: Dice, fields: Record<string, unknown>, body: string): string | Buffer {
  // Half of a surrogate pair is written as an escape: no file in UTF-8 can hold it.
  const yaml = dice.chance(0.5)
    ? stringify(fields)
    : `${Object.entries(fields)
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
        .join('\n')}\n`;
  const whole = `---\n${yaml.isWellFormed() ? yaml : stringify(fields, { defaultStringType: 'QUOTE_DOUBLE' })}---\n${dice.one(['', '\n', '\n\n'])}${body}`;
  return dice.one<() => string | Buffer>([
    ...Array.from({ length: 40 }, () => () => whole),
    () => `\uFEFF${whole.replaceAll(/\r?\n/g, '\r\n')}`,
    () => whole.replaceAll('\n', '\r'),
    () => Buffer.from(whole, 'latin1'),
    () => Buffer.from(`\uFEFF${whole}`, 'utf16le'),
    () => Buffer.from(whole).subarray(0, -1),
  ])();
}
