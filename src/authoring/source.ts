import { isMap, isScalar } from 'yaml';
import type { ProseNode } from '#catalog/body.ts';
import type { Collection } from '#catalog/content.ts';
import { correction, fieldLine } from './correction.ts';
import type { Problem } from './problem.ts';
import { cutTexts, malformedYaml } from './yaml-syntax.ts';
import { slugOf } from './slug.ts';
import { type Correction, type Parsed, parseYaml, type Written, yamlLine } from './yaml.ts';

/** A YAML text inside a file, with its data. */
export interface Yaml extends Written {
  data: Record<string, unknown>;
  problems: Problem[];
  /** What may be meant otherwise than it is written. */
  advice: Problem[];
}

/** An entry as its author wrote it. */
export interface SourceEntry {
  collection: Collection;
  slug: string;
  /** The file: its absolute path, its name as shown to the author, and its folder inside the content folder. */
  path: string;
  name: string;
  folder: string;
  yaml: Yaml;
  /** The MDX with as many empty lines before it as the front matter takes, so that its lines are the file's. */
  body: string;
  text: string;
}

const frontMatter = /^\uFEFF?(\s*)---[ \t]*\r?\n([\s\S]*?)(?:(?<=\n)|\r?\n)---[ \t]*(?:\r?\n|$)/;

/** Splits an MDX file into its front matter and its body. */
export function readEntry(text: string, name: string): Pick<SourceEntry, 'yaml' | 'body'> {
  const match = frontMatter.exec(text);
  if (!match) return { yaml: withoutFrontMatter(text, name), body: '' };
  const [whole, above = '', yaml = ''] = match;
  return {
    yaml: readYaml(yaml, name, newLines(above) + 1),
    body: '\n'.repeat(newLines(whole)) + text.slice(whole.length),
  };
}

function withoutFrontMatter(text: string, name: string): Yaml {
  const lines = text.split(/\r?\n/);
  const opened = /^\uFEFF?\s*---[ \t]*(?:\r?\n|$)/.test(text);
  const end = lines.findIndex((line, i) => i > 0 && !/^(?:\s+\S|- |#|[\w-]+:)/.test(line));
  const what = opened
    ? 'The front matter is not closed: a line "---" is missing after its last field'
    : `${text.trim() ? 'There is no front matter' : 'The file is empty'}: a file begins with its fields, between two lines "---"`;
  const line = opened ? (end < 0 ? lines.length : end + 1) : 1;
  const problem = { what, file: name, line, field: 'front matter', nearest: '---', paste: '---' };
  return { ...readYaml('', name), problems: [problem] };
}

/** Reads a YAML text that is to hold fields. `lineOffset` is the number of lines above it in its file. */
export function readYaml(text: string, name: string, lineOffset = 0): Yaml {
  const parsed = parseYaml(text);
  const moved = ({ line, paste }: Correction) => ({ line: line + lineOffset, paste });
  const written: Written = {
    line: (field) => fieldLine(parsed, field) + lineOffset,
    correct: (field, value) => moved(correction(parsed, field, value)),
    rename: (field, key, value) => moved(correction(parsed, field, value, key)),
  };
  const inFile = (each: Omit<Problem, 'file'>) => ({ ...each, file: name, line: each.line + lineOffset });
  const problems = malformedYaml(parsed).map(inFile);
  const advice = cutTexts(parsed).map(inFile);
  const data: unknown = problems.length > 0 ? {} : parsed.document.toJS();
  if (typeof data === 'object' && !Array.isArray(data))
    return { ...written, data: { ...data, ...guidAsWritten(parsed) }, problems, advice };
  return { ...written, data: {}, problems: [withoutFields(parsed, data, name, lineOffset)], advice };
}

/** A guid that YAML reads as a number is the digits that its author wrote: `0012` is not 12. */
function guidAsWritten({ document }: Parsed): { guid?: string } {
  const { contents } = document;
  const node = isMap(contents) ? contents.get('guid', true) : undefined;
  return isScalar(node) && /^(?:number|boolean)$/.test(typeof node.value) && node.source ? { guid: node.source } : {};
}

function withoutFields({ lines }: Parsed, data: unknown, file: string, lineOffset: number): Problem {
  const kind = Array.isArray(data) ? 'a list' : 'plain text';
  const what = `${lineOffset > 0 ? 'The front matter' : 'The file'} is ${kind}; it must be fields, each as "key: value"`;
  const line = lines.findIndex((each) => each.trim()) + 1;
  const text = (lines[line - 1] ?? '').replace(/^- +/, '');
  const [first]: unknown[] = Array.isArray(data) ? data : [];
  const titled = lineOffset === 0 && typeof first === 'object' && first !== null && 'title' in first;
  const field = /^[\w-]+: /.test(text) ? text : `title: ${text}`;
  const paste = titled ? yamlLine(slugOf(String(first.title)), first) : field;
  return { what, file, line: line + lineOffset, field: 'YAML', nearest: 'key: value', paste };
}

const newLines = (text: string) => text.split('\n').length - 1;

/** A line of an entry, counted from 1, with its indentation. */
export const sourceLine = (entry: SourceEntry, line: number): string => entry.text.split(/\r?\n/)[line - 1] ?? '';

/** A node of a body, as far as its author's mistakes need it. */
export interface BodyNode extends ProseNode {
  identifier?: string;
  depth?: number;
  position?: { start: { line: number; column: number }; end: { line: number } };
}

/** The lines on which a part of a body begins and ends. */
export const span = ({ position }: BodyNode): { first: number; last: number } => ({
  first: position?.start.line ?? 1,
  last: position?.end.line ?? 1,
});

/** The first line of a part of a body that is as `test` says, and undefined where none is. */
export function lineWhere(entry: SourceEntry, node: BodyNode, test: (line: string) => boolean): number | undefined {
  const { first, last } = span(node);
  for (let line = first; line <= last; line += 1) if (test(sourceLine(entry, line))) return line;
  return undefined;
}

/** The line of a part of a body with `right` for `old`, where `old` stands there as a word of its own. */
export function replacedIn(entry: SourceEntry, node: BodyNode, old: string, right: string): Correction {
  const line = lineWhere(entry, node, (source) => wordIn(source, old) !== undefined);
  if (line === undefined) return { line: span(node).first };
  const source = sourceLine(entry, line);
  const at = wordIn(source, old) ?? 0;
  return { line, paste: source.slice(0, at) + right + source.slice(at + old.length) };
}

function wordIn(source: string, word: string): number | undefined {
  if (!word) return undefined;
  for (let at = source.indexOf(word); at >= 0; at = source.indexOf(word, at + 1))
    if (!/[\w/.#?-]/.test(source.charAt(at - 1)) && !/[\w/#?-]/.test(source.charAt(at + word.length))) return at;
  return undefined;
}
