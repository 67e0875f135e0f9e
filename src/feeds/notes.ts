import type { Body, Sponsor } from '#catalog/records.ts';
import { element, xml } from './element.ts';
import { plainHtml } from './plain-html.ts';

/** What has a text that is to be read outside of its page. */
interface Noted {
  /** The address of its page. */
  url: string;
  body: Body;
  sponsors?: readonly Sponsor[];
}

type Render = (body: Body) => Promise<string>;

/** The body of an entry as plain HTML for feeds, with the sponsors of an episode. */
export const notes = async (of: Noted, site: URL, bodyHtml: Render): Promise<string> =>
  (await formsOf(of, site, bodyHtml)).plain + listOf(of.sponsors);

/** The same, in which a block of code says what language it is in: in a feed no class may be (W3C feed validator). */
export const notesWithLanguages = async (of: Noted, site: URL, bodyHtml: Render): Promise<string> =>
  (await formsOf(of, site, bodyHtml)).withLanguages + listOf(of.sponsors);

interface Forms {
  plain: string;
  withLanguages: string;
}

/**
 * A body is rendered when it is first asked for, and once for all feeds of a catalog and its Markdown: an entry stands in
 * several, and rendering it is what a feed costs.
 */
function formsOf({ url, body }: Noted, site: URL, bodyHtml: Render): Promise<Forms> {
  const forms =
    made.get(body) ??
    bodyHtml(body).then((whole) => {
      const page = new URL(url, site);
      const [plain, withLanguages] = [plainHtml(whole, page), plainHtml(whole, page, { languages: true })];
      // Most have no code: one text is kept of them.
      return { plain, withLanguages: withLanguages === plain ? plain : withLanguages };
    });
  made.set(body, forms);
  return forms;
}

/** Who pays for an episode, as its page says too. */
function listOf(sponsors: readonly Sponsor[] = []): string {
  if (sponsors.length === 0) return '';
  const items = sponsors.map(({ name, url, text }) =>
    element(
      'li',
      {},
      url === undefined ? name : element('a', { href: url, rel: 'sponsored' }, name),
      text !== undefined && `: ${text}`,
    ),
  );
  return xml(element('h2', {}, 'Sponsors')) + xml(element('ul', {}, items));
}

const made = new WeakMap<Body, Promise<Forms>>();
