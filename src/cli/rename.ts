import { relative } from 'node:path';
import { nearestOf } from '#authoring/closest-match.ts';
import type { Edition } from '#authoring/edition.ts';
import { problemReport } from '#authoring/problem.ts';
import { rename as renameEntry, type Renaming, renaming } from '#authoring/rename.ts';
import { slugOf } from '#authoring/slug.ts';
import { checkEdition } from '#publishing/check.ts';
import { counted } from '#site/count.ts';
import { command, main } from './command.ts';
import { UsageError } from './command-line.ts';
import { editionAt } from './edition.ts';
import { complain, mark, say } from './terminal.ts';

export const rename = command({
  name: 'rename',
  summary: 'gives an entry another slug, and keeps its identity, its old addresses and what names it',
  notes:
    'The folder is moved, its old path becomes an alias, and fields, components and links that name it are changed. Guid and files stay.',
  arguments: { name: 'old> <new', least: 2, most: 2 },
  options: { 'dry-run': { description: 'shows what would change, and changes nothing' } },
  examples: [
    'npm run rename -- episodes/improving-advocacy episodes/improving-customer-advocacy --dry-run',
    'npm run rename -- improving-advocacy improving-customer-advocacy',
  ],
  run: async (values, [old = '', typed = ''], context) => {
    const { terminal } = context;
    const edition = await editionAt(context);
    const entry = entryNamed(old, edition);
    const slug = newSlug(typed, entry, edition);
    const plan = await renaming(edition, entry, slug);
    say(terminal, described(plan));
    if (values['dry-run']) {
      say(terminal, '\nNothing was changed.');
      return 0;
    }
    const before = (await checkEdition(edition)).problems;
    const undo = await renameEntry(plan);
    const { problems } = await checkEdition(await editionAt(context));
    if (problems.length > before.length) {
      await undo();
      const known = new Set(before.map(({ what }) => what));
      const caused = problems.filter(({ what }) => !known.has(what));
      complain(terminal, `\n${problemReport(caused, 'All is as it was before.')}`);
      return 1;
    }
    say(
      terminal,
      `\n${mark('✓', terminal.out)} ${plan.alias ? `${plan.alias}/ leads on.` : 'It is a draft, and had no address yet.'}`,
    );
    return 0;
  },
});

type SourceEntry = Renaming['entry'];

function entryNamed(typed: string, { folder }: Edition): SourceEntry {
  const name = typed.replace(/\/(?:index\.mdx)?$|\.mdx$/, '').replace(/^.*?(?=[a-z]+\/[^/]+$)/, '');
  const keyOf = ({ collection, slug }: SourceEntry) => `${collection}/${slug}`;
  const found = folder.entries.filter((entry) => keyOf(entry) === name || entry.slug === name);
  const [entry] = found;
  if (found.length > 1)
    throw new UsageError(`“${typed}” are ${found.map(keyOf).join(' and ')}: write one of them with its folder`);
  if (entry) return entry;
  if (name.startsWith('topics/') || Object.hasOwn(folder.topics.yaml.data, name))
    throw new UsageError('A topic keeps its slug: apps follow its feed by it. Change its title in topics.yaml.');
  const keys = folder.entries.flatMap((each) => [keyOf(each), each.slug]);
  throw new UsageError(`There is no entry “${typed}”. Nearest: ${nearestOf(name, keys)?.value}`);
}

function newSlug(typed: string, { collection, slug: old }: SourceEntry, { folder }: Edition): string {
  const [slug = '', other] = typed.replace(/\/$/, '').split('/').toReversed();
  if (other !== undefined && other !== collection)
    throw new UsageError(`An entry stays in its collection: ${collection}/${slug}`);
  if (slugOf(slug) !== slug)
    throw new UsageError(`“${slug}” is no slug: lower-case words and hyphens. Nearest: ${slugOf(slug)}`);
  if (slug === old) throw new UsageError(`It is called ${collection}/${slug} already.`);
  const isTaken = [...folder.files].some(
    (file) => file === `${collection}/${slug}.mdx` || file.startsWith(`${collection}/${slug}/`),
  );
  if (isTaken) throw new UsageError(`There is ${collection}/${slug} already.`);
  return slug;
}

function described({ from, to, changes }: Renaming): string {
  const here = (path: string) => relative(process.cwd(), path);
  const lines = changes.flatMap(({ name, lines: those }) =>
    those.map(({ line, text }) => `  ${name}:${line}  ${text}`),
  );
  return [
    `${here(from)} → ${here(to)}`,
    ...(lines.length > 0 ? [`${counted(lines.length, 'line')} in ${counted(changes.length, 'file')}:`, ...lines] : []),
  ].join('\n');
}

if (import.meta.main) await main(rename);
