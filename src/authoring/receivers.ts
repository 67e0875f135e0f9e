import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import sharp from 'sharp';
import { chapters } from '#catalog/recording.ts';
import type { Content } from '#catalog/content.ts';
import { isHeard } from '#catalog/feed-links.ts';
import type { Catalog } from '#catalog/records.ts';
import { counted } from '#site/count.ts';
import { clock } from '#site/length.ts';
import { isWebAddress } from '#model/field.ts';
import { fieldName } from './fields.ts';
import type { Folder } from './folder.ts';
import type { Memory } from './memory.ts';
import { type Problem, shown } from './problem.ts';
import type { Field, Written } from './yaml.ts';

/**
 * What podcast directories and apps refuse, cut or show otherwise than it was meant. The site works with all of it, so it
 * keeps nothing from being built.
 */
export async function receiverAdvice(
  folder: Folder,
  content: Content,
  catalog: Catalog,
  memory: Memory,
): Promise<Problem[]> {
  return [
    ...(await artworkAdvice(folder, memory)),
    ...descriptionAdvice(folder),
    ...feedAdvice(folder, catalog),
    ...chapterAdvice(folder, content),
    ...momentAdvice(folder, catalog),
  ];
}

const at = (file: { name: string; yaml: Written }, field: Field, what: string): Problem => ({
  what,
  file: file.name,
  line: file.yaml.line(field),
  field: fieldName(field),
});

/** Apple, page 896: square, 1400 to 3000 pixels, RGB, without transparency. Larger ones are made smaller for feeds. */
async function artworkAdvice(folder: Folder, memory: Memory): Promise<Problem[]> {
  const { data } = folder.show.yaml;
  const seasons = ((data['podcast'] as { seasons?: unknown } | null)?.seasons ?? []) as unknown;
  const fields: Field[] = [
    ['cover', 'src'],
    ...(Array.isArray(seasons) ? seasons.map((_season, i): Field => ['podcast', 'seasons', i, 'cover', 'src']) : []),
  ];
  const found = await Promise.all(
    fields.map(async (field) => {
      const value = field.reduce<unknown>((all, step) => (all as Record<string, unknown> | undefined)?.[step], data);
      const path = typeof value === 'string' ? posix.normalize(value) : '';
      if (!folder.files.has(path)) return [];
      const file = join(folder.path, path);
      const said = await memory.keepFile('what Apple says of', file, () => artworkFaults(file)).catch(() => []);
      return said.map((what) => at(folder.show, field, `The artwork ${value as string} ${what}`));
    }),
  );
  return found.flat();
}

async function artworkFaults(file: string): Promise<string[]> {
  const { autoOrient, space, hasAlpha, format } = await sharp(await readFile(file)).metadata();
  const { width, height } = autoOrient;
  const size = `has ${width} × ${height} pixels`;
  return [
    ...(width === height ? [] : [`${size}: Apple Podcasts takes square artwork alone`]),
    ...(Math.min(width, height) >= 1400 ? [] : [`${size}: Apple Podcasts takes none under 1400 × 1400`]),
    ...(format === 'svg' ? ['is an SVG: Apple Podcasts takes JPEG and PNG'] : []),
    ...(space === 'cmyk'
      ? ['is in CMYK, colours for print: it is published in RGB, where they may look different']
      : []),
    ...(hasAlpha ? ['has transparent parts: Apple Podcasts takes artwork without'] : []),
  ];
}

/** Apple, page 823: a description has at most 4,000 bytes, and one that is longer is cut. */
function descriptionAdvice({ show }: Folder): Problem[] {
  const { description } = show.yaml.data;
  const bytes = typeof description === 'string' ? Buffer.byteLength(description) : 0;
  return bytes > 4000
    ? [at(show, ['description'], `"description" has ${bytes} bytes: podcast feeds have the first 4000 of them`)]
    : [];
}

function feedAdvice({ show }: Folder, { episodes, show: { podcast } }: Catalog): Problem[] {
  const heard = episodes.filter(isHeard).length;
  const bound = podcast?.feedSize ?? Infinity;
  if (heard <= bound) return [];
  const what = `The podcast's feed leaves ${counted(heard - bound, 'older episode')} to its further pages, which most apps do not follow`;
  return [at(show, ['podcast', 'feedSize'], what)];
}

/** Apps go to chapters by whole seconds, and know of pictures what a file of chapters says. */
function chapterAdvice({ entries }: Folder, content: Content): Problem[] {
  return content.episodes.flatMap((episode) => {
    const source = entries.find(({ collection, slug }) => collection === 'episodes' && slug === episode.slug);
    const isList = Array.isArray(episode.data.chapters);
    return chapters(episode, content).flatMap(({ start, title, img }, i, all): Problem[] => {
      const before = all[i - 1];
      if (!source) return [];
      const said = (field: string, what: string) => at(source, isList ? ['chapters', i, field] : ['chapters'], what);
      const together =
        before && Math.floor(before.start) === Math.floor(start)
          ? `The chapters "${before.title}" and "${title}" begin in one second, at ${clock(start)}: apps show one of them`
          : undefined;
      const lost =
        !isList && typeof img === 'string' && !isWebAddress(img)
          ? `The picture ${shown(img)} of the chapter "${title}" is no address, and apps find none by it: chapters that are a list in the front matter may name a file beside the entry`
          : undefined;
      return [
        ...(together === undefined ? [] : [said('start', together)]),
        ...(lost === undefined ? [] : [said('img', lost)]),
      ];
    });
  });
}

/** Days are told apart by the numbers of their episodes; moments are as they were written. */
function momentAdvice({ entries }: Folder, { episodes }: Catalog): Problem[] {
  const moments = Map.groupBy(
    episodes.filter((episode) => isHeard(episode) && !episode.isDay),
    ({ publishedAt }) => publishedAt.iso,
  );
  return [...moments.values()].flatMap((same) => {
    const [first, second] = same;
    const source = entries.find(({ collection, slug }) => collection === 'episodes' && slug === first?.slug);
    if (!source || !first || !second) return [];
    const what = `This episode and episodes/${second.slug} are published at one moment: apps put them in any order. Give one a later second`;
    return [at(source, ['publishedAt'], what)];
  });
}
