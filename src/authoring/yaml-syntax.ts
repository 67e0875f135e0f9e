import { isAlias, isMap, isNode, isScalar, visit, type YAMLParseError } from 'yaml';
import type { Problem } from './problem.ts';
import { inlineYaml, type Parsed, parseYaml } from './yaml.ts';

/** What keeps a text from being read as its author meant it. */
interface Fault {
  code: string;
  message: string;
  line: number;
}

/** A way to fix a line, the mistake that it would fix, and what is put right. */
interface Fix {
  line: number;
  paste: string;
  why: string;
  nearest: string;
}

/** The mistakes in the syntax of a YAML text: the first, and each tab and doubled field if it is one of those. */
export function malformedYaml(parsed: Parsed): Omit<Problem, 'file'>[] {
  const found = faults(parsed);
  const alike = (code: string) => ['TAB_AS_INDENT', 'DUPLICATE_KEY'].includes(code) && code === found[0]?.code;
  return found.filter(({ code }, i) => i === 0 || alike(code)).map((fault) => problem(parsed, fault, found.length));
}

function faults({ document, lines, place }: Parsed): Fault[] {
  const found = [...document.errors, ...document.warnings].map(
    ({ code, message, pos }: Pick<YAMLParseError, 'code' | 'message' | 'pos'>): Fault => ({
      code,
      message: message.split('\n')[0] ?? message,
      line: place(pos[0]).line,
    }),
  );
  visit(document, (_key, node) => {
    const [from, to] = isNode(node) && node.range ? node.range : [0, 0];
    const { line } = place(from);
    if (isAlias(node) && !node.resolve(document)) found.push({ code: 'ALIAS', message: 'unknown alias', line });
    if (!isScalar(node) || node.type !== 'PLAIN') return;
    const swallowed = lines.slice(line, place(to).line).findIndex((each) => /^\s*- /.test(each));
    if (swallowed >= 0) found.push({ code: 'ITEM', message: 'an item of no list', line: line + swallowed + 1 });
  });
  return found;
}

function problem({ lines }: Parsed, { code, message, line }: Fault, count: number): Omit<Problem, 'file'> {
  const field = (at: number) => /^\s*(?:- )?["']?([\w-]+)["']?\s*:/.exec(lines[at - 1] ?? '')?.[1] ?? 'YAML';
  if (code === 'DUPLICATE_KEY') {
    const what = `The field "${field(line)}" is there twice: one of the two is to go`;
    const paste = (lines[line - 1] ?? '').replace(/^\s*/, '$&# ');
    return { what, line, field: field(line), nearest: `one "${field(line)}"`, paste };
  }
  if (code === 'TAB_AS_INDENT') {
    const what = 'Malformed YAML: a tab indents this line; YAML indents by spaces';
    const paste = (lines[line - 1] ?? '').replace(/^\s*/, (indent) => indent.replaceAll('\t', '  '));
    return { what, line, field: field(line), nearest: 'two spaces for a tab', paste };
  }
  const left = fixes(lines, Math.min(line, lines.length), message).map((fix) => {
    const fixed = lines.map((text, i) => (i === fix.line - 1 ? fix.paste : text)).join('\n');
    return { fix, faults: faults(parseYaml(fixed)).length };
  });
  const { fix } = left.find(({ faults }) => faults === 0) ?? left.find(({ faults }) => faults < count) ?? {};
  if (!fix) return { what: `Malformed YAML: ${message}`, line, field: field(line) };
  const { why, ...place } = fix;
  return { what: `Malformed YAML: ${why}`, ...place, field: field(fix.line) };
}

/** The ways to fix the line of an error, or its neighbours; the likelier first. */
function fixes(lines: readonly string[], at: number, message: string): Fix[] {
  const before = lines.slice(0, at - 1).findLastIndex((line) => line.trim()) + 1;
  const opened = lines.findIndex((line) => /:\s+(["'])(?:(?!\1).)*$/.test(line)) + 1;
  const near = [...new Set([opened, at, before, at + 1])].filter((line) => line > 0 && lines[line - 1]?.trim());
  const comment = `# ${(lines[at - 1] ?? '').trim()}`;
  return [
    ...near.flatMap((line) => ofLine(lines[line - 1] ?? '', lines[line - 2] ?? '').map((each) => ({ line, ...each }))),
    { line: at, paste: comment, why: message, nearest: comment },
  ];
}

function ofLine(text: string, above: string): Omit<Fix, 'line'>[] {
  const rest = text.trimStart();
  const indentAbove = /^\s*/.exec(above)?.[0].replaceAll('\t', '  ') ?? '';
  const deeper = /:\s*$/.test(above) ? [`${indentAbove}  `] : [];
  const indents = /^- |^[\w-]+:/.test(rest) ? [indentAbove, ...deeper, ''] : [];
  const found: Omit<Fix, 'line'>[] = [
    ...ofValue(text),
    {
      paste: text.replace(/^(\s*(?:- )?[\w-]+)(?::(?=\S)| +)(?!:)/, '$1: '),
      why: 'a field is written as "key: value", with a space',
      nearest: 'key: value',
    },
    ...indents.map((indent) => ({
      paste: indent + rest,
      why: 'this line is not indented like its neighbours',
      nearest: `${indent.length} spaces`,
    })),
  ];
  return found.filter(({ paste }) => paste !== text);
}

function ofValue(text: string): Omit<Fix, 'line'>[] {
  const [, head = '', rest = ''] = /^(\s*(?:- )?[\w-]+:\s+)(\S.*)$/.exec(text) ?? [];
  const value = rest.trim();
  if (!value) return [];
  const fixTo = (right: string, why: string) => ({ paste: head + right, why, nearest: right });
  const first = value.charAt(0);
  const found: Omit<Fix, 'line'>[] = [];
  if (/["']/.test(first)) {
    found.push(fixTo(value + first, `the ${first} is not closed`));
    if (value.length > 1 && value.endsWith(first))
      found.push(fixTo(inlineYaml(value.slice(1, -1)), insideQuotes(value)));
  }
  if (first === '[' || first === '{')
    found.push(fixTo(`${value}${first === '[' ? ']' : '}'}`, `the ${first} is not closed`));
  const quoted = inlineYaml(value) === value ? JSON.stringify(value) : inlineYaml(value);
  const reason = value.includes(': ') ? 'that has ": " in it' : `that begins with ${first}`;
  return [...found, fixTo(quoted, `a value ${reason} wants quotes`)];
}

const insideQuotes = (value: string) =>
  value.includes('\\')
    ? 'a backslash in double quotes has a meaning of its own'
    : 'a quote inside the quotes ends the text';

/** What YAML takes for a comment behind a text: ` # ours`, ` #4`. A comment behind one word, a date or a list is one. */
export function cutTexts({ document, place }: Parsed): Omit<Problem, 'file'>[] {
  const found: Omit<Problem, 'file'>[] = [];
  visit(document, {
    Pair: (_key, { key, value }, path) => {
      if (!isScalar(key) || !isScalar(value) || value.type !== 'PLAIN' || typeof value.value !== 'string') return;
      const { comment, range } = value;
      const isText = /\s/.test(value.value) || /^\d/.test(comment ?? '') || key.value === 'title';
      if (!comment || !range || !isText || !isMap(path.at(-1))) return;
      const whole = `${value.value} #${comment}`;
      const what = `"${String(key.value)}" ends before the " #${comment.split('\n')[0]}": for YAML that is a comment, which nobody gets to read`;
      const { line } = place(range[0]);
      found.push({ what, line, field: String(key.value), nearest: JSON.stringify(whole.split('\n')[0]) });
    },
  });
  return found;
}
