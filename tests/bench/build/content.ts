import { readFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { photograph, drawing } from './pictures.ts';
import { type Block, hostCount, type Series, type SeriesEntry } from './series.ts';

/** A file of a folder, by its path in it. */
export interface ContentFile {
  path: string;
  content: string | Uint8Array;
}

/** The series as its author would have written it: all files of a content folder. */
export async function* contentFiles({ topics, people, entries }: Series): AsyncGenerator<ContentFile> {
  const hosts = people.slice(0, hostCount).map(({ slug }) => slug);
  const seasons = new Set(entries.flatMap(({ episode }) => episode?.season ?? []));
  yield { path: 'cover.jpg', content: await photograph('show', 1400, 1400) };
  yield { path: 'show.yaml', content: stringify(show(hosts, [...seasons])) };
  yield {
    path: 'topics.yaml',
    content: stringify(Object.fromEntries(topics.map(({ slug, ...topic }) => [slug, topic]))),
  };
  for (const page of pages) yield page;
  yield* whitepaper(hosts, topics[0]?.slug ?? '');

  for (const { slug, name, side, summary, bio, hasPhoto } of people) {
    const photo = hasPhoto && { photo: { src: './photo.jpg', alt: `A portrait of ${name}` } };
    yield mdx(`people/${slug}`, { name, side, summary, ...photo }, bio);
    if (hasPhoto) yield { path: `people/${slug}/photo.jpg`, content: await photograph(slug, 600, 600) };
  }

  for (const entry of entries) {
    const folder = `${entry.collection}/${entry.slug}`;
    yield mdx(folder, frontMatter(entry), entry.blocks.map(blockMdx).join('\n\n'));
    if (entry.hasCover) yield { path: `${folder}/cover.jpg`, content: await photograph(entry.slug, 1280, 720) };
    if (hasPicture(entry)) yield { path: `${folder}/${pictureFile}`, content: await drawing(entry.slug, 960, 600) };
    const transcript = entry.episode?.transcript ?? [];
    if (transcript.length > 0) yield { path: `${folder}/transcript.vtt`, content: vtt(transcript) };
  }
}

/** The text of an entry without the vocabulary of this project and without pictures: what every generator takes. */
export const plainMarkdown = ({ blocks }: SeriesEntry): string =>
  blocks
    .map(blockMarkdown)
    .filter((text) => text !== '')
    .join('\n\n');

const pictureFile = 'picture.png';
const hasPicture = ({ blocks }: SeriesEntry) => blocks.some(({ kind }) => kind === 'picture');

function frontMatter(entry: SeriesEntry): object {
  const { collection, slug, title, summary, publishedAt, topics, people, hasCover, related, aliases, episode } = entry;
  return {
    title,
    ...(episode && { number: episode.number, season: episode.season }),
    publishedAt,
    summary,
    ...(episode ? { hosts: people } : { authors: people }),
    ...(episode && episode.guests.length > 0 && { guests: episode.guests }),
    topics,
    ...(episode && {
      sharedGoal: episode.sharedGoal,
      marketingView: episode.marketingView,
      salesView: episode.salesView,
      audio: { url: `https://media.example.com/${collection}/${slug}.mp3`, type: 'audio/mpeg', ...episode.audio },
      chapters: episode.chapters,
    }),
    ...(episode && episode.transcript.length > 0 && { transcript: './transcript.vtt' }),
    ...(hasCover && { cover: { src: './cover.jpg', alt: `What ${title} looks like` } }),
    ...(related.length > 0 && { related }),
    ...(aliases.length > 0 && { aliases }),
  };
}

function blockMdx(block: Block): string {
  switch (block.kind) {
    case 'checklist':
      return element('Checklist', {}, blockMarkdown(block));
    case 'callout':
      return element('Callout', { kind: 'tip', title: block.title }, block.text);
    case 'quote':
      return element('PullQuote', { who: block.who.slug }, block.text);
    case 'exchange':
      return element(
        'Exchange',
        { title: block.title },
        block.lines.map(({ who, text }) => element('Line', { who: who.slug }, text)).join('\n\n'),
      );
    case 'episode':
      return `<EpisodeCard slug="${block.slug}" />`;
    case 'picture':
      return element('Figure', { caption: block.text }, `![What is spoken of](./${pictureFile})`);
    default:
      return blockMarkdown(block);
  }
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `## ${block.text}`;
    case 'subheading':
      return `### ${block.text}`;
    case 'paragraph':
      return block.text;
    case 'list':
    case 'checklist':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'callout':
      return `> **${block.title}** ${block.text}`;
    case 'quote':
      return `> ${block.text} ${block.who.name}`;
    case 'exchange':
      return block.lines.map(({ who, text }) => `**${who.name}:** ${text}`).join('\n\n');
    case 'table':
      return ['| what | then |', '| --- | --- |', ...block.rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
    case 'episode':
      return `[${block.title}](/episodes/${block.slug}/)`;
    case 'picture':
      return '';
  }
}

function element(name: string, attributes: Record<string, string>, content: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return `<${name}${written.join('')}>\n\n${content}\n\n</${name}>`;
}

function vtt(cues: NonNullable<SeriesEntry['episode']>['transcript']): string {
  const at = (seconds: number) => new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
  const said = cues.map(({ start, end, speaker, text }) => `${at(start)} --> ${at(end)}\n<v ${speaker}>${text}</v>`);
  return `WEBVTT\n\n${said.join('\n\n')}\n`;
}

const mdx = (folder: string, fields: object, body: string): ContentFile => ({
  path: `${folder}/index.mdx`,
  content: `---\n${stringify(fields)}---\n\n${body}\n`,
});

const show = (hosts: string[], seasons: number[]) => ({
  title: 'The Long Series',
  subtitle: 'Everything That Was Ever Said',
  tagline: 'Two hosts, one from each side, who have never stopped.',
  description: 'A series as long as a bench needs it. All of it is made up.',
  language: 'en-GB',
  timezone: 'Europe/London',
  owner: { name: 'The Long Series', email: 'owner@example.com' },
  hosts,
  categories: ['Business > Marketing'],
  cover: { src: './cover.jpg', alt: 'Patches of colour' },
  podcast: { seasons: seasons.slice(0, 3).map((number) => ({ number, name: `The year of number ${number}` })) },
});

const pages: ContentFile[] = [
  {
    path: 'pages/about.mdx',
    content: '---\ntitle: About\nsummary: What this series is.\n---\n\n## Why it is here\n\nIt is measured.\n',
  },
  {
    path: 'pages/privacy.mdx',
    content: '---\ntitle: Privacy\nsummary: What is kept.\n---\n\nNothing is kept: nobody is here.\n',
  },
];

async function* whitepaper(authors: string[], topic: string): AsyncGenerator<ContentFile> {
  const folder = 'whitepapers/the-paper';
  const fields = {
    title: 'The paper',
    publishedAt: '2012-01-01',
    summary: 'What the series says, on paper.',
    promise: 'All of it on two pages',
    learn: ['How long a series can be'],
    topics: [topic],
    file: './paper.pdf',
    pages: 2,
    authors,
  };
  yield mdx(folder, fields, 'It is short.');
  yield { path: `${folder}/paper.pdf`, content: await readFile(paper) };
}

const paper = new URL('../../fixtures/series/whitepapers/the-well-lit-pipeline/paper.pdf', import.meta.url);
