import type { z } from 'astro/zod';
import { schemas, showSchema, topicSchema } from '#authoring/schemas.ts';
import { bodyFacts, proseNodes } from '#catalog/body.ts';
import type { Collection, Content, Entry } from '#catalog/content.ts';
import { filesSchema } from '#model/media.ts';

/** What an author would write: a slug, an MDX body, and the front matter in which this entry differs from the usual. */
type Written<Name extends Collection> = { slug: string; body?: string } & Partial<z.input<(typeof schemas)[Name]>>;

export const episode = (written: Written<'episodes'>) =>
  entry('episodes', written, {
    title: 'The usual episode',
    publishedAt: '2026-01-01',
    summary: 'What happens in the usual episode.',
    topics: ['advocacy'],
    number: numberOf(written.slug),
    hosts: ['joel'],
    sharedGoal: 'Customers who are glad to speak.',
    marketingView: 'A story.',
    salesView: 'A favour.',
  });

export const post = (written: Written<'posts'>) =>
  entry('posts', written, {
    title: 'The usual post',
    publishedAt: '2026-01-01',
    summary: 'What the usual post says.',
    topics: ['advocacy'],
    authors: ['joel'],
  });

export const whitepaper = (written: Written<'whitepapers'>) =>
  entry('whitepapers', written, {
    title: 'The usual whitepaper',
    publishedAt: '2026-01-01',
    summary: 'What the usual whitepaper is about.',
    topics: ['advocacy'],
    promise: 'Ten steps to a better year',
    learn: ['How to count to ten'],
    file: './paper.pdf',
    pages: 6,
  });

export const person = (written: Written<'people'>) =>
  entry('people', written, { name: written.slug, summary: 'Somebody in the series.' });

export const partner = (written: Written<'partners'>) =>
  entry('partners', written, {
    name: 'The usual partner',
    url: 'https://partner.example.com',
    title: 'Welcome, whoever sent you',
    summary: 'What the readers of the usual partner get.',
    theyOffer: 'A cup of tea.',
    weOffer: 'An episode a month.',
    topics: ['advocacy'],
  });

export const page = (written: Written<'pages'>) =>
  entry('pages', written, { title: 'The usual page', summary: 'What the usual page says.' });

export const show = (written: Partial<z.input<typeof showSchema>> = {}) =>
  accepted('show.yaml', showSchema, {
    title: 'The Test Files',
    tagline: 'A series for tests.',
    description: 'A series that exists in tests only.',
    language: 'en-GB',
    timezone: 'UTC',
    owner: { name: 'Nobody' },
    hosts: ['joel'],
    ...written,
  });

export const topic = (title: string) =>
  accepted('topics.yaml', topicSchema, { title, description: `All about ${title}.` });

/** A content folder that holds what is given; else the host Joel, the topic "advocacy", and nothing more. */
export const content = (given: Partial<Content> = {}): Content => ({
  show: show(),
  topics: { advocacy: topic('Customer advocacy') },
  ...files(),
  comments: {},
  episodes: [],
  posts: [],
  people: [person({ slug: 'joel', name: 'Joel Capperella', side: 'marketing' })],
  whitepapers: [],
  partners: [],
  pages: [],
  ...given,
});

/** What is read from the files beside entries, by their path in the content folder. */
export const files = (given: Partial<z.input<typeof filesSchema>> = {}) =>
  accepted('files', filesSchema, { media: {}, chapters: {}, transcripts: {}, ...given });

/** Topics by slug, each with its slug for a title. */
export const topics = (...slugs: string[]): Content['topics'] =>
  Object.fromEntries(slugs.map((slug) => [slug, topic(slug)]));

function entry<Name extends Collection>(
  collection: Name,
  { slug, body = '', ...written }: Written<Name>,
  usual: z.input<(typeof schemas)[Name]>,
): Entry<Name> {
  const name = `${collection}/${slug}`;
  const data = accepted(name, schemas[collection] as z.ZodType, { ...usual, ...written }) as Entry<Name>['data'];
  return { slug, folder: name, data, body: { ...bodyFacts(proseNodes(body)), contents: [], digest: body } };
}

/** What the schema makes of `data`; an error that names the place where it refuses it. */
function accepted<Schema extends z.ZodType>(name: string, schema: Schema, data: unknown): z.output<Schema> {
  const { success, data: parsed, error } = schema.safeParse(data);
  if (!success) throw new Error(`The schema refuses ${name}: ${error.message}`);
  return parsed;
}

/** A number for an episode that a test names like "e12"; 1 for others. */
const numberOf = (slug: string) => Number(/\d+$/.exec(slug)?.[0] ?? 1) || 1;
