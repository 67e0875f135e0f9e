import { counted } from '#site/count.ts';
import type { Lost } from './archive.ts';
import type { Fate, Outcome, Result } from './outcome.ts';

const fates: Record<Fate, string> = {
  written: 'new',
  updated: 'brought up to date',
  unchanged: 'as they were',
  edited: 'left alone, since they were changed here and in the archive',
  deleted: 'not brought back, since they were deleted here',
  exists: 'left alone, since their place is taken',
  failed: 'not written',
};

const kinds: Record<Result['kind'], string> = { episodes: 'episode', posts: 'post', pages: 'page', people: 'person' };

/** What came, in a few lines. */
export function summary({ results, lost }: Pick<Outcome, 'results' | 'lost'>): string {
  const lines = (Object.keys(kinds) as Result['kind'][]).flatMap((kind) => {
    const of = results.filter((each) => each.kind === kind);
    if (of.length === 0) return [];
    const parts = (Object.keys(fates) as Fate[]).flatMap((fate) => {
      const count = of.filter((each) => each.fate === fate).length;
      return count > 0 ? [`${count} ${fates[fate]}`] : [];
    });
    return [`${counted(of.length, kinds[kind], kind)}: ${parts.join(', ')}`];
  });
  const all = [...lost, ...results.flatMap((each) => each.lost)];
  const groups = [...Map.groupBy(all, ({ what }) => what)].toSorted(([, a], [, b]) => b.length - a.length);
  const told = groups.map(
    ([what, those]) => `  ${String(those.length).padStart(5)}  ${what}: ${those[0]?.detail ?? ''}`,
  );
  return [
    ...(lines.length > 0 ? lines : ['There is nothing in it to import.']),
    ...(told.length > 0 ? ['', 'To look at, with an example of each:', ...told] : []),
  ].join('\n');
}

/** All of it, entry by entry, as Markdown. */
export function fullReport({ results, lost }: Outcome, from: string): string {
  const item = ({ what, detail, line }: Lost) => `- ${what}: ${detail}${line === undefined ? '' : ` (line ${line})`}`;
  const entries = results
    .filter((each) => each.lost.length > 0 || !['unchanged', 'written'].includes(each.fate))
    .map((each) =>
      [`## ${each.file}`, '', `${each.place}: ${each.fate}.`, '', ...each.lost.map(item)].join('\n').trimEnd(),
    );
  return `${[
    `# What was imported from ${from}`,
    summary({ results, lost }).replaceAll(/^ +/gm, '- '),
    ...(lost.length > 0 ? [['## The archive as a whole', '', ...lost.map(item)].join('\n')] : []),
    ...entries,
  ].join('\n\n')}\n`;
}
