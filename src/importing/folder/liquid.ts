import { escaped } from '#importing/clean-html.ts';
import type { Lost } from '#importing/archive.ts';
import { shortened } from '#importing/html.ts';
import { outputOf, type Templates } from './liquid-output.ts';
import { type Call, container, rawTag, single, wordsOf } from './liquid-tags.ts';
import { fencedIn, lineAt, type Tag } from './markup.ts';

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
