import { parse as parseToml } from 'smol-toml';
import { parseYaml } from '#authoring/yaml.ts';
import type { Lost } from '#importing/archive.ts';

export type Data = Record<string, unknown>;

export const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

export type Format = 'yaml' | 'toml' | 'json';

export interface Document {
  /** Whether there is front matter at all, be it empty. */
  hasFrontMatter: boolean;
  data: Data;
  body: string;
  /** The line of the file on which the body begins, from 1. */
  line: number;
}

/** A file's front matter (YAML between `---`, TOML between `+++`, or JSON) and its text. What cannot be read is named. */
export function documentOf(source: string, lost: Lost[]): Document {
  const text = source.replace(/^\uFEFF/, '');
  const none = { hasFrontMatter: false, data: {}, body: text, line: 1 };
  const [, sign] = /^(---|\+\+\+)[ \t]*(?:\n|$)/.exec(text) ?? [];
  if (sign) {
    const lines = text.split('\n');
    const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === sign);
    if (end < 0) return none;
    const head = lines.slice(1, end).join('\n');
    const data = dataOf(head, sign === '---' ? 'yaml' : 'toml', lost, 'Its front matter', 1);
    return { hasFrontMatter: true, data, body: lines.slice(end + 1).join('\n'), line: end + 2 };
  }
  if (/^\{\s*["}]/.test(text)) {
    const end = endOfJson(text);
    if (end === undefined) return none;
    const head = text.slice(0, end);
    const data = dataOf(head, 'json', lost, 'Its front matter', 0);
    return {
      hasFrontMatter: true,
      data,
      body: text.slice(end).replace(/^[ \t]*\n/, ''),
      line: head.split('\n').length + 1,
    };
  }
  return none;
}

/** What a text of data says; nothing, and a word of it, where it cannot be read. */
export function dataOf(text: string, format: Format, lost: Lost[], name: string, linesBefore = 0): Data {
  try {
    if (format === 'json') return record(JSON.parse(text.replace(/^\uFEFF/, '')));
    if (format === 'toml') return record(parseToml(text.replace(/^\uFEFF/, '')));
    const { document, place } = parseYaml(text);
    const [error] = document.errors;
    if (error)
      lost.push({
        what: 'front-matter',
        detail: `${name} is no YAML that can be read (${firstLine(error.message)}): what can be read of it is taken`,
        line: place(error.pos[0]).line + linesBefore,
      });
    return record(document.toJS());
  } catch (error) {
    const line = (error as { line?: number }).line;
    lost.push({
      what: 'front-matter',
      detail: `${name} is no ${format.toUpperCase()} that can be read (${firstLine((error as Error).message)}): nothing of it is taken`,
      ...(line !== undefined && { line: line + linesBefore }),
    });
    return {};
  }
}

/** The format of a file of data, by its name. */
export const formatOf = (name: string): Format | undefined =>
  /\.ya?ml$/i.test(name) ? 'yaml' : /\.toml$/i.test(name) ? 'toml' : /\.json$/i.test(name) ? 'json' : undefined;

const record = (value: unknown): Data => (isData(value) ? value : {});

const firstLine = (text: string) => text.split('\n')[0]?.replace(/:$/, '') ?? '';

/** Where the JSON at the beginning of a text ends. */
function endOfJson(text: string): number | undefined {
  let depth = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (match[0] === '{') depth += 1;
    else if (match[0] === '}') depth -= 1;
    if (depth === 0) return match.index + match[0].length;
  }
  return undefined;
}
