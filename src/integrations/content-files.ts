import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { publishedFile } from '#authoring/published-transcript.ts';
import { currentEdition } from '#authoring/current-edition.ts';
import { linkOrCopy } from '#cache/kept-files.ts';
import type { Catalog } from '#catalog/records.ts';
import { redirectPage } from '#metadata/redirect-page.ts';
import type { Entry, Paper, Site } from '#site/contract.ts';
import { counted } from '#site/count.ts';
import { spokenLength } from '#site/length.ts';
import { paletteOf, type Palette } from '#site/palette.ts';
import { readingTime } from '#site/reading-time.ts';
import { fullTitle } from '#site/title.ts';
import { decoded } from '#site/url.ts';

/**
 * Copies files of the content to where the server finds them: those beside entries into the built site, at their
 * addresses, and what stands at old ones; and in `gated/`, which no address leads to, the whitepapers that are published,
 * and `site.json`, what forms, mails and redirects need of the site. It comes before `compressedFiles` and `stagedOutput`.
 */
export function contentFiles(): AstroIntegration {
  let output = '';
  let client = '';
  let site = '';
  return {
    name: 'content-files',
    hooks: {
      'astro:config:done': ({ config }) => {
        output = fileURLToPath(config.outDir);
        client = fileURLToPath(config.build.client);
        site = new URL('/', config.site).href;
      },
      'astro:build:done': async ({ logger }) => {
        const { catalog, folder, commentsVersion } = await currentEdition();
        await copyAssets(catalog, folder.path, client);
        await keepOldAddresses(catalog, client, new URL(site));
        await mkdir(join(output, 'gated/papers'), { recursive: true });
        const papers = await Promise.all(
          catalog.whitepapers.map(async (whitepaper): Promise<Paper> => {
            const source = join(folder.path, whitepaper.file);
            const paper = paperOf(whitepaper, (await stat(source)).size);
            await copyFile(source, join(output, paper.file));
            return paper;
          }),
        );
        await writeFile(
          join(output, 'gated/site.json'),
          JSON.stringify({ ...siteOf(catalog, papers, site, await palette()), commentsVersion }, undefined, 2),
        );
        logger.info(
          `Copied ${counted(catalog.assets.length, 'file')} of entries, and ${counted(papers.length, 'whitepaper')} for the server`,
        );
      },
    },
  };
}

/** Astro would write another name for some of these files, and hold each recording in memory. */
async function copyAssets({ assets }: Catalog, folder: string, client: string): Promise<void> {
  for (const { url, path } of assets) {
    const [source, target] = [join(folder, path), join(client, decoded(url))];
    await mkdir(dirname(target), { recursive: true });
    if (/\.(vtt|srt|json)$/i.test(path)) await writeFile(target, publishedFile(await readFile(source), path));
    else await copyFile(source, target);
  }
}

/**
 * What stands at old addresses for a host that redirects nothing: a page that leads on, and of a file itself, by a second
 * link to it, since no app could read a page in its place. Such a host answers no query.
 */
async function keepOldAddresses({ redirects, show: { language } }: Catalog, client: string, site: URL): Promise<void> {
  for (const { from, to } of redirects) {
    if (from.includes('?')) continue;
    const isFeed = !to.endsWith('/') && /\.(?:xml|rss|atom|json)\/$/.test(from);
    const name = isFeed ? from.slice(0, -1) : from;
    const old = join(client, decoded(name), name.endsWith('/') ? 'index.html' : '');
    await mkdir(dirname(old), { recursive: true });
    if (to.endsWith('/')) await writeFile(old, redirectPage({ to, site, language }));
    else linkOrCopy(join(client, decoded(to)), old);
  }
}

const palette = async () => paletteOf(await readFile(new URL('../styles/tokens.css', import.meta.url), 'utf8'));

/** What the server learns of a site that is built for the address `url`. */
export function siteOf(
  { show, episodes, posts, partners, redirects, nextDue }: Catalog,
  whitepapers: Paper[],
  url: string,
  palette: Palette,
): Site {
  const { title, tagline, language, owner, consent, retention } = show;
  const entries = [...episodes, ...posts].map((record) => ({
    ...entryOf(record),
    ...(show.comments !== 'off' && { comments: record.discussion?.isOpen ? ('open' as const) : ('closed' as const) }),
  }));
  return {
    timeZone: show.timezone,
    ...{ url, title, tagline, language, owner, redirects, palette, consent, retention, whitepapers, entries },
    partners: partners.map(({ slug, name, url }) => ({ slug, name, url })),
    hosts: show.hosts.map(({ slug, name, side }) => ({ slug, name, ...(side && { side }) })),
    ...(show.comments !== 'off' && { comments: { approval: show.comments === 'known' ? 'first-two' : 'always' } }),
    nextDue: nextDue?.toISOString(),
  };
}

function paperOf(whitepaper: Catalog['whitepapers'][number], bytes: number): Paper {
  const { slug, title, promise, url, pages } = whitepaper;
  return {
    ...{ slug, title: fullTitle(whitepaper), promise, url, bytes, pages },
    file: `gated/papers/${slug}.pdf`,
    filename: `${fileName(title) || slug}.pdf`,
  };
}

/** A title as a file can be called on every system. */
const fileName = (title: string) =>
  title
    .replaceAll(/[\p{C}/\\:*?"<>|]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120);

function entryOf(record: Catalog['episodes'][number] | Catalog['posts'][number]): Entry {
  const { kind, slug, title, summary, url, publishedAt, people } = record;
  return {
    id: `${kind === 'episode' ? 'episodes' : 'posts'}/${slug}`,
    ...{ kind, slug, title, summary, url },
    publishedAt: publishedAt.iso,
    shownDate: publishedAt.text,
    people: people.map(({ name }) => name),
    ...(record.kind === 'episode'
      ? {
          label: record.label,
          seconds: record.duration,
          ...(record.duration !== undefined && { seconds: record.duration }),
          length: record.duration === undefined ? readingTime(record.readingMinutes) : spokenLength(record.duration),
          ...record.sides,
          ...recordingsOf(record),
        }
      : { length: readingTime(record.readingMinutes) }),
  };
}

/** Which files of an episode the site has, and whether one is elsewhere. */
function recordingsOf({
  audio,
  video,
  alternates,
}: Catalog['episodes'][number]): Pick<Entry, 'recordings' | 'isElsewhere'> {
  const all = [audio, video, ...alternates].filter((each) => each !== undefined);
  const here = all.flatMap((each) =>
    each.kind === 'file' && each.url.startsWith('/') ? { path: decodeURI(each.url), seconds: each.duration } : [],
  );
  return { recordings: here, ...(all.length > here.length && { isElsewhere: true as const }) };
}
