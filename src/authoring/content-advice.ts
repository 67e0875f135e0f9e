import { posix } from 'node:path';
import type { Collection, Entry } from '#catalog/content.ts';
import { addressOf } from '#catalog/entry-address.ts';
import { counted } from '#site/count.ts';
import { clock } from '#site/length.ts';
import { besides } from './files.ts';
import type { Edition } from './edition.ts';
import { fieldName } from './fields.ts';
import { targetOf } from './links.ts';
import { toDo } from './new-entry.ts';
import type { Problem } from './problem.ts';
import type { SourceEntry } from './source.ts';
import type { Field } from './yaml.ts';

/**
 * What an editor would remark before an entry goes out: what readers, search pages and apps make less of than there is.
 * All of it builds. It looks at all entries that are no drafts, scheduled ones too.
 */
export function contentAdvice(edition: Edition): Problem[] {
  const named = namedIn(edition);
  return [
    ...piecesOf(edition).flatMap((piece) => [
      ...summaryAdvice(piece),
      ...coverAdvice(piece),
      ...altAdvice(piece),
      ...titleAdvice(piece),
      ...toDoAdvice(piece),
    ]),
    ...bioAdvice(edition),
    ...peopleAdvice(edition),
    ...transcriptAdvice(edition),
    ...topicAdvice(edition),
    ...fileAdvice(edition),
    ...orphanAdvice(edition, named),
  ];
}

/** An entry as it is parsed, and as it is written. */
interface Piece<Name extends Collection = Collection> {
  collection: Name;
  source: SourceEntry;
  entry: Entry<Name>;
}

function piecesOf<Name extends Collection>({ content, folder }: Edition, only?: Name): Piece<Name>[] {
  return folder.entries.flatMap((source) => {
    const { collection, slug } = source;
    if (only !== undefined && collection !== only) return [];
    const entry = entryIn(content, collection, slug) as Entry<Name> | undefined;
    return entry && !entry.data.draft ? [{ collection: collection as Name, source, entry }] : [];
  });
}

function entryIn(content: Edition['content'], collection: Collection, slug: string): Entry | undefined {
  const all = content[collection] as Entry[];
  let found = bySlug.get(all);
  if (!found) bySlug.set(all, (found = new Map(all.map((entry) => [entry.slug, entry]))));
  return found.get(slug);
}

const bySlug = new WeakMap<object, Map<string, Entry>>();

const said = ({ source }: Piece, field: Field, what: string, nearest?: string): Problem => ({
  what,
  file: source.name,
  line: source.yaml.line(field),
  field: fieldName(field),
  ...(nearest !== undefined && { nearest }),
});

const titleOf = ({ entry: { data } }: Piece) => ('title' in data ? data.title : data.name);

/** What search pages show of a description (Google cuts it to its width, at about so many characters). */
const searchLength = { least: 50, most: 160 };

function summaryAdvice(piece: Piece): Problem[] {
  const { summary } = piece.entry.data;
  if (summary === undefined || !['episodes', 'posts', 'whitepapers'].includes(piece.collection)) return [];
  const { length } = summary;
  if (length > searchLength.most)
    return [
      said(
        piece,
        ['summary'],
        `The summary has ${length} characters: search pages show about ${searchLength.most} of them`,
        `${summary.slice(0, searchLength.most).replace(/\s+\S*$/, '')}…`,
      ),
    ];
  if (length < searchLength.least)
    return [said(piece, ['summary'], `The summary has ${length} characters: search pages fill up what is missing`)];
  return [];
}

function coverAdvice(piece: Piece): Problem[] {
  const { collection, entry } = piece;
  if (collection !== 'episodes' && collection !== 'posts') return [];
  if ((entry as Entry<'episodes' | 'posts'>).data.cover) return [];
  const what = `There is no cover: ${collection === 'episodes' ? 'apps show that of the show' : 'its card has words alone'}`;
  return [said(piece, ['cover'], what)];
}

function altAdvice(piece: Piece): Problem[] {
  const title = letters(titleOf(piece));
  const repeats = (alt: string) =>
    letters(alt.replace(/^(?:the )?(?:cover|image|picture|photo|artwork)(?: (?:of|for))?\b/i, '')) === title;
  const what = 'The alternative text repeats the title: it is to say what the picture shows';
  const { data } = piece.entry as { data: { cover?: { alt: string } } };
  return [
    ...(data.cover && repeats(data.cover.alt) ? [said(piece, ['cover', 'alt'], what)] : []),
    ...linesOf(piece.source.body, /!\[([^\]]*)\]\(/g).flatMap(({ line, found: [, alt = ''] }) =>
      alt && repeats(alt) ? [{ what, file: piece.source.name, line, field: 'picture' }] : [],
    ),
  ];
}

const letters = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** What the lists of podcast apps show of a title. */
const appTitle = 60;

function titleAdvice(piece: Piece): Problem[] {
  const title = titleOf(piece);
  if (piece.collection !== 'episodes' || title.length <= appTitle) return [];
  const shown = `${title.slice(0, appTitle - 1).replace(/\s+\S*$/, '')}…`;
  const what = `The title has ${title.length} characters: podcast apps cut it at about ${appTitle}`;
  return [said(piece, ['title'], what, shown)];
}

function toDoAdvice({ source }: Piece): Problem[] {
  const found = linesOf(source.text, new RegExp(toDo, 'g'));
  const [first] = found;
  if (!first) return [];
  const what = `${counted(found.length, 'line')} marked ${toDo.slice(0, -1)} would be published`;
  return [{ what, file: source.name, line: first.line, field: 'text' }];
}

function linesOf(text: string, pattern: RegExp): { line: number; found: RegExpExecArray }[] {
  if (!pattern.test(text)) return [];
  pattern.lastIndex = 0;
  return text
    .split('\n')
    .flatMap((content, i) => [...content.matchAll(pattern)].map((found) => ({ line: i + 1, found })));
}

function bioAdvice(edition: Edition): Problem[] {
  return piecesOf(edition, 'people').flatMap((piece) =>
    piece.entry.data.summary === undefined && piece.entry.body.words === 0
      ? [said(piece, ['summary'], `${piece.entry.data.name} has no bio: a summary, or a text, says who they are`)]
      : [],
  );
}

/** The lists of people in which one may be named once. */
const roles = ['hosts', 'guests', 'authors'] as const;

function peopleAdvice(edition: Edition): Problem[] {
  return piecesOf(edition).flatMap((piece) => {
    const data = piece.entry.data as Partial<Record<(typeof roles)[number], readonly string[]>>;
    const seen = new Map<string, string>();
    return roles.flatMap((role) =>
      (data[role] ?? []).flatMap((slug, i) => {
        const before = seen.get(slug);
        seen.set(slug, before ?? role);
        return before === undefined
          ? []
          : [said(piece, [role, i], `"${slug}" is named twice: among the ${before}, and here`)];
      }),
    );
  });
}

/** Shares of a recording, and seconds, from which a transcript that lacks them is not whole. */
const unsaid = { share: 0.2, seconds: 60 };

function transcriptAdvice(edition: Edition): Problem[] {
  const { content, folder } = edition;
  const people = new Map(content.people.map(({ slug, data }) => [data.name.toLowerCase(), slug]));
  return piecesOf(edition, 'episodes').flatMap((piece) => {
    const { data, folder: inside } = piece.entry;
    const path = typeof data.transcript === 'string' ? posix.join(inside, data.transcript) : '';
    const cues = content.transcripts[path];
    if (!cues || cues.length === 0) return [];
    const at = (what: string): Problem => ({ what, file: folder.shown(path), line: 1, field: 'transcript' });
    const own = new Set([...(data.hosts ?? content.show.hosts), ...(data.guests ?? [])]);
    const speakers = new Set(cues.flatMap(({ speaker }) => speaker ?? []));
    const strangers = [...speakers].flatMap((name) => {
      const slug = people.get(name.toLowerCase());
      return slug === undefined || own.has(slug)
        ? []
        : [at(`"${name}" speaks in the transcript, and is neither host nor guest of this episode: guests: [${slug}]`)];
    });
    const recorded = [data.audio, data.video].flatMap((file) => {
      if (typeof file === 'string') return content.media[posix.join(inside, file)]?.duration ?? [];
      return file && 'duration' in file ? (file.duration ?? []) : [];
    });
    const [duration] = recorded;
    if (duration === undefined) return strangers;
    const first = Math.min(...cues.slice(0, 50).map(({ start }) => start));
    const last = cues.reduce((latest, { end }) => Math.max(latest, end), 0);
    const isMuch = (seconds: number) => seconds > unsaid.seconds && seconds > unsaid.share * duration;
    const steps = [
      ...(isMuch(first) ? [at(`The transcript begins at ${clock(first)}: is it in step with the recording?`)] : []),
      ...(isMuch(duration - last)
        ? [at(`The transcript ends at ${clock(last)}, and the recording at ${clock(duration)}: is there all of it?`)]
        : []),
      ...(last > duration + 5 && cues.every(({ start }) => start < duration)
        ? [at(`The transcript goes on until ${clock(last)}, and the recording ends at ${clock(duration)}`)]
        : []),
    ];
    return [...strangers, ...steps];
  });
}

function topicAdvice({ folder }: Edition): Problem[] {
  const used = new Set(folder.entries.flatMap(({ yaml: { data } }) => [data['topics']].flat()));
  const { name: file, yaml } = folder.topics;
  return Object.keys(yaml.data).flatMap((slug) =>
    used.has(slug)
      ? []
      : [
          {
            what: `Nothing is posted in the topic "${slug}": it has no page`,
            file,
            line: yaml.line([slug]),
            field: slug,
          },
        ],
  );
}

/** Files that nobody named: not the sources of those that are, which have their names and other endings. */
function fileAdvice({ folder }: Edition): Problem[] {
  const places = new Map<string, string[]>();
  for (const { folder: inside, text } of folder.entries) places.set(inside, [...(places.get(inside) ?? []), text]);
  const found = [...places].flatMap(([inside, texts]) => {
    const files = besides(folder, inside)
      .map((file) => file.slice(2))
      .filter((file) => !/(?:^|\/)(?:\.|readme\b)|\.mdx$/i.test(file))
      // What lies in a folder of a collection is that of the entry there.
      .filter((file) => inside.includes('/') || !file.includes('/'));
    const isNamed = (file: string) => texts.some((text) => text.includes(file) || text.includes(encodeURI(file)));
    const named = files.filter(isNamed);
    const stems = new Set(named.map(stemOf));
    return files
      .filter((file) => !named.includes(file) && !stems.has(stemOf(file)))
      .map((file) => posix.join(inside, file));
  });
  return found.map((file) => ({
    what: 'No entry names this file: it is part of every copy of the project, and of no page',
    file: folder.shown(file),
    line: 1,
    field: 'file',
  }));
}

const stemOf = (file: string) => file.replace(/\.\w+$/, '');

/** What each entry leads to, as `collection/slug`: by its fields, by its components, and by its links. */
function namedIn({ folder, content, catalog }: Edition): ReadonlySet<string> {
  const keys = new Map(
    folder.entries.map(({ collection, slug }) => [addressOf[collection](slug), `${collection}/${slug}`]),
  );
  const named = new Set(content.show.hosts.map((slug) => `people/${slug}`));
  for (const { collection, slug, yaml, body } of folder.entries) {
    const own = `${collection}/${slug}`;
    const { data } = yaml;
    const names = [
      ...roles.flatMap((role) => [data[role] ?? []].flat().map((person) => `people/${String(person)}`)),
      ...Object.keys((data['roles'] ?? {}) as object).map((person) => `people/${person}`),
      ...[data['related'] ?? []].flat().map(String),
      `whitepapers/${String(data['whitepaper'])}`,
      ...Object.entries(entryIn(content, collection, slug)?.body.mentions ?? {}).flatMap(([to, slugs]) =>
        slugs.map((each) => `${to}/${each}`),
      ),
      ...[...body.matchAll(/\]\(\s*<?([^)\s>]+)|\bhref="([^"]+)"|^\[[^\]]+\]:\s*(\S+)/gm)].flatMap(
        ([, inline, html, defined]) => {
          const href = inline ?? html ?? defined ?? '';
          return /^[a-z][a-z\d+.-]*:|^\/\/|^#/i.test(href)
            ? []
            : (keys.get(targetOf(href, addressOf[collection](slug))) ?? []);
        },
      ),
    ];
    for (const name of names) if (name !== own) named.add(name);
  }
  for (const { related } of [...catalog.episodes, ...catalog.posts])
    for (const { url } of related) named.add(keys.get(url) ?? '');
  return named;
}

function orphanAdvice(edition: Edition, named: ReadonlySet<string>): Problem[] {
  const pieces = piecesOf(edition);
  const areMany = pieces.filter(({ collection }) => collection === 'episodes' || collection === 'posts').length > 1;
  const published = new Set([...edition.catalog.episodes, ...edition.catalog.posts].map(({ url }) => url));
  return pieces.flatMap((piece) => {
    const { collection, entry } = piece;
    const key = `${collection}/${entry.slug}`;
    const isPiece = collection === 'episodes' || collection === 'posts';
    // Pages stand in the frame of all others, and readers come to partners from outside.
    if (named.has(key) || collection === 'pages' || collection === 'partners') return [];
    // What is alone, or not published yet, nothing can lead to.
    if (isPiece && (!areMany || !published.has(addressOf[collection](entry.slug)))) return [];
    const why = {
      people: 'nobody hosts, appears, writes or is mentioned under this name',
      whitepapers: 'no entry offers it',
      episodes: 'no text links to it, and no other entry has it among its related ones',
      posts: 'no text links to it, and no other entry has it among its related ones',
    }[collection];
    return [said(piece, [], `Nothing leads to this entry: ${why}`)];
  });
}
