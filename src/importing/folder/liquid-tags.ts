import { escaped } from '#importing/clean-html.ts';
import type { Lost } from '#importing/archive.ts';
import { filmOf } from '#importing/embeds.ts';
import { shortened } from '#importing/html.ts';
import type { Templates } from './liquid-output.ts';
import { linked, type Tag } from './markup.ts';

/** A tag as it is written: `{% name args %}`. */
export interface Call {
  start: number;
  end: number;
  name: string;
  args: string;
  written: string;
}

interface Arguments {
  named: Record<string, string>;
  positional: string[];
}

/** `a="b"`, `a: b`, words and texts in quotes. */
function argumentsOf(args: string): Arguments {
  const named: Record<string, string> = {};
  const positional: string[] = [];
  for (const [, name, double, single, word, text, quoted, bare] of args.matchAll(
    /([\w-]+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s,"'/][^\s,"']*))|"([^"]*)"|'([^']*)'|([^\s,"']+)/g,
  )) {
    if (name !== undefined && !/^https?$/.test(name)) named[name.toLowerCase()] = double ?? single ?? word ?? '';
    else positional.push(text ?? quoted ?? bare ?? `${name ?? ''}:${word ?? ''}`);
  }
  return { named, positional };
}

interface Found {
  put: Tag['put'];
  lost?: Omit<Lost, 'line'>;
}

/** What stands for a tag without an end; undefined where nothing here is like it. `hasBase` where the path of the site stands before it. */
export function single({ name, args, written }: Call, templates: Templates, hasBase: boolean): Found | undefined {
  const { named, positional } = argumentsOf(args);
  const [first = ''] = positional;
  const film = (address: string): Found | undefined =>
    filmOf(address) ? { put: { html: `<iframe src="${escaped(address)}"></iframe>`, text: address } } : undefined;
  switch (name) {
    case 'post_url':
    case 'link': {
      const said = args.trim().replaceAll(/^["']|["']$/g, '');
      const to = name === 'post_url' ? templates.post(said) : templates.file(said);
      if (to === undefined)
        return {
          put: { html: escaped(said), text: '' },
          lost: { what: 'ref', detail: `${written}: nothing in the folder is called so` },
        };
      const base = templates.relative('/').replace(/\/$/, '');
      const path = hasBase && base && to.startsWith(`${base}/`) ? to.slice(base.length) : to;
      return { put: { html: linked(path), text: path } };
    }
    case 'youtube':
    case 'youtube_embed':
    case 'vimeo':
    case 'video':
    case 'embed': {
      const said = named['id'] ?? named['url'] ?? named['src'] ?? first;
      const address = /^https?:/.test(said)
        ? said
        : name === 'vimeo'
          ? `https://vimeo.com/${said}`
          : `https://www.youtube.com/watch?v=${said}`;
      return (
        film(address) ??
        (name === 'video' && said ? { put: { html: `<video src="${escaped(said)}"></video>` } } : undefined)
      );
    }
    case 'gist': {
      const to = `https://gist.github.com/${first}`;
      return first
        ? {
            put: { html: linked(to), text: to },
            lost: {
              what: 'embed',
              detail: `${written}: no page of this site shows what another host sends; ${to} is linked`,
            },
          }
        : undefined;
    }
    case 'tweet':
    case 'twitter':
      return /^https?:/.test(first)
        ? {
            put: { html: linked(first), text: first },
            lost: {
              what: 'embed',
              detail: `${written}: no page of this site shows what another host sends; it is linked`,
            },
          }
        : undefined;
    case 'img':
    case 'image':
    case 'picture':
    case 'figure': {
      // Octopress writes classes first, then address, measures, title and alternative text.
      const at = positional.findIndex((each) => /[./]/.test(each) && !each.includes(' '));
      const source = named['src'] ?? named['path'] ?? positional[at];
      if (!source || at > 2) return undefined;
      const words = positional
        .slice(at + 1)
        .filter((each) => /\p{L}/u.test(each) && !/^\d+(?:px|%|vw)?$|^\(|^(?:left|right|center)$/.test(each));
      return pictured(
        source,
        named['alt'] ?? words.at(-1) ?? '',
        named['caption'] ?? (words.length > 1 ? (words[0] ?? '') : ''),
      );
    }
    case 'toc':
    case 'tableofcontents':
    case 'seo':
    case 'feed_meta':
      return { put: { html: '' } };
    case 'include':
    case 'include_relative':
    case 'includecached':
    case 'include_cached':
    case 'render': {
      const text = Object.keys(named).length === 0 ? templates.included(first) : undefined;
      if (text !== undefined) return { put: { source: text } };
      const values = Object.values(named);
      const shown = values.find((each) => filmOf(each));
      if (shown !== undefined) return film(shown);
      const id = named['id'] ?? named['video'] ?? named['video_id'] ?? named['videoid'];
      if (id !== undefined && /youtube|youtu\.be|^video/i.test(first))
        return film(`https://www.youtube.com/watch?v=${id}`);
      if (id !== undefined && /vimeo/i.test(first)) return film(`https://vimeo.com/${id}`);
      const source =
        named['image_path'] ??
        named['src'] ??
        named['image'] ??
        named['img'] ??
        named['path'] ??
        named['url'] ??
        named['file'];
      if (source !== undefined && /\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?|$)/i.test(source))
        return pictured(source, named['alt'] ?? '', named['caption'] ?? named['title'] ?? named['description'] ?? '');
      if (source !== undefined && /\.(?:mp3|m4a|ogg)(?:\?|$)/i.test(source))
        return { put: { html: `<audio src="${escaped(source)}"></audio>` } };
      return undefined;
    }
    default:
      return undefined;
  }
}

const pictured = (source: string, alt: string, caption: string): Found => ({
  put: {
    html: `<figure><img src="${escaped(source)}" alt="${escaped(alt)}">${caption ? `<figcaption>${escaped(caption)}</figcaption>` : ''}</figure>`,
    text: source,
  },
});

/** What a tag says to readers in its arguments. */
export function wordsOf({ args }: Call): string {
  const { named } = argumentsOf(args);
  return ['title', 'label', 'header', 'heading', 'text', 'caption', 'quote', 'content', 'description', 'author']
    .map((each) => named[each])
    .filter(
      (each) =>
        each !== undefined &&
        /\p{L}/u.test(each) &&
        !/^(?:true|false)$/.test(each) &&
        !/^(?:page|site|include|post)\./.test(each),
    )
    .join(', ')
    .replaceAll(/\s+/g, ' ');
}

/** What stands around the inner text of a tag with an end. */
export function container({ name, args }: Call): { opens: string; closes: string } | undefined {
  if (/^(?:notice|note|tip|warning|info|hint|alert|admonition|callout|danger|important|caution|aside)$/.test(name)) {
    const { named, positional } = argumentsOf(args);
    const said = named['title'] ?? positional.find((each) => each.includes(' '));
    return { opens: `<aside>\n${said ? `\n**${said}**\n` : ''}`, closes: '\n</aside>' };
  }
  if (name === 'blockquote' || name === 'quote' || name === 'pullquote') {
    const from = args.replaceAll(/https?:\S+/g, '').trim();
    const to = /https?:\S+/.exec(args)?.[0];
    const credit = from ? `\n— ${to ? `[${from}](${to})` : from}\n` : '';
    return { opens: '<blockquote>\n', closes: `${credit}\n</blockquote>` };
  }
  if (name === 'figure') {
    const { named } = argumentsOf(args);
    const caption = named['caption'] ? `\n<figcaption>\n\n${named['caption']}\n\n</figcaption>` : '';
    return { opens: '<figure>\n', closes: `${caption}\n</figure>` };
  }
  if (name === 'details') {
    const title = args.replaceAll(/^["']|["']$/g, '');
    return { opens: `<details><summary>${escaped(title)}</summary>\n`, closes: '\n</details>' };
  }
  return undefined;
}

/** What stands for a tag whose inner text is no Markdown. */
export function rawTag({ name, args, written }: Call, inner: string, line: number): Pick<Tag, 'put' | 'lost'> {
  if (name === 'comment') return { put: { html: '' } };
  const language =
    name === 'mermaid'
      ? 'mermaid'
      : name === 'math' || name === 'latex'
        ? 'latex'
        : (/(?:^|\blang:)\s*["']?([\w+#-]+)/.exec(
            /lang:/.test(args) ? (/lang:[\w+#-]+/.exec(args)?.[0] ?? '') : args,
          )?.[1] ?? '');
  const isRaw = /^\s*\{%-?\s*raw\s*-?%\}\s*\n?([\s\S]*?)\{%-?\s*endraw\s*-?%\}\s*$/.exec(inner)?.[1] ?? inner;
  const html = `<pre><code${language ? ` class="language-${escaped(language)}"` : ''}>${escaped(isRaw.replace(/^[ \t]*\n/, '').replace(/\s+$/, ''))}\n</code></pre>`;
  return language === 'latex' || name === 'mermaid'
    ? {
        put: { html },
        lost: { what: 'template', detail: `${shortened(written, 160)}: its source is kept, as code`, line },
      }
    : { put: { html } };
}
