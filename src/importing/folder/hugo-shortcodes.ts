import { escaped } from '#importing/clean-html.ts';
import { markdownToHtml } from 'satteri';
import type { Lost } from '#importing/archive.ts';
import { filmOf } from '#importing/embeds.ts';
import { shortened } from '#importing/html.ts';
import { type Call, callsIn } from './hugo-shortcode-calls.ts';
import { fencedIn, lineAt, linked, type Tag } from './markup.ts';

/** What a shortcode may ask of the site. */
export interface Site {
  /** The address of a page that `ref` names; undefined where there is none. */
  ref: (path: string) => string | undefined;
  /** A parameter of the page, or else of the site, as a text. */
  param: (name: string) => string | undefined;
  /** The line of the file on which the text begins. */
  line: number;
}

/** Shortcodes whose inner text is no Markdown. */
const rawInside = new Set([
  'highlight',
  'code',
  'mermaid',
  'raw',
  'rawhtml',
  'html',
  'comment',
  'math',
  'katex',
  'chart',
  'plantuml',
  'gallery-raw',
]);

/** The shortcodes of a Markdown text of Hugo's, each with what stands for it here. */
export function shortcodeTags(source: string, site: Site): Tag[] {
  const isInCode = fencedIn(source);
  const calls = callsIn(source);
  const tags: Tag[] = [];
  const lineOf = (at: number) => lineAt(source, at, site.line);
  const open: { call: Call; tag: number }[] = [];
  for (let i = 0; i < calls.length; i += 1) {
    const call = calls[i] as Call;
    const { start, end, name, kind, written } = call;
    const line = lineOf(start);
    const add = (put: Tag['put'], lost?: Lost) =>
      tags.push({ start, end, put, code: written, ...(lost && { lost: { ...lost, line } }) }) - 1;
    if (kind === 'shown') {
      const shown = written.replace(/^(\{\{[<%])\s*\/\*\s?/, '$1 ').replace(/\s?\*\/\s*([>%]\}\})$/, ' $1');
      tags.push({ start, end, put: { html: escaped(shown), text: shown }, code: shown });
      continue;
    }
    if (kind === 'opens' && rawInside.has(name) && !isInCode(start)) {
      const closing = calls.findIndex((each, j) => j > i && each.kind === 'closes' && each.name === name);
      if (closing > 0) {
        const last = calls[closing] as Call;
        const inner = source.slice(end, last.start);
        const whole = source.slice(start, last.end);
        tags.push({ start, end: last.end, code: whole, ...rawShortcode(call, inner, line) });
        i = closing;
        continue;
      }
    }
    if (kind === 'closes') {
      const depth = open.findLastIndex((each) => each.call.name === name);
      if (depth < 0) {
        add({ html: '' }, { what: 'shortcode', detail: `${written} closes nothing` });
        continue;
      }
      const { call: opening, tag } = open[depth] as (typeof open)[number];
      open.length = depth;
      const found = container(opening);
      const first = tags[tag] as Tag;
      const said = wordsOf(opening);
      first.put = { source: found?.opens ?? (said ? `**${said}**\n` : '') };
      if (found) delete first.lost;
      else
        first.lost = {
          what: 'shortcode',
          detail: `${shortened(opening.written, 160)}: there is nothing like it here; the text inside is kept`,
          line: lineOf(opening.start),
        };
      add({ source: found?.closes ?? '' });
      continue;
    }
    const found = single(call, site);
    const tag = add(
      found?.put ?? { html: '' },
      found ? found.lost : { what: 'shortcode', detail: `${shortened(written, 300)}: there is nothing like it here` },
    );
    if (kind === 'opens') open.push({ call, tag });
  }
  return tags;
}

const inlineHtml = (markdown: string): string =>
  markdownToHtml(markdown, { features: { frontmatter: false, rawHtml: true } })
    .html.trim()
    .replace(/^<p>([\s\S]*)<\/p>$/, (whole, inner: string) => (inner.includes('<p>') ? whole : inner));

const embedded = (address: string, what: string): { put: Tag['put']; lost: Lost } => ({
  put: { html: linked(address), text: address },
  lost: { what: 'embed', detail: `${what}: no page of this site shows what another host sends; ${address} is linked` },
});

interface Found {
  put: Tag['put'];
  lost?: Lost;
}

/** What stands for a shortcode without an end. */
function single(call: Call, site: Site): Found | undefined {
  const { name, named, positional, written } = call;
  const first = positional[0] ?? '';
  const html = (text: string): Found => ({ put: { html: text } });
  const word = (text: string): Found => ({ put: { html: escaped(text), text } });
  switch (name) {
    case 'ref':
    case 'relref': {
      const path = named['path'] ?? first;
      const to = site.ref(path);
      return {
        put: to === undefined ? { html: escaped(path), text: '' } : { html: linked(to), text: to },
        ...(to === undefined && {
          lost: { what: 'ref', detail: `${written}: no page of the folder is called “${path}”` },
        }),
      };
    }
    case 'figure':
    case 'figurecaption':
    case 'img':
    case 'image':
    case 'picture':
    case 'imgproc':
    case 'responsive-image':
    case 'lightbox':
      return figure(call);
    case 'youtube':
    case 'yt':
    case 'youtubelite':
    case 'youtube-lite':
    case 'youtube_lite':
    case 'lite-youtube': {
      const id = named['id'] ?? named['v'] ?? named['videoid'] ?? first;
      const address = /^https?:/.test(id) ? id : `https://www.youtube.com/watch?v=${id}`;
      return filmOf(address) ? film(address, named['title'] ?? named['label']) : embedded(address, written);
    }
    case 'vimeo':
    case 'vimeo_simple': {
      const id = named['id'] ?? first;
      const address = /^https?:/.test(id) ? id : `https://vimeo.com/${id}`;
      return filmOf(address) ? film(address, named['title']) : embedded(address, written);
    }
    case 'video':
    case 'mp4': {
      const source = named['src'] ?? named['mp4'] ?? named['url'] ?? first;
      if (!source) return undefined;
      return filmOf(source)
        ? film(source, named['title'])
        : html(`<video src="${escaped(source)}" title="${escaped(named['title'] ?? named['caption'] ?? '')}"></video>`);
    }
    case 'audio':
    case 'mp3': {
      const source = named['src'] ?? named['mp3'] ?? named['url'] ?? named['file'] ?? first;
      return source ? html(`<audio src="${escaped(source)}"></audio>`) : undefined;
    }
    case 'gist': {
      const [user, id] = [named['user'] ?? positional[0], named['id'] ?? positional[1]];
      return user && id ? embedded(`https://gist.github.com/${user}/${id}`, written) : undefined;
    }
    case 'tweet':
    case 'twitter':
    case 'twitter_simple':
    case 'x':
    case 'x_simple': {
      const id = named['id'] ?? (positional.length > 1 ? positional[1] : first);
      if (!id || !/^\d+$/.test(id)) return undefined;
      return embedded(
        `https://twitter.com/${named['user'] ?? (positional.length > 1 ? first : 'i')}/status/${id}`,
        written,
      );
    }
    case 'instagram':
    case 'instagram_simple': {
      const id = named['id'] ?? first;
      return id ? embedded(`https://www.instagram.com/p/${id}/`, written) : undefined;
    }
    case 'param': {
      const said = site.param(named['name'] ?? first);
      return said === undefined ? undefined : word(said);
    }
    case 'rawhtml':
    case 'toc':
    case 'table-of-contents':
    case 'tableofcontents':
      return name === 'rawhtml' ? undefined : { put: { html: '' } };
    case 'br':
      return html('<br>');
    default: {
      const address = [...Object.values(named), ...positional].find((value) => filmOf(value));
      if (address !== undefined) return film(address, named['title']);
      const source = named['src'] ?? named['image'] ?? named['img'];
      if (
        source !== undefined &&
        (/fig|img|image|photo|pic/.test(name) || /\.(?:jpe?g|png|gif|webp|avif|svg)$/i.test(source))
      )
        return figure(call);
      const said = call.kind === 'closes' ? '' : wordsOf(call);
      const to = [named['href'], named['url'], named['link']].find((value) => /^(?:https?:|\/)/.test(value ?? ''));
      if (!said) return undefined;
      return {
        put: { html: to === undefined ? escaped(said) : linked(to, said), text: said },
        lost: {
          what: 'shortcode',
          detail: `${shortened(written, 300)}: there is nothing like it here; its words are kept`,
        },
      };
    }
  }
}

/** What a shortcode says to readers in its parameters. */
const wordsOf = ({ named, positional, name }: Call): string =>
  [
    ...[
      'title',
      'label',
      'name',
      'header',
      'heading',
      'text',
      'caption',
      'quote',
      'content',
      'description',
      'author',
    ].map((each) => named[each]),
    ...(name.startsWith('tab') ? [positional[0]] : []),
  ]
    .filter((each) => each !== undefined && /\p{L}/u.test(each) && !/^(?:true|false)$/.test(each))
    .join(', ')
    .replaceAll(/\s+/g, ' ');

const film = (address: string, title: string | undefined): Found => ({
  put: {
    html: `<iframe src="${escaped(address)}"${title ? ` title="${escaped(title)}"` : ''}></iframe>`,
    text: address,
  },
});

function figure({ named, positional }: Call): Found | undefined {
  const source = named['src'] ?? named['url'] ?? named['path'] ?? named['image'] ?? named['href'] ?? positional[0];
  if (!source) return undefined;
  const said = (text: string | undefined) => (text ? inlineHtml(text) : '');
  const alt = named['alt'] ?? (positional.length > 1 ? positional[1] : undefined) ?? '';
  const credit = named['attr']
    ? named['attrlink']
      ? `<a href="${escaped(named['attrlink'])}">${said(named['attr'])}</a>`
      : said(named['attr'])
    : '';
  const caption = [said(named['title']), said(named['caption']), credit].filter(Boolean).join(' – ');
  const picture = `<img src="${escaped(source)}" alt="${escaped(alt)}">`;
  const shown = named['link'] ? `<a href="${escaped(named['link'])}">${picture}</a>` : picture;
  return {
    put: { html: `<figure>${shown}${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`, text: source },
  };
}

/** What stands around the inner text of a shortcode with an end, in the text's own Markdown. */
function container({ name, named, positional }: Call): { opens: string; closes: string } | undefined {
  if (name === 'details' || name === 'expand' || name === 'spoiler' || name === 'collapse') {
    const title = named['summary'] ?? named['title'] ?? positional[0] ?? '';
    return { opens: `<details><summary>${escaped(title)}</summary>\n`, closes: '\n</details>' };
  }
  if (
    /^(?:notice|note|tip|warning|info|hint|alert|admonition|callout|danger|important|caution|attention|aside|infobox)$/.test(
      name,
    )
  ) {
    const said =
      named['title'] ?? named['header'] ?? (name === 'notice' || name === 'admonition' ? positional[1] : undefined);
    return { opens: `<aside>\n${said ? `\n**${said}**\n` : ''}`, closes: '\n</aside>' };
  }
  if (name === 'blockquote' || name === 'quote' || name === 'pullquote') {
    const from = [named['author'], named['source'] ?? named['cite'] ?? named['title']].filter(Boolean).join(', ');
    const link = named['link'];
    const credit = from ? `\n— ${link ? `[${from}](${link})` : from}\n` : '';
    return { opens: '<blockquote>\n', closes: `${credit}\n</blockquote>` };
  }
  const address = named['href'] ?? named['url'] ?? named['link'] ?? named['relref'];
  if (/^(?:button|btn|link|cta)$/.test(name) && address)
    return { opens: `<a href="${escaped(address)}">`, closes: '</a>' };
  return undefined;
}

/** What stands for a shortcode whose inner text is no Markdown. */
function rawShortcode(
  { name, named, positional, written }: Call,
  inner: string,
  line: number,
): Pick<Tag, 'put' | 'lost'> {
  const code = (language: string) =>
    `<pre><code${language ? ` class="language-${escaped(language)}"` : ''}>${escaped(inner.replace(/^[ \t]*\n/, '').replace(/\s+$/, ''))}\n</code></pre>`;
  if (name === 'raw' || name === 'rawhtml' || name === 'html') return { put: { html: inner } };
  if (name === 'comment') return { put: { html: '' } };
  if (name === 'highlight' || name === 'code')
    return { put: { html: code(named['lang'] ?? named['language'] ?? positional[0] ?? '') } };
  const what = name === 'math' || name === 'katex' ? 'math' : 'shortcode';
  return {
    put: { html: code(what === 'math' ? 'latex' : name) },
    lost: { what, detail: `${shortened(written, 160)}: its source is kept, as code`, line },
  };
}
