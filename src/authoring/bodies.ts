import { collections } from '#catalog/content.ts';
import { addressOf } from '#catalog/entry-address.ts';
import type { Catalog } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import type { Folder } from './folder.ts';
import { addresses, linkProblems, targetOf } from './links.ts';
import type { Unchecked } from './parse.ts';
import { nearestOf } from './closest-match.ts';
import type { Problem } from './problem.ts';
import type { Prose } from './prose.ts';
import { nounOf } from './references.ts';
import type { SourceEntry } from './source.ts';

/** Where links and names in the bodies of what is to be published lead to nothing. */
export function bodyProblems(
  catalog: Catalog,
  folder: Folder,
  prose: ReadonlyMap<SourceEntry, Prose>,
  publicFiles: ReadonlySet<string>,
  unchecked: Unchecked,
): Problem[] {
  const anchors = new Map([...prose].map(([entry, { anchors }]) => [keyOf(entry), anchors]));
  const all = addresses(catalog, anchors, publicFiles);
  const published = new Set(
    collections.flatMap((collection) => catalog[collection].map(({ slug }) => `${collection}/${slug}`)),
  );
  const inSite = (entry: SourceEntry) => published.has(keyOf(entry));
  const waiting = new Set(folder.entries.filter((entry) => !inSite(entry) && !unchecked.has(keyOf(entry))));
  const hidden = new Set([...waiting].map(({ collection, slug }) => addressOf[collection](slug)));
  const open = openAddresses(folder, unchecked);

  return [...prose].flatMap(([entry, { links, mentions }]) => {
    if (waiting.has(entry) || (!inSite(entry) && entry.yaml.data['draft'] === true)) return [];
    const own = addressOf[entry.collection](entry.slug);
    const judged = links.filter(({ href }) => !open.some((address) => targetOf(href, own).startsWith(address)));
    return [
      ...linkProblems(entry, own, judged, all, { hidden, open }),
      ...mentions
        .filter(({ to, slug }) => !published.has(`${to}/${slug}`) && !unchecked.has(`${to}/${slug}`))
        .map((mention) => mentionProblem(mention, entry, folder, catalog, unchecked)),
    ];
  });
}

const keyOf = ({ collection, slug }: SourceEntry) => `${collection}/${slug}`;

/** The addresses of which nothing can be said while entries have mistakes of their own. */
function openAddresses(folder: Folder, unchecked: Unchecked): string[] {
  const entries = folder.entries.filter((entry) => unchecked.has(keyOf(entry)));
  const aliases = entries.flatMap(({ yaml }) => yaml.data['aliases']).filter((alias) => typeof alias === 'string');
  const unexpectedFiles = folder.unexpectedFiles.map((key) => `/${key.replace(/^pages\//, '')}/`);
  const topics = entries.length > 0 || unchecked.has('topics/') ? [url.topics] : [];
  return [
    ...entries.map(({ collection, slug }) => addressOf[collection](slug)),
    ...aliases,
    ...unexpectedFiles,
    ...topics,
  ];
}

/** A name in a body that no entry in the site has. */
function mentionProblem(
  { to, slug, field, line, correct }: Prose['mentions'][number],
  { name: file }: SourceEntry,
  folder: Folder,
  catalog: Catalog,
  unchecked: Unchecked,
): Problem {
  const slugs = catalog[to].map((record) => record.slug);
  const there = folder.entries.some((entry) => entry.collection === to && entry.slug === slug);
  const what = there
    ? `The ${nounOf(to)} "${slug}" is not published yet (a draft, or dated in the future)`
    : `Unknown ${nounOf(to)} "${slug}"`;
  const near = nearestOf(slug, [...slugs, ...unchecked.slugs(to)]);
  return {
    what,
    file,
    field,
    line,
    nearest: near?.value,
    paste: near?.isCertain ? correct(near.value).paste : undefined,
  };
}
