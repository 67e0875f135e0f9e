import type { Lost } from '#importing/archive.ts';
import { filmOf } from '#importing/embeds.ts';
import { shortened } from '#importing/html.ts';
import { escaped, fencedIn, lineAt, type Tag } from './markup.ts';

/** What tags of a template may ask of the site. Nothing of it is run: what is not known is named. */
export interface Templates {
  /** The value of a name, `site.title` or `page.date`; undefined where nobody knows it. */
  value: (name: string) => string | undefined;
  /** A path with that of the site in front. */
  relative: (path: string) => string;
  /** The same as a whole address, where the folder says where the site is. */
  absolute: (path: string) => string;
  /** The address of a post or file that a tag names; undefined where there is none. */
  post: (name: string) => string | undefined;
  file: (path: string) => string | undefined;
  /** What a file says that is put in by its name, where it is nothing but text. */
  included: (name: string) => string | undefined;
  /** Whether `{# … #}` is a comment, as in Nunjucks. */
  hasHashComments: boolean;
  /** The line of the file on which the text begins. */
  line: number;
}

interface Call {
  start: number;
  end: number;
  name: string;
  args: string;
  written: string;
}

/** Tags with an end whose inner text is no Markdown. */
const rawInside = new Set(['raw', 'verbatim', 'comment', 'highlight', 'codeblock', 'code', 'mermaid', 'math', 'latex']);

/** Tags that decide what is shown. */
const control = new Set(
  'if elsif elseif else elif endif unless endunless case when endcase for endfor tablerow endtablerow break continue assign set capture endcapture endset increment decrement cycle import from extends block endblock macro endmacro layout liquid'.split(
    ' ',
  ),
);

/** The tags and outputs of Liquid or Nunjucks in a text, each with what stands for it here. */
export function templateTags(source: string, templates: Templates): Tag[] {
  const tags: Tag[] = [];
  const isInCode = fencedIn(source);
  const lineOf = (at: number) => lineAt(source, at, templates.line);
  const open: { call: Call; tag: number }[] = [];
  const opening = templates.hasHashComments ? /\{%|\{\{|\{#/g : /\{%|\{\{/g;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const start = match.index;
    const sign = match[0];
    if (sign === '{#') {
      const end = source.indexOf('#}', start + 2);
      // `{#id}` is a name of a heading.
      if (end < 0 || /^\{#[\w-]+\}/.test(source.slice(start, start + 80)) || isInCode(start)) continue;
      tags.push({ start, end: end + 2, put: { html: '' }, code: source.slice(start, end + 2) });
      opening.lastIndex = end + 2;
      continue;
    }
    const end = endOf(source, start + 2, sign === '{%' ? '%}' : '}}');
    if (end === undefined) continue;
    const written = source.slice(start, end);
    const inner = written.slice(2, -2).replace(/^-/, '').replace(/-$/, '').trim();
    opening.lastIndex = end;
    const add = (put: Tag['put'], shown = written, lost?: Omit<Lost, 'line'>) =>
      tags.push({ start, end, put, code: shown, ...(lost && { lost: { ...lost, line: lineOf(start) } }) }) - 1;
    if (sign === '{{') {
      const value = outputOf(inner, templates);
      if (value === undefined)
        add({ html: '' }, written, {
          what: 'template',
          detail: `${shortened(written, 160)}: nothing here knows what it says`,
        });
      else add({ html: escaped(value), text: value }, value);
      continue;
    }
    const [, name = '', args = ''] = /^([\w-]+)\s*([\s\S]*)$/.exec(inner) ?? [];
    const call = { start, end, name: name.toLowerCase(), args, written };
    if (rawInside.has(call.name) && !(isInCode(start) && call.name !== 'raw' && call.name !== 'verbatim')) {
      const closing = new RegExp(`\\{%-?\\s*end${call.name}\\s*-?%\\}`, 'g');
      closing.lastIndex = end;
      const last = closing.exec(source);
      if (last) {
        const text = source.slice(end, last.index);
        const whole = closing.lastIndex;
        if (call.name === 'raw' || call.name === 'verbatim') {
          add({ html: '' }, '');
          tags.push({ start: last.index, end: whole, put: { html: '' }, code: '' });
        } else tags.push({ start, end: whole, code: source.slice(start, whole), ...rawTag(call, text, lineOf(start)) });
        opening.lastIndex = whole;
        continue;
      }
    }
    if (control.has(call.name)) {
      const isEnd = /^(?:end|else|els|elif|when$)/.test(call.name);
      add(
        { html: '' },
        written,
        isEnd
          ? undefined
          : {
              what: 'template',
              detail: `${shortened(written, 160)}: ${/^(?:if|unless|case|when|for|tablerow)/.test(call.name) ? 'what it decides is shown in any case' : 'it is code, and not run'}`,
            },
      );
      continue;
    }
    if (call.name.startsWith('end')) {
      const depth = open.findLastIndex((each) => `end${each.call.name}` === call.name);
      if (depth < 0) {
        add({ html: '' });
        continue;
      }
      const { call: first, tag } = open[depth] as (typeof open)[number];
      open.length = depth;
      const around = container(first);
      const head = tags[tag] as Tag;
      const said = wordsOf(first);
      const opens = around?.opens ?? (said ? `**${said}**\n` : '');
      head.put = opens ? { source: opens } : { html: '' };
      if (around) delete head.lost;
      else
        head.lost = {
          what: 'template',
          detail: `${shortened(first.written, 160)}: there is nothing like it here; the text inside is kept`,
          line: lineOf(first.start),
        };
      add(around ? { source: around.closes } : { html: '' });
      continue;
    }
    const hasBase = /\{\{-?\s*site\.baseurl\s*-?\}\}\s*$/.test(source.slice(Math.max(0, start - 60), start));
    const found = single(call, templates, hasBase);
    const said = found ? '' : wordsOf(call);
    const tag = add(
      found?.put ?? { html: escaped(said), text: said },
      found?.put && 'text' in found.put && found.put.text !== undefined && /^(?:post_url|link)$/.test(call.name)
        ? found.put.text
        : written,
      found
        ? found.lost
        : {
            what: 'template',
            detail: `${shortened(written, 300)}: there is nothing like it here${said ? '; its words are kept' : ''}`,
          },
    );
    open.push({ call, tag });
  }
  return tags;
}

/** Where a tag ends: its sign may stand in a text in quotes. */
function endOf(source: string, from: number, sign: string): number | undefined {
  let quote = '';
  for (let at = from; at < source.length; at += 1) {
    const letter = source[at] as string;
    if (source.startsWith(sign, at) && !quote) return at + 2;
    if (letter === '\n' && quote && source.slice(at).startsWith('\n\n')) return undefined;
    if (quote) {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (source.startsWith(sign === '%}' ? '{%' : '{{', at)) return undefined;
  }
  return undefined;
}

/** What an output says, where all of it is known: `"/a" | relative_url`. */
export function outputOf(expression: string, templates: Templates): string | undefined {
  const [first = '', ...filters] = splitAt(expression, '|');
  let value = operandOf(first, templates);
  for (const filter of filters) {
    const [, name = '', said = ''] = /^\s*(\w+)\s*[:(]?\s*([\s\S]*?)\)?\s*$/.exec(filter) ?? [];
    const argument = said ? operandOf(splitAt(said, ',')[0] ?? '', templates) : undefined;
    if (name === 'default') value = value || argument;
    if (value === undefined) return undefined;
    if (name === 'relative_url' || name === 'url' || name === 'locale_url') value = templates.relative(value);
    else if (name === 'absolute_url' || name === 'absoluteUrl') value = templates.absolute(value);
    else if (name === 'prepend' && argument !== undefined) value = argument + value;
    else if (name === 'append' && argument !== undefined) value += argument;
    else if (name === 'upcase' || name === 'upper') value = value.toUpperCase();
    else if (name === 'downcase' || name === 'lower') value = value.toLowerCase();
    else if (name === 'strip' || name === 'trim') value = value.trim();
    else if (
      !/^(?:escape|xml_escape|cgi_escape|uri_escape|escape_once|safe|markdownify|smartify|default|strip_index|string|dump)$/.test(
        name,
      )
    )
      return undefined;
  }
  return value;
}

function operandOf(text: string, { value }: Templates): string | undefined {
  const said = text.trim();
  const quoted = /^"([^"]*)"$|^'([^']*)'$/.exec(said);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  if (/^-?\d+(?:\.\d+)?$/.test(said)) return said;
  return /^[\w-]+(?:\.[\w-]+)*$/.test(said) ? value(said) : undefined;
}

/** Parts of an expression between signs that are in no quotes. */
function splitAt(text: string, sign: string): string[] {
  const parts = [''];
  for (const [part] of text.matchAll(/"[^"]*"|'[^']*'|[\s\S]/g)) {
    if (part === sign) parts.push('');
    else parts[parts.length - 1] += part;
  }
  return parts;
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

const linked = (address: string, words = address): string => `<a href="${escaped(address)}">${escaped(words)}</a>`;

function single({ name, args, written }: Call, templates: Templates, hasBase: boolean): Found | undefined {
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
function wordsOf({ args }: Call): string {
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

function container({ name, args }: Call): { opens: string; closes: string } | undefined {
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

function rawTag({ name, args, written }: Call, inner: string, line: number): Pick<Tag, 'put' | 'lost'> {
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
