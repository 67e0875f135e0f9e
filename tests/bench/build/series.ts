import { people as names, topics as topicTitles } from '../search/entries.ts';
import { randomly } from '../search/random.ts';
import { type Writer, writers } from '../search/writer.ts';

/** A made-up series: the same for the same seed and number of entries, whenever and wherever it is made. */
export interface Series {
  topics: { slug: string; title: string; description: string }[];
  /** The two hosts first. */
  people: Person[];
  entries: SeriesEntry[];
}

export interface Person {
  slug: string;
  name: string;
  side: 'marketing' | 'sales' | 'both';
  summary: string;
  bio: string;
  hasPhoto: boolean;
}

/** An episode or a post, in no markup. */
export interface SeriesEntry {
  collection: 'episodes' | 'posts';
  slug: string;
  title: string;
  summary: string;
  /** `2020-05-17` */
  publishedAt: string;
  topics: string[];
  /** Slugs: the hosts of an episode, the authors of a post. */
  people: string[];
  hasCover: boolean;
  blocks: Block[];
  /** `episodes/<slug>` */
  related: string[];
  aliases: string[];
  episode?: EpisodeParts;
}

export interface EpisodeParts {
  number: number;
  season: number;
  guests: string[];
  sharedGoal: string;
  marketingView: string;
  salesView: string;
  /** Of the recording, which is on another host: in bytes and seconds. */
  audio: { bytes: number; duration: number };
  chapters: { start: number; title: string }[];
  /** In seconds; only a tenth of the episodes have one. */
  transcript: { start: number; end: number; speaker: string; text: string }[];
}

/** What a text is made of. Texts may have links of Markdown. */
export type Block =
  | { kind: 'heading' | 'subheading' | 'paragraph' | 'picture'; text: string }
  | { kind: 'list' | 'checklist'; items: string[] }
  | { kind: 'callout'; title: string; text: string }
  | { kind: 'quote'; who: Person; text: string }
  | { kind: 'exchange'; title: string; lines: { who: Person; text: string }[] }
  | { kind: 'table'; rows: [string, string][] }
  | { kind: 'episode'; slug: string; title: string };

export const hostCount = 2;
const episodesPerSeason = 24;
const chapterCount = 6;
const wordsPerEntry = 620;
const wordsPerSection = 170;
const firstDay = Date.UTC(2012, 0, 2);
const days = 14 * 365 - 30;

/** Every so many-th entry (episode, for transcripts) has what is named. */
const every = { transcript: 10, cover: 25, picture: 50, related: 20, alias: 50, photo: 25 };

/**
 * `count` entries, half of them episodes, of 250 to 990 words, 620 in the middle. A guest for about eight entries; 20
 * topics, and one more for each hundred entries. Entries point to earlier ones.
 */
export function series(count: number, seed: number): Series {
  const writer = writers();
  /** Each thing has numbers of its own, so that one more of a kind changes nothing else. */
  const randomOf = (kind: number, index: number) => randomly(seed * 1_000_003 + kind * 100_000_007 + index * 7919);

  const topics = Array.from({ length: 20 + Math.floor(count / 100) }, (_, i) => {
    const { title, sentence } = writer(randomOf(1, i));
    const named = topicTitles[i] ?? `${title(2)} ${i + 1}`;
    return { slug: slugOf(named), title: named, description: short(sentence) };
  });
  const people = Array.from({ length: hostCount + Math.ceil(count / 8) }, (_, i): Person => {
    const { sentence, text } = writer(randomOf(2, i));
    const name = nameOf(i);
    const side = (['marketing', 'sales', 'both'] as const)[i % (i < hostCount ? 2 : 3)] ?? 'both';
    return {
      slug: slugOf(name),
      name,
      side,
      summary: short(sentence),
      bio: text(60),
      hasPhoto: i % every.photo < hostCount,
    };
  });
  const heads = Array.from({ length: count }, (_, i) => {
    const random = randomOf(3, i);
    const { title, sentence } = writer(random);
    const named = title(4 + Math.floor(random() * 3));
    const collection = i % 2 === 0 ? ('episodes' as const) : ('posts' as const);
    const day = new Date(firstDay + Math.floor((i / count) * days) * 86_400_000);
    return {
      collection,
      slug: `${slugOf(named)}-${i + 1}`,
      title: named,
      summary: short(sentence),
      publishedAt: day.toISOString().slice(0, 10),
    };
  });

  const entries = heads.map((head, i): SeriesEntry => {
    const random = randomOf(4, i);
    const writing = writer(random);
    const isEpisode = head.collection === 'episodes';
    const earlier = () => heads[Math.floor(i * Math.sqrt(random()))];
    // Guests come and go: one is heard of in a few entries near each other.
    const guest = people[hostCount + Math.floor(Math.min(i / 8 + random() * 3, (count - 1) / 8))];
    const hasGuest = random() < (isEpisode ? 0.6 : 0.3);
    const hosts = people.slice(0, hostCount);
    const guests = isEpisode && hasGuest && guest ? [guest] : [];
    const authors = hasGuest && guest ? [guest] : [hosts[Math.floor(random() * hostCount)] ?? hosts[0]!];
    const [speakers, shownPeople] = isEpisode ? [[...hosts, ...guests], hosts] : [hosts, authors];
    // The first topics are the commonest.
    const begun = topics.slice(0, 20 + Math.floor(i / 100));
    const common = begun.filter((_, rank) => random() < 3 / (rank + 3));
    const [candidates, wanted] = common.length < 3 ? [begun, 1] : [common, 3];

    const slugs = writing.some(
      candidates.map(({ slug }) => slug),
      1,
      wanted,
    );
    // A topic has a page where an entry is posted in it.
    const ownTopics = topics.filter(({ slug }) => slugs.includes(slug));

    return {
      ...head,
      topics: slugs,
      people: shownPeople.map(({ slug }) => slug),
      hasCover: i % every.cover === 3,
      blocks: blocks({ writing, random, earlier, speakers, topics: ownTopics, hasPicture: i % every.picture === 5 }),
      related: i % every.related === every.related - 1 ? writing.some(heads.slice(0, i).map(pathOf), 2, 2) : [],
      aliases: i % every.alias === 7 ? [`/archive/${i + 1}`] : [],
      ...(isEpisode && { episode: episode(i / 2, { writing, random, guests, speakers }) }),
    };
  });
  return { topics, people, entries };
}

const pathOf = ({ collection, slug }: Pick<SeriesEntry, 'collection' | 'slug'>) => `${collection}/${slug}`;

function episode(
  index: number,
  from: { writing: Writer; random: () => number; guests: Person[]; speakers: Person[] },
): EpisodeParts {
  const { random, guests, speakers } = from;
  const { sentence, text, title } = from.writing;
  const duration = 600 + Math.floor(random() * 3000);
  const paragraphs = index % every.transcript === 4 ? 24 + Math.floor(random() * 13) : 0;
  const said = Array.from({ length: paragraphs }, (_, i) => {
    const start = Math.floor((i / paragraphs) * duration * 1000) / 1000;
    const end = Math.floor(((i + 0.95) / paragraphs) * duration * 1000) / 1000;
    return { start, end, speaker: speakers[i % speakers.length]?.name ?? '', text: text(36) };
  });
  return {
    number: 1 + (index % episodesPerSeason),
    season: 1 + Math.floor(index / episodesPerSeason),
    guests: guests.map(({ slug }) => slug),
    sharedGoal: short(sentence),
    marketingView: text(12),
    salesView: text(12),
    audio: { bytes: duration * 12_000 + Math.floor(random() * 12_000), duration },
    chapters: Array.from({ length: chapterCount }, (_, i) => ({
      start: Math.floor((i / chapterCount) * duration),
      title: title(3),
    })),
    transcript: said,
  };
}

function blocks(from: {
  writing: Writer;
  random: () => number;
  earlier: () => Pick<SeriesEntry, 'collection' | 'slug' | 'title'> | undefined;
  speakers: Person[];
  topics: Series['topics'];
  hasPicture: boolean;
}): Block[] {
  const { random, earlier, speakers, topics, hasPicture } = from;
  const { sentence, text, title } = from.writing;
  const of = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const link = (): string => {
    const chance = random();
    const entry = earlier();
    if (chance < 0.6 && entry) return `See also [${entry.title}](/${pathOf(entry)}/).`;
    if (chance < 0.75) return `Ask [${speakers[0]?.name}](/people/${speakers[0]?.slug}/).`;
    const topic = of(topics);
    if (chance < 0.9) return `There is more under [${topic.title}](/topics/${topic.slug}/).`;
    return `It was [in the papers](https://papers.example.com/${Math.floor(random() * 1e6)}).`;
  };
  const special = (): Block => {
    const kind = Math.floor(random() * 7);
    if (kind === 0) return { kind: 'callout', title: title(3), text: text(25) };
    if (kind === 1) return { kind: 'quote', who: of(speakers), text: sentence() };
    if (kind === 2) return { kind: 'list', items: Array.from({ length: 4 }, sentence) };
    if (kind === 3) return { kind: 'checklist', items: Array.from({ length: 3 }, sentence) };
    if (kind === 4) {
      const lines = Array.from({ length: 4 }, (_, i) => ({ who: speakers[i % speakers.length]!, text: sentence() }));
      return { kind: 'exchange', title: title(3), lines };
    }
    if (kind === 5) return { kind: 'table', rows: Array.from({ length: 4 }, () => [title(2), title(3)]) };
    const entry = earlier();
    if (entry?.collection === 'episodes') return { kind: 'episode', slug: entry.slug, title: entry.title };
    return { kind: 'paragraph', text: `**${title(3)}.** ${sentence()} _${sentence()}_` };
  };

  const wanted = wordsPerEntry * (0.4 + 0.6 * (random() + random()));
  const made: Block[] = [];
  for (let words = 0; words < wanted - wordsPerSection / 2;) {
    const section: Block[] = [];
    if (made.length > 0) section.push({ kind: random() < 0.8 ? 'heading' : 'subheading', text: title(3) });
    for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1)
      section.push({ kind: 'paragraph', text: text(30 + Math.floor(random() * 50)) });
    if (random() < 0.5) section.push({ kind: 'paragraph', text: `${sentence()} ${link()}` });
    if (random() < 0.4) section.push(special());
    made.push(...section);
    words += wordsIn(section);
  }
  if (hasPicture) made.push({ kind: 'picture', text: sentence() });
  return made;
}

/** The words that a reader sees in blocks. */
export const wordsIn = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + textsOf(block).join(' ').split(/\s+/).filter(Boolean).length, 0);

function textsOf(block: Block): string[] {
  switch (block.kind) {
    case 'list':
    case 'checklist':
      return block.items;
    case 'callout':
      return [block.title, block.text];
    case 'exchange':
      return [block.title, ...block.lines.map(({ text }) => text)];
    case 'table':
      return block.rows.flat();
    case 'episode':
      return [block.title];
    default:
      return [block.text];
  }
}

/** A name for each number: those that there are, then first and last ones anew, then with an initial between them. */
function nameOf(index: number): string {
  const parts = names.map((name) => name.split(' '));
  const size = names.length;
  const round = Math.floor(index / size ** 2);
  const [first = ''] = parts[index % size] ?? [];
  const last = parts[(index + Math.floor(index / size)) % size]?.[1] ?? '';
  const initial = String.fromCharCode(65 + ((round - 1) % 26));
  return round === 0 ? `${first} ${last}` : `${first} ${initial.repeat(Math.ceil(round / 26))}. ${last}`;
}

/** A sentence that fits where an author may write at most 300 characters. */
function short(sentence: () => string): string {
  const said = sentence();
  return said.length <= 280 ? said : `${said.slice(0, 280).replace(/[^\p{L}]+\p{L}*$/u, '')}.`;
}

const slugOf = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
