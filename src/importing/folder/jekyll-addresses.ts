import { TZDate } from '@date-fns/tz';

export interface JekyllAddressed {
  /** The name of its file, without the day before it and the ending behind it. */
  name: string;
  slug: string | undefined;
  title: string | undefined;
  /** The folder of its file, inside the source or its collection. */
  folder: string;
  categories: readonly string[];
  collection: string | undefined;
  date: Date | string | undefined;
  timezone: string | undefined;
}

/** The styles that Jekyll has names for. */
const styles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
  none: '/:categories/:title:output_ext',
};

/** A name as Jekyll puts it into an address. */
export const slugified = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{Nd}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');

/** The path of a page: by what its front matter or collection says, or by the style of the site. */
export function jekyllPath(
  own: string | undefined,
  style: string | undefined,
  page: JekyllAddressed,
  kind: 'post' | 'page' | 'document',
): string {
  if (kind === 'post') return filled(styles[own ?? ''] ?? own ?? styles[style ?? 'date'] ?? style ?? '', page);
  if (kind === 'document')
    return filled(
      own === undefined || styles[own]
        ? `/:collection/:path${own === 'pretty' || (own === undefined && isPretty(style)) ? '/' : ':output_ext'}`
        : own,
      page,
    );
  if (own !== undefined && !styles[own]) return filled(own, page);
  const folder = page.folder ? `/${page.folder}` : '';
  if (page.name === 'index') return `${folder}/`;
  return `${folder}/${page.name}${isPretty(own ?? style) ? '/' : '.html'}`;
}

const isPretty = (style: string | undefined): boolean =>
  style === 'pretty' || (style !== undefined && !styles[style] && style.endsWith('/'));

function filled(pattern: string, page: JekyllAddressed): string {
  const { date, timezone } = page;
  const instant = date === undefined ? undefined : new Date(date);
  const moment =
    instant &&
    (date instanceof Date && timezone !== undefined
      ? new TZDate(instant.getTime(), timezone)
      : new TZDate(instant.getTime(), 'UTC'));
  const two = (n: number) => String(n).padStart(2, '0');
  const named = (options: Intl.DateTimeFormatOptions) =>
    moment === undefined
      ? ''
      : new Intl.DateTimeFormat('en-US', { ...options, timeZone: moment.timeZone ?? 'UTC' }).format(moment);
  const parts: Record<string, string> = {
    categories: page.categories.map((each) => each.toLowerCase().replaceAll(' ', '%20')).join('/'),
    slugified_categories: page.categories.map(slugified).join('/'),
    title: page.slug ?? page.name,
    slug: slugified(page.slug ?? page.name),
    name: slugified(page.name),
    basename: page.name,
    path: [page.folder, page.name].filter(Boolean).join('/'),
    collection: page.collection ?? '',
    output_ext: '.html',
    ...(moment && {
      year: String(moment.getFullYear()),
      short_year: two(moment.getFullYear() % 100),
      month: two(moment.getMonth() + 1),
      i_month: String(moment.getMonth() + 1),
      day: two(moment.getDate()),
      i_day: String(moment.getDate()),
      hour: two(moment.getHours()),
      minute: two(moment.getMinutes()),
      second: two(moment.getSeconds()),
      y_day: String(
        Math.round(
          (Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) - Date.UTC(moment.getFullYear(), 0, 1)) /
            86_400_000,
        ) + 1,
      ).padStart(3, '0'),
      short_month: named({ month: 'short' }),
      long_month: named({ month: 'long' }),
      short_day: named({ weekday: 'short' }),
      long_day: named({ weekday: 'long' }),
      week: two(weekOf(moment)),
    }),
  };
  const names = Object.keys(parts)
    .toSorted((a, b) => b.length - a.length)
    .join('|');
  const path = pattern.replaceAll(new RegExp(`:(${names})`, 'g'), (_, name: string) => parts[name] ?? '');
  return `/${path}`.replaceAll(/\/{2,}/g, '/');
}

/** The week of ISO 8601. */
function weekOf(date: Date): number {
  const thursday = new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  return Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
}
