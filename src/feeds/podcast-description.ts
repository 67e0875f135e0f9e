import type { EpisodeRecord } from '#catalog/records.ts';
import { element, xml } from './element.ts';

/** Apple, page 823: a description has at most so many bytes. */
export const descriptionLimit = 4000;

/**
 * What an app shows of an episode before it is opened: its summary, its chapters, and the way to its page. HTML of the
 * elements that Apple's page 823 lists (p, ol, ul, li, a). Chapters that would make it too long are left out.
 */
export function episodeDescription(
  { summary, chapters, url }: Pick<EpisodeRecord, 'summary' | 'chapters' | 'url'>,
  site: URL,
): string {
  const page = xml(element('p', {}, element('a', { href: new URL(url, site).href }, 'Notes, links and transcript')));
  // Escaping makes a character up to five bytes longer.
  const said = xml(element('p', {}, clipped(summary, (descriptionLimit - bytes(page)) / 6)));
  const lines = chapters.map(({ start, title }) => element('li', {}, `${timestamp(start)} ${title}`));
  // Apple, page 5482: chapters are read out of a description from three on, the first at 00:00:00.
  const listed = chapters.length >= 3 && chapters[0]?.start === 0 ? xml(element('ul', {}, lines)) : '';
  const whole = said + listed + page;
  return bytes(whole) <= descriptionLimit ? whole : said + page;
}

/** The same without what its page has too, for an archive. */
export const briefDescription = ({ summary }: Pick<EpisodeRecord, 'summary'>): string =>
  xml(element('p', {}, clipped(summary, descriptionLimit / 6)));

/** Text of at most `limit` bytes; where it is cut, between two words if it can be, it ends in an ellipsis. */
export function clipped(text: string, limit: number): string {
  if (bytes(text) <= limit) return text;
  let length = 0;
  let cut = '';
  for (const character of text) {
    length += bytes(character);
    if (length > limit - bytes('…')) break;
    cut += character;
  }
  return `${cut.replace(/\s+\S*$/u, '')}…`;
}

const bytes = (text: string) => Buffer.byteLength(text);

/** Seconds as `hh:mm:ss`. */
function timestamp(seconds: number): string {
  const whole = Math.floor(seconds);
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
