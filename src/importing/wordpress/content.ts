import type { Lost } from '#importing/archive.ts';
import { escaped } from '#importing/clean-html.ts';
import { filmOf } from '#importing/embeds.ts';
import { type Part, shortcodes } from './shortcodes.ts';
import { withParagraphs } from '#importing/paragraphs.ts';

/** What a text needs to know of the rest of an export. */
export interface Surroundings {
  attachment: (id: string) => { url: string; alt: string; caption: string; title: string } | undefined;
  /** The text of a reusable block. */
  block: (id: string) => string | undefined;
  /** The pictures that were uploaded for this text, for a gallery that names none. */
  children: readonly string[];
}

/** The text of a post as HTML that is nothing else: without comments of blocks and without shortcodes. */
export function contentHtml(text: string, surroundings: Surroundings): { html: string; lost: Lost[] } {
  const lost: Lost[] = [];
  const isBlocks = /<!--\s*wp:/.test(text);
  const whole = isBlocks ? withBlocks(text, surroundings, lost, 0) : withFilms(text);
  const plain = whole.replaceAll(/<!--\s*(more|nextpage)[^>]*-->/g, '');
  const parts = shortcodes(plain, isShortcodeOf(plain));
  const html = rendered(parts, surroundings, lost);
  return { html: isBlocks ? html : withParagraphs(html), lost };
}

/** Names that are shortcodes of WordPress, its themes and plugins; a word in brackets is mostly a word in brackets. */
const named = new Set(
  [
    'caption wp_caption gallery audio video embed playlist powerpress podcast_episode ss_player podcast_player youtube vimeo',
    'contact-form contact-form-7 gravityform wpforms ninja_form mc4wp_form newsletter toc button quote pullquote code sourcecode',
    'soundcloud spotify twitter tweet instagram facebook googlemaps gist slideshow polldaddy crowdsignal presentation slide',
    'columns column one_half one_third two_third one_fourth row col tabs tab accordion toggle spoiler box alert note highlight',
    'dropcap divider spacer icon su_button su_quote su_note su_box su_row su_column su_youtube su_spoiler fusion_text vc_row vc_column',
    'vc_column_text vc_single_image vc_raw_html et_pb_section et_pb_row et_pb_column et_pb_text elementor-template rev_slider layerslider',
    'products product add_to_cart woocommerce_cart archives sitemap subscribe2 subscribe jetpack_subscription_form recent-posts protected private members_only',
  ].flatMap((names) => names.split(' ')),
);

/** Those of them that stand alone, with nothing said. */
const standing = new Set(
  'gallery audio video powerpress podcast_episode ss_player podcast_player toc subscribe2 jetpack_subscription_form woocommerce_cart'.split(
    ' ',
  ),
);

/** Others are told from words and from code by their form: a name with a sign in it, and attributes or an end. */
function isShortcodeOf(text: string): (name: string, said: string) => boolean {
  const closed = new Set(Array.from(text.matchAll(/\[\/([A-Za-z][\w-]*)\]/g), ([, name = '']) => name.toLowerCase()));
  return (name, said) =>
    standing.has(name) ||
    ((named.has(name) || /^[a-z]+[_-][a-z0-9_-]+$/.test(name)) && (closed.has(name) || /=|\/\/|\d/.test(said)));
}

function rendered(parts: readonly Part[], around: Surroundings, lost: Lost[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : shortcode(part, around, lost))).join('');
}

function shortcode(part: Exclude<Part, string>, around: Surroundings, lost: Lost[]): string {
  const { name, attributes, bare, inner } = part;
  const inside = inner ? rendered(inner, around, lost) : '';
  switch (name) {
    case 'caption':
    case 'wp_caption': {
      const [, picture = '', rest = ''] =
        /^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/.exec(inside) ?? [];
      const caption = attributes['caption'] ? escaped(attributes['caption']) : rest.trim();
      return picture ? figure(picture, caption) : inside;
    }
    case 'gallery': {
      const ids = (attributes['ids'] ?? attributes['include'])?.split(',').map((id) => id.trim()) ?? around.children;
      const pictures = ids.flatMap((id) => around.attachment(id) ?? []);
      if (pictures.length < ids.length || ids.length === 0)
        lost.push({
          what: 'gallery',
          detail: `${part.written}: ${ids.length - pictures.length || 'all'} of its pictures are not in the export`,
        });
      return pictures
        .map(({ url, alt, caption }) => figure(`<img src="${escaped(url)}" alt="${escaped(alt)}">`, caption))
        .join('\n');
    }
    case 'audio':
    case 'powerpress':
    case 'podcast_episode':
    case 'ss_player':
    case 'podcast_player': {
      const source =
        attributes['src'] ??
        attributes['mp3'] ??
        attributes['m4a'] ??
        attributes['url'] ??
        bare.find((word) => /^https?:/.test(word));
      // The recording of the entry itself has its player at the head of the page.
      return source ? `<audio src="${escaped(source)}"></audio>` : inside;
    }
    case 'video': {
      const source = attributes['src'] ?? attributes['mp4'] ?? attributes['m4v'] ?? attributes['webm'];
      return source ? `<video src="${escaped(source)}"></video>` : inside;
    }
    case 'playlist': {
      const files = (attributes['ids'] ?? '').split(',').flatMap((id) => around.attachment(id.trim()) ?? []);
      return `<ul>${files.map(({ url, title }) => `<li><a href="${escaped(url)}">${escaped(title || url)}</a></li>`).join('')}</ul>`;
    }
    case 'embed':
    case 'youtube':
    case 'vimeo': {
      const address = (inside || attributes['url'] || attributes['src'] || attributes['id'] || bare[0] || '')
        .replaceAll(/<[^>]+>/g, '')
        .replace(/^=/, '')
        .trim();
      return linkOrFilm(
        name === 'vimeo' && /^\d+$/.test(address)
          ? `https://vimeo.com/${address}`
          : name === 'youtube' && /^[\w-]{11}$/.test(address)
            ? `https://youtu.be/${address}`
            : address,
      );
    }
    case 'code':
    case 'sourcecode':
      return `<pre><code class="language-${escaped(attributes['language'] ?? attributes['lang'] ?? 'text')}">${inside.replaceAll('<', '&lt;')}</code></pre>`;
    default:
      lost.push({
        what: 'shortcode',
        detail: `${part.written.slice(0, 120)}: ${inner ? 'the text inside is kept' : 'there is nothing like it here'}`,
      });
      return inside;
  }
}

const figure = (picture: string, caption: string) =>
  `<figure>${picture}${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`;

/** An address that WordPress shows as what is there. */
const linkOrFilm = (address: string): string =>
  filmOf(address)
    ? `<iframe src="${escaped(address)}"></iframe>`
    : address
      ? `<p><a href="${escaped(address)}">${escaped(address)}</a></p>`
      : '';

/** The comments of blocks, `<!-- wp:name {json} -->`: what they say beside the HTML in them is put into it. */
function withBlocks(source: string, around: Surroundings, lost: Lost[], depth: number): string {
  let html = '';
  let at = 0;
  const open: string[] = [];
  for (const match of source.matchAll(/<!--\s*(\/?)wp:([a-z][\w/-]*)\s*(\{[\s\S]*?\}\s*)?(\/?)-->/g)) {
    const [whole, ends = '', name = '', json = '', closed = ''] = match;
    const inside = source.slice(at, match.index);
    at = match.index + whole.length;
    html += open.at(-1) === 'embed' && !ends ? inside : embedded(open.at(-1), inside);
    if (ends) {
      open.pop();
      continue;
    }
    const data = parsed(json);
    if (!closed) open.push(name.replace(/^core-embed\/.*/, 'embed').replace(/^core\//, ''));
    if (name === 'block' || name === 'core/block') {
      const id = String(data['ref'] ?? '');
      const block = depth < 5 ? around.block(id) : undefined;
      if (block === undefined) lost.push({ what: 'block', detail: `Reusable block ${id} is not in the export` });
      else html += withBlocks(block, around, lost, depth + 1);
    } else if (closed && name.includes('/') && !name.startsWith('core/'))
      lost.push({ what: 'block', detail: `${name}: a block of a plugin, of which the export has no text` });
    else if (
      closed &&
      /^(?:core\/)?(?:latest-posts|archives|categories|tag-cloud|calendar|rss|search|social-links?|query|navigation|latest-comments|page-list|loginout)$/.test(
        name,
      )
    )
      lost.push({ what: 'block', detail: `${name}: WordPress fills it when the page is shown` });
  }
  return html + source.slice(at);
}

/** An embed is an address on a line of its own inside of its figure. */
const embedded = (block: string | undefined, html: string): string =>
  block === 'embed'
    ? html.replaceAll(
        /(>|^)\s*(https?:\/\/[^\s<]+)\s*(?=<|$)/g,
        (_, before: string, address: string) => before + linkOrFilm(address.replaceAll('&amp;', '&')),
      )
    : html;

function parsed(json: string): Record<string, unknown> {
  try {
    return (JSON.parse(json || '{}') as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}

/** An address alone on a line, which WordPress shows as a film. */
const withFilms = (html: string): string =>
  html.replaceAll(/^[ \t]*(?:<p>)?[ \t]*(https?:\/\/[^\s<]+)[ \t]*(?:<\/p>)?[ \t]*$/gm, (line, address: string) =>
    filmOf(address) ? `\n\n<iframe src="${escaped(address.replaceAll('&amp;', '&'))}"></iframe>\n\n` : line,
  );

/** The notes at the foot of a text (WordPress 6.3), which lie beside it as JSON, as part of it. */
export function withFootnotes(html: string, json: string): string {
  let notes: unknown;
  try {
    notes = JSON.parse(json);
  } catch {
    return html;
  }
  if (!Array.isArray(notes)) return html;
  const known = notes.flatMap((note: unknown) => {
    const { id, content } = (note ?? {}) as Record<string, unknown>;
    return typeof id === 'string' && typeof content === 'string' && html.includes(`data-fn="${id}"`)
      ? [{ id, content }]
      : [];
  });
  const numbered = known.reduce((text, { id }, i) => text.replaceAll(`data-fn="${id}"`, `data-fn="${i + 1}"`), html);
  const items = known.map(({ content }, i) => `<li id="fn-${i + 1}">${content}</li>`);
  return items.length > 0 ? `${numbered}\n<section data-footnotes><ol>${items.join('')}</ol></section>` : html;
}
