import { personPage } from '#catalog/person-pages.ts';
import { seasonTitle } from '#catalog/feed-links.ts';
import type {
  Body,
  Catalog,
  EpisodeRecord,
  Link,
  PageRecord,
  Paragraph,
  PartnerRecord,
  PersonLink,
  PersonRecord,
  PostRecord,
  Recording,
  ShownDate,
  Sponsor,
  WhitepaperRecord,
} from '#catalog/records.ts';
import { counted } from '#site/count.ts';
import { sideNames } from '#site/facets.ts';
import { clock, spokenLength } from '#site/length.ts';
import { readingTime } from '#site/reading-time.ts';
import { fullTitle } from '#site/title.ts';
import { url } from '#site/url.ts';
import type { Words } from './nodes.ts';

/** An entry as its Markdown shows it, and nothing that it does not show: plain data, in the order of the page. */
export interface MarkdownDocument {
  /** The address of its page. */
  url: string;
  title: string;
  /** What it is in a few sentences, a paragraph each. */
  lede: string[];
  facts: Fact[];
  /** What stands before its text, and after it. */
  before: Section[];
  body: Body;
  sponsors: Sponsor[];
  after: Section[];
}

/** A fact with its values; a document leaves one out that has none. */
export interface Fact {
  label: string;
  values: Words[];
}

export type Section = { title: string } & (
  | { text: string }
  | { items: Words[] }
  /** A transcript. */
  | { said: Paragraph[] }
);

/** Every entry of the catalog that has a page of its own. */
export function markdownDocuments({
  show,
  episodes,
  posts,
  whitepapers,
  people,
  partners,
  pages,
}: Catalog): MarkdownDocument[] {
  const series = { label: 'Series', values: [[{ title: fullTitle(show), url: url.home }]] };
  return [
    ...episodes.map((record) => episode(record, show)),
    ...posts.map(post),
    ...whitepapers.map(whitepaper),
    ...people.map((record) => person(record, show.pageSize)),
    ...partners.map(partner),
    ...pages.map(page),
  ].map(({ facts, before, after, ...rest }) => ({
    ...rest,
    facts: [series, ...facts].filter(({ values }) => values.length > 0),
    before: before.filter(isFilled),
    after: after.filter(isFilled),
  }));
}

const isFilled = (section: Section) =>
  'text' in section || ('items' in section ? section.items : section.said).length > 0;

function episode(record: EpisodeRecord, show: Catalog['show']): MarkdownDocument {
  const { season, sides, audio, video, duration, readingMinutes, chapters, transcript, roles } = record;
  return {
    ...named(record),
    facts: [
      fact('File', record.label),
      fact('Season', season && { title: seasonTitle(show, season), url: url.season(season) }),
      ...dates(record),
      { label: 'Hosts', values: record.hosts.map((host) => personWords(host, roles)) },
      { label: 'Guests', values: record.guests.map((guest) => personWords(guest, roles)) },
      fact('Length', duration === undefined ? readingTime(readingMinutes) : spokenLength(duration)),
      fact('Explicit', record.explicit && 'yes'),
      ...subjects(record),
      fact('Film', recording(video)),
      fact('Sound', recording(audio)),
      { label: 'Other files', values: record.alternates.map(({ title, url }) => [{ title, url }]) },
      fact('Whitepaper', record.whitepaper && link(record.whitepaper)),
    ],
    before: [
      ...(sides
        ? [
            { title: 'Marketing sees', text: sides.marketingView },
            { title: 'Sales sees', text: sides.salesView },
            { title: 'The goal they share', text: sides.sharedGoal },
          ]
        : []),
    ],
    body: record.body,
    sponsors: record.sponsors,
    after: [
      {
        title: 'Chapters',
        items: chapters.map(({ start, title, url: elsewhere }) => [
          { title: clock(start), url: `${record.url}?t=${start}` },
          ' ',
          elsewhere === undefined ? title : { title, url: elsewhere },
        ]),
      },
      ...elsewhere(record),
      ...transcriptOf(record.transcriptElsewhere),
      { title: 'Transcript', said: transcript?.paragraphs ?? [] },
    ],
  };
}

function transcriptOf(elsewhere: EpisodeRecord['transcriptElsewhere']): Section[] {
  return elsewhere ? [{ title: 'Transcript', items: [[at(elsewhere.url)]] }] : [];
}

const post = (record: PostRecord): MarkdownDocument => ({
  ...named(record),
  facts: [
    ...dates(record),
    { label: 'By', values: record.authors.map((author) => personWords(author)) },
    fact('Length', readingTime(record.readingMinutes)),
    ...subjects(record),
    fact('Whitepaper', record.whitepaper && link(record.whitepaper)),
  ],
  before: [],
  body: record.body,
  sponsors: [],
  after: elsewhere(record),
});

/** The landing page of a paper; the paper itself goes to those alone who ask for it. */
const whitepaper = (record: WhitepaperRecord): MarkdownDocument => ({
  url: record.url,
  title: fullTitle(record),
  lede: [record.promise, record.summary],
  facts: [
    ...dates(record),
    { label: 'By', values: record.people.map((author) => personWords(author)) },
    fact('Length', counted(record.pages, 'page')),
    ...subjects(record),
    fact('To have it', { title: 'ask for it on its page', url: record.url }),
  ],
  before: [{ title: 'What it teaches', items: record.learn.map((point) => [point]) }],
  body: record.body,
  sponsors: [],
  after: [],
});

function person(record: PersonRecord, pageSize: number): MarkdownDocument {
  const { name, side, role, summary, links, kind } = record;
  const { hosted, appeared, wrote, isCut } = personPage(record, pageSize);
  const items = (entries: readonly Link[]) => entries.map((entry) => [link(entry)]);
  return {
    url: record.url,
    title: name,
    lede: summary === undefined ? [] : [summary],
    facts: [
      fact('Side', side && sideNames[side]),
      fact('Role', role),
      { label: 'Elsewhere', values: links.map(({ label, url }) => [{ title: label, url }]) },
      fact(
        'All entries',
        isCut && { title: counted(record.entries.length, 'entry', 'entries'), url: url.personEntries(record.slug) },
      ),
    ],
    before: [],
    body: record.body,
    sponsors: [],
    after: [
      { title: 'Hosted', items: items(hosted) },
      { title: 'Guest in', items: items(appeared) },
      { title: kind === 'organisation' ? 'Published' : 'Wrote', items: items(wrote) },
    ],
  };
}

const partner = (record: PartnerRecord): MarkdownDocument => ({
  url: record.url,
  title: record.title,
  lede: [record.summary],
  facts: [
    fact('With', { title: record.name, url: record.website }),
    { label: 'Topics', values: record.topics.map((topic) => [link(topic)]) },
    { label: 'Feed', values: record.feeds.map((feed) => [link(feed)]) },
    fact('Whitepaper', record.whitepaper && link(record.whitepaper)),
  ],
  before: [
    { title: `What ${record.name} offers`, text: record.theyOffer },
    { title: 'What we offer', text: record.weOffer },
  ],
  body: record.body,
  sponsors: [],
  after: [{ title: 'Begin here', items: record.entries.map((entry) => [link(entry)]) }],
});

const page = (record: PageRecord): MarkdownDocument => ({
  url: record.url,
  title: record.title,
  lede: [record.summary],
  facts: [fact('Updated', record.updatedAt?.text)],
  before: [],
  body: record.body,
  sponsors: [],
  after: [],
});

type Named = Pick<EpisodeRecord, 'url' | 'title' | 'subtitle' | 'summary'>;

const named = ({ url, title, subtitle, summary }: Named) => ({
  ...{ url, title },
  lede: [...(subtitle === undefined ? [] : [subtitle]), summary],
});

/** A fact of one value, which may be missing. */
const fact = (label: string, value: Words[number] | false | 0 | undefined): Fact => ({
  label,
  values: value ? [[value]] : [],
});

/** No more of a card than its name: all else of it would make whatever names it anew. */
const link = ({ title, url }: Link): Link => ({ title, url });

/** An address that is shown as it is. */
const at = (url: string): Link => ({ title: url, url });

const dates = (record: { publishedAt: ShownDate; updatedAt?: ShownDate | undefined }) => [
  fact('Published', record.publishedAt.text),
  fact('Updated', record.updatedAt?.text),
];

const subjects = (record: Pick<EpisodeRecord, 'topics' | 'keywords'> & { language?: string | undefined }) => [
  { label: 'Topics', values: record.topics.map((topic) => [link(topic)]) },
  { label: 'Keywords', values: record.keywords.map((keyword) => [keyword]) },
  fact('Language', record.language),
];

function personWords({ slug, name, url, side }: PersonLink, roles: Record<string, string> = {}): Words {
  const part = [side && sideNames[side], roles[slug]].filter(Boolean).join(', ');
  return [{ title: name, url }, ...(part ? [` (${part})`] : [])];
}

function recording(recording: Recording | undefined): Link | undefined {
  if (!recording) return undefined;
  if (recording.kind === 'file') return { title: recording.type, url: recording.url };
  const watch = { youtube: 'https://www.youtube.com/watch?v=', vimeo: 'https://vimeo.com/' }[recording.kind];
  return at(watch + recording.id);
}

const elsewhere = ({ links, source }: Pick<EpisodeRecord, 'links' | 'source'>): Section[] => [
  {
    title: 'Elsewhere',
    items: [
      ...links.map(({ label, url }) => [{ title: label, url }]),
      ...(source === undefined ? [] : [['First published at ', at(source)]]),
    ],
  },
];
