import { slugOf } from './slug.ts';
import { slugPattern } from './schemas.ts';
import type { Problem } from './problem.ts';
import type { SourceEntry } from './source.ts';

/** Where the problems of slugs are: the name of a folder or a file, which no line holds. */
const place = (entry: SourceEntry) => ({
  file: entry.name,
  line: 1,
  field: 'slug (the name of the folder or file)',
});

/** The path of an entry inside the content folder. */
const fileOf = ({ collection, folder, slug }: SourceEntry) =>
  folder === collection ? `${collection}/${slug}.mdx` : `${collection}/${slug}/index.mdx`;

/** A slug that no entry has: `right` itself, or with a number. */
function free(right: string, taken: ReadonlySet<string>): string {
  let name = right;
  for (let n = 2; taken.has(name); n += 1) name = `${right}-${n}`;
  return name;
}

/** The entry under another slug: the problem's nearest value, and the path of its file to be. `given` are gone too. */
export function renamed(
  entry: SourceEntry,
  entries: readonly SourceEntry[],
  right: string,
  given: Iterable<string> = [],
) {
  const taken = entries.filter(({ collection }) => collection === entry.collection).map(({ slug }) => slug);
  const slug = free(right, new Set([...taken, ...given]));
  return { ...place(entry), nearest: slug, paste: fileOf({ ...entry, slug }) };
}

/**
 * A slug is the name of a folder, and is one entry's alone. `rejected` holds the entries that cannot be in the site
 * for that.
 */
export function slugProblems(entries: readonly SourceEntry[]): { problems: Problem[]; rejected: Set<SourceEntry> } {
  const owners = new Map<string, SourceEntry>();
  const rejected = new Set<SourceEntry>();
  const given = new Map<string, string[]>();
  const problems = entries.flatMap((entry): Problem | [] => {
    const { collection, slug } = entry;
    const right = slugOf(slug);
    const owner = owners.get(`${collection}/${right}`);
    owners.set(`${collection}/${right}`, owner ?? entry);
    if (!owner && slugPattern.test(slug)) return [];
    rejected.add(entry);
    const what = owner
      ? `Two entries have the slug "${right}": ${fileOf(owner)} has it already`
      : `"${slug}" is no slug: it becomes part of a URL, so it is lower-case words and hyphens`;
    const others = given.get(collection) ?? [];
    const found = renamed(entry, entries, right, others);
    given.set(collection, [...others, found.nearest]);
    return { what, ...found };
  });
  return { problems, rejected };
}
