import { slugOf } from '#authoring/slug.ts';
import { addressOf } from '#catalog/entry-address.ts';
import type { ArchivedPiece } from './archive.ts';
import { digest, type Imported } from './record.ts';
import { idOf, placeOf, type Run } from './run.ts';

/** An entry that is to be made of a piece of the archive. */
export interface Planned {
  piece: ArchivedPiece;
  id: string;
  slug: string;
  /** What an import wrote of it before. */
  known: Imported | undefined;
  /** Digest of what the archive says. */
  source: string;
  /** An entry that is there already, and that no import wrote. */
  rival: string | undefined;
  /** Of a full episode that has one. */
  number?: number | undefined;
}

/** Gives every piece its slug and number before the first is written, since texts link to one another. */
export function planPieces(run: Run): Planned[] {
  const { archive, slugs, moved } = run;
  const rivals = new Map(
    run.existing.flatMap(({ data, file }) =>
      data['guid'] && !run.written.has(file) ? [[String(data['guid']), file]] : [],
    ),
  );
  const pages = new Set(run.existing.flatMap(({ collection, slug }) => (collection === 'pages' ? [slug] : [])));
  const planned = once(run).map(({ piece, id, source }): Planned => {
    const known = run.record.find(id);
    const rival = known ? undefined : rivalOf(piece, rivals, pages);
    const there = known?.file ?? rival;
    const fallback = `${piece.kind.slice(0, -1)}-${digest(piece.key).slice(0, 8)}`;
    const slug = there === undefined ? slugs.give(piece.kind, [piece.slug, piece.title], fallback) : placeOf(there)[1];
    moved.occupy(addressOf[piece.kind](slug));
    return { piece, id, slug, known, rival, source };
  });
  moved.add(URL.parse(archive.series.address ?? '')?.pathname ?? '/', '/');
  for (const each of planned)
    for (const address of each.piece.addresses)
      moved.add(address, isShown(run, each.piece) ? addressOf[each.piece.kind](each.slug) : null);
  number(run, planned);
  return planned;
}

const isShown = ({ options }: Run, { draft, publishedAt }: ArchivedPiece) =>
  !draft && (!publishedAt || new Date(publishedAt) <= options.now);

/** Each piece of the archive once, and each guid once. */
function once(run: Run): { piece: ArchivedPiece; id: string; source: string }[] {
  const ids = new Set<string>();
  const guids = new Set<string>();
  return run.archive.pieces.flatMap((piece) => {
    const id = idOf(run, piece.key);
    if (ids.has(id)) {
      const detail = `${piece.place}: the archive has it twice, under ${piece.key}; the first one counts`;
      run.lost.push({ what: 'twice', detail });
      return [];
    }
    ids.add(id);
    const { lost: _, ...said } = piece;
    const source = digest(JSON.stringify(said));
    const { guid } = piece;
    if (guid === undefined || !guids.has(guid)) {
      if (guid !== undefined) guids.add(guid);
      return [{ piece, id, source }];
    }
    const { guid: __, ...others } = piece;
    const detail = `Its guid ${guid} is that of another entry too: it gets one of its own`;
    return [{ piece: { ...others, lost: [...piece.lost, { what: 'guid', detail }] }, id, source }];
  });
}

/** A page that the site has already, or an entry that feeds know by the same guid. */
function rivalOf(
  { kind, slug, title, guid }: ArchivedPiece,
  guids: ReadonlyMap<string, string>,
  pages: ReadonlySet<string>,
): string | undefined {
  const same = guid === undefined ? undefined : guids.get(guid);
  if (same !== undefined) return same;
  const name = slugOf(slug ?? title);
  return kind === 'pages' && pages.has(name) ? `pages/${name}.mdx` : undefined;
}

/**
 * Full episodes keep their numbers. In a series that is numbered already each has to have one: where the archive counts none,
 * or one twice, that is its place by date in its season. A new one says that it is not numbered.
 */
function number(run: Run, planned: readonly Planned[]): void {
  const taken = new Map<unknown, Set<number>>();
  const of = (season: unknown): Set<number> => {
    const numbers = taken.get(season) ?? new Set();
    taken.set(season, numbers);
    return numbers;
  };
  const ours = new Set(planned.flatMap(({ known }) => known?.file ?? []));
  for (const { collection, data, file } of run.existing)
    if (collection === 'episodes' && typeof data['number'] === 'number' && !ours.has(file))
      of(data['season']).add(data['number']);
  const full = planned.filter((each) => each.rival === undefined && isFull(each.piece));
  const uncounted = full
    .toSorted((a, b) => time(a.piece) - time(b.piece))
    .filter((each) => {
      const { number, season } = each.piece.fields;
      const wanted = each.known?.number ?? number;
      if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 0 || of(season).has(wanted)) return true;
      of(season).add(wanted);
      each.number = wanted;
      return false;
    });
  const isNumbered = run.show ? run.show['numbered'] !== false : uncounted.length === 0;
  if (!isNumbered) {
    if (!run.show) run.archive.series.fields['numbered'] = false;
    for (const each of full) each.number = each.known?.number ?? (each.piece.fields['number'] as number | undefined);
    return;
  }
  const next = new Map<unknown, number>();
  for (const each of uncounted) {
    const { number, season } = each.piece.fields;
    let free = next.get(season) ?? 1;
    while (of(season).has(free)) free += 1;
    next.set(season, free + 1);
    each.number = free;
    const why = number === undefined ? 'The archive gives it no number' : `Another episode has ${String(number)} too`;
    each.piece.lost.push({ what: 'number', detail: `${why}: it has ${free}, by its date` });
  }
}

const isFull = ({ kind, fields }: ArchivedPiece) => kind === 'episodes' && (fields['episodeType'] ?? 'full') === 'full';

const time = ({ publishedAt }: ArchivedPiece) => (publishedAt ? new Date(publishedAt).getTime() : Infinity);
