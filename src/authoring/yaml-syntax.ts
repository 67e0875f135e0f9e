import { isAlias, visit, type YAMLParseError } from 'yaml';
import type { Problem } from './problem.ts';
import { inlineYaml, type Parsed, parseYaml } from './yaml.ts';

/** A way to mend a line, and the mistake that it would mend. */
interface Mending {
  line: number;
  paste: string;
  why: string;
}

/** The mistakes in the syntax of a YAML text: the first, and each tab and doubled field if it is one of those. */
export function malformedYaml(parsed: Parsed): Omit<Problem, 'file'>[] {
  const mistakes = faults(parsed);
  const alike = (code: string) => ['TAB_AS_INDENT', 'DUPLICATE_KEY'].includes(code) && code === mistakes[0]?.code;
  return mistakes.filter(({ code }, i) => i === 0 || alike(code)).map((mistake) => problem(parsed, mistake, mistakes.length));
}

interface Fault {
  code: string;
  message: string;
  line: number;
}

/** What keeps a text from being read as its author meant it. */
function faults({ document, place }: Parsed): Fault[] {
  const found = [...document.errors, ...document.warnings].map(
    ({ code, message, pos }: Pick<YAMLParseError, 'code' | 'message' | 'pos'>): Fault => ({
      code,
      message: message.split('\n')[0] ?? message,
      line: place(pos[0]).line,
    }),
  );
  visit(document, (_key, node) => {
    if (isAlias(node) && !node.resolve(document))
      found.push({ code: 'ALIAS', message: 'unknown alias', line: place(node.range?.[0] ?? 0).line });
  });
  return found;
}

function problem({ lines }: Parsed, { code, message, line }: Fault, count: number): Omit<Problem, 'file'> {
  const field = (at: number) => /^\s*(?:- )?["']?([\w-]+)["']?\s*:/.exec(lines[at - 1] ?? '')?.[1] ?? 'front matter';
  if (code === 'DUPLICATE_KEY') {
    const text = lines[line - 1] ?? '';
    const what = `The field "${field(line)}" is there twice: one of the two lines is to go`;
    return { what, line, field: field(line), nearest: undefined, paste: text.replace(/^\s*/, '$&# ') };
  }
  const mending = mendings(lines, Math.min(line, lines.length)).find(({ line, paste }) => {
    const mended = lines.map((text, i) => (i === line - 1 ? paste : text)).join('\n');
    return faults(parseYaml(mended)).length < count;
  });
  if (!mending) return { what: `Malformed YAML: ${message}`, line, field: field(line) };
  const { paste, why } = mending;
  const nearest = /^\s*(?:- )?[\w-]+:\s+(.+)$/.exec(paste)?.[1] ?? paste.trim();
  return { what: `Malformed YAML: ${why}`, line: mending.line, field: field(mending.line), nearest, paste };
}

/** The ways to mend the line of an error, or its neighbours; the likelier first. */
function mendings(lines: readonly string[], at: number): Mending[] {
  const before = lines.slice(0, at - 1).findLastIndex((line) => line.trim()) + 1;
  const open = lines.findIndex((line) => /:\s+(["'])(?:(?!\1).)*$/.test(line.slice(0, 1000))) + 1;
  const near = [...new Set([open, at, before, at + 1])].filter((line) => line > 0 && lines[line - 1]?.trim());
  const mended = near.flatMap((line) => ofLine(lines[line - 1] ?? '', lines[line - 2] ?? '').map((each) => ({ line, ...each })));
  const comment = { line: at, paste: `# ${(lines[at - 1] ?? '').trim()}`, why: 'this line is no field' };
  return [...mended, comment];
}

function ofLine(text: string, above: string): Omit<Mending, 'line'>[] {
  const found: Omit<Mending, 'line'>[] = [];
  const add = (paste: string, why: string) => paste !== text && found.push({ paste, why });
  const indent = /^\s*/.exec(text)?.[0] ?? '';
  add(indent.replaceAll('\t', '  ') + text.slice(indent.length), 'a tab indents this line; YAML indents by spaces');
  const [, head = '', rest = ''] = /^(\s*(?:- )?[\w-]+:\s+)(\S.*)$/.exec(text) ?? [];
  const value = rest.trim();
  if (value) {
    const quote = /^["']/.exec(value)?.[0] ?? '';
    const bracket = { '[': ' ]', '{': ' }' }[value.charAt(0)];
    if (quote) add(text.trimEnd() + quote, `the ${quote} is not closed`);
    if (quote && value.endsWith(quote) && value.length > 1)
      add(head + inlineYaml(value.slice(1, -1)), 'a backslash in double quotes has a meaning of its own');
    if (bracket) add(text.trimEnd() + bracket, `the ${value.charAt(0)} is not closed`);
    const reason = value.includes(': ') ? 'that has ": " in it' : `that begins with ${value.charAt(0)}`;
    const quoted = inlineYaml(value);
    add(head + (quoted === value ? JSON.stringify(value) : quoted), `a value ${reason} wants quotes`);
  }
  add(text.replace(/^(\s*(?:- )?[\w-]+)(?::(?=\S)| +)(?!:)/, '$1: '), 'a field is written as "key: value", with a space');
  for (const depth of ['', /^\s*/.exec(above)?.[0] ?? '', `${/^\s*/.exec(above)?.[0]}  `])
    add(depth + text.trim(), 'it is not indented like its neighbours');
  return found;
}
