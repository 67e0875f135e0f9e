import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive, ArchivedFile, ArchivedPerson, ArchivedPiece, Lost, Part } from '#importing/archive.ts';
import { plainText } from '#importing/html.ts';
import type { Reader } from '#importing/source.ts';
import { sourceAt, UnreadableArchive } from '#importing/source.ts';
import { type ShownMoment, zoneOf } from '#importing/zone.ts';
import { commentsOf } from './comments.ts';
import { contentHtml, type Surroundings, withFootnotes } from './content.ts';
import { recordingOf } from './enclosure.ts';
import { type Item, readWxr, type Wxr } from './wxr.ts';

/** An export of WordPress (WXR 1.0 to 1.2), as "Tools → Export" writes it. */
export const wordpress: Reader = {
  recognizes: async ({ kind, location, beginning }) =>
    kind === 'file' ? isExport(beginning) : kind === 'folder' && (await partsIn(location)).length > 0,
  read: async ({ kind, location, more = [] }, { progress }) => {
    const files = kind === 'folder' ? await partsIn(location) : [location, ...more];
    let size = 0;
    for (const file of files) size += (await stat(file)).size;
    const wxr = await readWxr(files, (bytes) => progress(`Reading ${Math.round((100 * bytes) / size)} %`));
    if (wxr.items.length === 0 && wxr.channel.size === 0)
      throw new UnreadableArchive(
        `${location} is no export that can be read: ${wxr.lost[0]?.detail ?? 'there is nothing in it'}.`,
      );
    return archiveOf(wxr);
  },
};

const isExport = (beginning: string) =>
  /wordpress\.org\/export\/|<wp:(?:wxr_version|base_site_url|post_id|author)>|WordPress eXtended RSS/.test(beginning);

/** The files of an export in parts, as WordPress.com hands them out in a zip: a folder that has nothing else, or one such folder in it. */
async function partsIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true });
  const [first, ...others] = found.filter(({ name }) => !/^(?:\.|__MACOSX$)/.test(name));
  if (first?.isDirectory() && others.length === 0) return partsIn(join(folder, first.name));
  const files = [first, ...others].flatMap((each) => (each ? [join(folder, each.name)] : []));
  if (!files.every((file) => /\.(?:xml|wxr)$/i.test(file))) return [];
  const sources = await Promise.all(files.map((file) => sourceAt(file)));
  return sources.every(({ beginning }) => isExport(beginning))
    ? files.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    : [];
}

function archiveOf(wxr: Wxr): Archive {
  const { channel, items, lost } = wxr;
  const address =
    channel.get('wp:base_blog_url') || channel.get('link') || channel.get('wp:base_site_url') || undefined;
  const attachments = new Map<string, Attachment>();
  const blocks = new Map<string, string>();
  const children = new Map<string, string[]>();
  for (const item of items) {
    const id = value(item, 'wp:post_id');
    if (type(item) === 'attachment') {
      const alt = item.meta.get('_wp_attachment_image_alt')?.[0] ?? '';
      const url = value(item, 'wp:attachment_url') || value(item, 'guid');
      const attachment = { url, alt, caption: value(item, 'excerpt:encoded'), title: words(value(item, 'title')) };
      attachments.set(id, attachment);
      const parent = value(item, 'wp:post_parent');
      if (/\.(?:jpe?g|png|gif|webp|avif)$/i.test(url)) children.set(parent, [...(children.get(parent) ?? []), id]);
    } else if (type(item) === 'wp_block') blocks.set(id, value(item, 'content:encoded'));
  }
  const people = peopleOf(wxr);
  const topics = new Map<string, { key: string; title: string; slug: string; description?: string }>();
  for (const record of wxr.categories) {
    const slug = record.get('wp:category_nicename');
    if (!slug) continue;
    const description = words(record.get('wp:category_description') ?? '');
    topics.set(slug, {
      key: slug,
      slug: decoded(slug),
      title: words(record.get('wp:cat_name') ?? '') || decoded(slug),
      ...(description && { description }),
    });
  }
  const pieces: ArchivedPiece[] = [];
  const left = new Map<string, number>();
  const refused: Lost[] = [];
  for (const item of items) {
    const kind = kindOf(item);
    const place = placeOf(item);
    if (kind === undefined) {
      if (!['attachment', 'wp_block', 'revision', 'nav_menu_item'].includes(type(item)))
        left.set(type(item), (left.get(type(item)) ?? 0) + 1);
      continue;
    }
    const status = value(item, 'wp:status');
    if (value(item, 'wp:post_password')) {
      refused.push({
        what: 'password',
        detail: `${place} asks for a password, and this site has none: it is not imported`,
        line: item.line,
      });
      continue;
    }
    if (['private', 'trash', 'auto-draft', 'inherit'].includes(status)) {
      refused.push({
        what: status,
        detail: `${place} is ${status === 'private' ? 'private' : 'in the bin or none of its own'}: it is not imported`,
        line: item.line,
      });
      continue;
    }
    for (const { domain, slug, name } of item.terms)
      if (topicDomains.has(domain) && !topics.has(slug))
        topics.set(slug, { key: slug, slug: decoded(slug), title: words(name) || decoded(slug) });
    const around: Surroundings = {
      attachment: (id) => attachments.get(id),
      block: (id) => blocks.get(id),
      children: children.get(value(item, 'wp:post_id')) ?? [],
    };
    pieces.push(pieceOf(item, { kind, place, address, around, attachments, people, topics }));
  }
  for (const [name, count] of left)
    refused.push({ what: 'post-type', detail: `${count} of the type "${name}", which this site has nothing for` });
  const menu = items.filter((item) => type(item) === 'nav_menu_item').length;
  if (menu > 0) refused.push({ what: 'menu', detail: `${menu} items of menus: the site makes its own` });
  const users = new Map(
    wxr.authors.map((author) => [author.get('wp:author_id') ?? '', author.get('wp:author_login') ?? ''] as const),
  );
  const said = commentsOf(items, users, placeOf);
  const description = words(channel.get('description') ?? '');
  const language = channel.get('language') || undefined;
  const timezone = zoneOf(items.flatMap(shownMoment), language);
  if (timezone !== undefined)
    refused.push({
      what: 'show.yaml',
      detail: `timezone: the export does not name it; "${timezone}" stands there, which fits the hours of its posts`,
    });
  return {
    kind: 'wordpress',
    series: {
      ...(address && { address }),
      fields: {
        title: words(channel.get('title') ?? '') || undefined,
        description: description || undefined,
        language,
        timezone,
      },
    },
    people: [...people.values()],
    topics: [...topics.values()],
    pieces,
    comments: said.comments,
    lost: [...lost, ...refused, ...said.lost],
    alts: Object.fromEntries(
      [...attachments.values()].flatMap(({ url, alt, title }) => (alt || title ? [[url, alt || title]] : [])),
    ),
  };
}

interface Attachment {
  url: string;
  alt: string;
  caption: string;
  title: string;
}

const topicDomains = new Set(['category', 'series']);

const value = (item: Item, name: string): string => item.values.get(name)?.trim() ?? '';
const placeOf = (item: Item) => `item ${value(item, 'wp:post_id')}, "${words(value(item, 'title')) || '(no title)'}"`;
const type = (item: Item): string => value(item, 'wp:post_type') || 'post';

/** What is written with HTML in a field that has none. */
const words = (html: string): string => plainText({ html }).replaceAll(/\s+/g, ' ').trim();

/** A slug of letters that are not Latin is coded in percents, and may be cut in the middle of one. */
function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug.replace(/(?:%[\da-f]{2})*%[\da-f]?$/i, ''));
  } catch {
    return slug.replaceAll(/%[\da-f]{2}/gi, '');
  }
}

function kindOf(item: Item): ArchivedPiece['kind'] | undefined {
  const name = type(item);
  if (['podcast', 'episode', 'podcast_episode'].includes(name)) return 'episodes';
  if (name === 'post') return Object.keys(recordingOf(item)?.fields ?? {}).length > 0 ? 'episodes' : 'posts';
  return name === 'page' ? 'pages' : undefined;
}

/** Who wrote something, by their logins. The e-mail address stays in the archive. */
function peopleOf({ authors, items }: Wxr): Map<string, ArchivedPerson> {
  const people = new Map<string, ArchivedPerson>();
  for (const author of authors) {
    const key = author.get('wp:author_login') ?? '';
    const whole = [author.get('wp:author_first_name'), author.get('wp:author_last_name')].filter(Boolean).join(' ');
    const name = words(author.get('wp:author_display_name') ?? '') || words(whole) || key;
    // An address is nobody's name.
    if (key) people.set(key, { key, name: name.split('@')[0] ?? name, addresses: [`/author/${key}/`] });
  }
  for (const item of items) {
    const key = value(item, 'dc:creator');
    if (key && !people.has(key))
      people.set(key, { key, name: key.split('@')[0] ?? key, addresses: [`/author/${key}/`] });
  }
  return people;
}

interface Whole {
  kind: ArchivedPiece['kind'];
  place: string;
  address: string | undefined;
  around: Surroundings;
  attachments: ReadonlyMap<string, Attachment>;
  people: ReadonlyMap<string, ArchivedPerson>;
  topics: ReadonlyMap<string, unknown>;
}

function pieceOf(item: Item, { kind, place, address, around, attachments, people, topics }: Whole): ArchivedPiece {
  const id = value(item, 'wp:post_id') || value(item, 'guid');
  const text = contentHtml(item.values.get('content:encoded') ?? '', around);
  const html = withFootnotes(text.html, item.meta.get('footnotes')?.at(-1) ?? '');
  const { lost } = text;
  const link = value(item, 'link');
  const url = URL.parse(link, address);
  const paths = [
    url && url.pathname.replaceAll(/\/{2,}/g, '/') + url.search,
    id && `/?${kind === 'pages' ? 'page_id' : 'p'}=${id}`,
  ].filter((path): path is string => Boolean(path) && path !== '/');
  for (const old of item.meta.get('_wp_old_slug') ?? []) {
    const slug = value(item, 'wp:post_name');
    if (slug && url?.pathname.includes(slug)) paths.push(url.pathname.replace(slug, old));
  }
  const cover = attachments.get(item.meta.get('_thumbnail_id')?.[0] ?? '');
  const creator = value(item, 'dc:creator');
  const author: Part[] = people.has(creator) ? [{ person: creator }] : [];
  const terms = item.terms.filter(
    ({ domain, slug }) => topicDomains.has(domain) && topics.has(slug) && slug !== 'uncategorized',
  );
  const tags = item.terms.filter(({ domain }) => domain === 'post_tag' || domain === 'tag' || domain === 'keywords');
  const status = value(item, 'wp:status');
  const excerpt = words(value(item, 'excerpt:encoded'));
  const recording = kind === 'pages' ? undefined : recordingOf(item);
  if (kind === 'episodes' && !recording)
    lost.push({ what: 'recording', detail: 'It is an episode, and the export names no recording of it' });
  const published = dateOf(item, 'wp:post_date');
  const updated = dateOf(item, 'wp:post_modified');
  const slug = decoded(value(item, 'wp:post_name'));
  const base = url?.href ?? address;
  const topicKeys = new Set(terms.map((term) => term.slug));
  const file: ArchivedFile | undefined = cover && {
    url: cover.url,
    ...((cover.alt || cover.title) && { alt: cover.alt || cover.title }),
  };
  return {
    key: id,
    place,
    kind,
    ...(slug && { slug }),
    title: words(value(item, 'title')),
    ...(published && { publishedAt: published }),
    ...(updated && { updatedAt: updated }),
    ...(excerpt && { summary: excerpt }),
    body: { html, ...(base && { base }) },
    draft: status === 'draft' || status === 'pending',
    hosts: kind === 'episodes' ? author : [],
    guests: [],
    authors: kind === 'posts' ? author : [],
    topics: [...topicKeys],
    keywords: tags.map(({ name, slug }) => words(name) || decoded(slug)),
    ...(file && { cover: file }),
    ...(kind !== 'pages' && value(item, 'guid') && { guid: value(item, 'guid') }),
    addresses: paths,
    fields: {
      ...recording?.fields,
      ...(value(item, 'wp:comment_status') === 'closed' && kind !== 'pages' && { comments: 'closed' }),
    },
    lost: [...lost, ...(recording?.lost ?? [])],
  };
}

/** When a post was published, in UTC and by the clock of the old site, where the export has both. */
function shownMoment(item: Item): ShownMoment[] {
  const at = new Date(`${value(item, 'wp:post_date_gmt').replace(' ', 'T')}Z`);
  const shown = value(item, 'wp:post_date').replace(' ', 'T');
  return type(item) === 'post' && at.getTime() > 0 && shown ? [{ at, shown }] : [];
}

/** A date in UTC; what was never published has none there, and one in the zone of the old site. */
function dateOf(item: Item, name: string): Date | string | undefined {
  const utc = value(item, `${name}_gmt`);
  if (/^[12]\d{3}-/.test(utc)) {
    const date = new Date(`${utc.replace(' ', 'T')}Z`);
    if (!Number.isNaN(date.getTime())) return date;
  }
  const local = value(item, name);
  if (/^[12]\d{3}-\d\d-\d\d/.test(local) && !Number.isNaN(new Date(local.slice(0, 10)).getTime()))
    return local.slice(0, 10);
  const said = name === 'wp:post_date' ? new Date(value(item, 'pubDate')) : undefined;
  return said && said.getFullYear() > 1970 ? said : undefined;
}
