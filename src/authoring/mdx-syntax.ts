import type { Problem } from './problem.ts';
import { foreignShortcode } from './silent-losses.ts';
import type { SourceEntry } from './source.ts';

/** What a parser says of the place where it gave up. */
interface Fault {
  line: number;
  column: number;
  message: string;
}

/** A way to fix a line, the mistake that it would fix, and what is put right. */
interface Fix {
  paste: string;
  why: string;
  nearest: string;
}

/** What is found in a text that cannot be read. */
export interface Malformed {
  /** Each mistake that keeps it from being read, in the order of their lines. */
  problems: Problem[];
  /** The text with all of them out of the way, line by line as it was; none where that cannot be had. */
  fixed?: string;
}

/**
 * The mistakes that keep an MDX text from being read: each is put right as far as that goes, to find the next. `parse`
 * throws what the parser throws.
 */
export function malformedMdx(entry: SourceEntry, parse: (mdx: string) => unknown): Malformed {
  const problems: Problem[] = [];
  const lines = entry.body.split('\n');
  for (;;) {
    const error = failure(lines.join('\n'), parse);
    if (!error) return { problems, fixed: lines.join('\n') };
    const { line } = faultOf(error);
    const { problem, instead } = malformed(entry, lines, error, parse);
    // What stands for a mistake may make another on its line, or on one before.
    if (problems.some((each) => each.line >= line)) return { problems };
    problems.push(problem);
    if (instead === undefined || problems.length === most) return { problems };
    lines[line - 1] = instead;
  }
}

/** More mistakes in one file than anybody fixes in one go. */
const most = 50;

function failure(mdx: string, parse: (mdx: string) => unknown): Error | undefined {
  try {
    parse(mdx);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** The mistake at which the parser gave up, and what may stand there instead so that it goes on. */
function malformed(
  entry: SourceEntry,
  lines: readonly string[],
  error: Error,
  parse: (mdx: string) => unknown,
): { problem: Problem; instead: string | undefined } {
  const fault = faultOf(error);
  const { line, message } = fault;
  const source = lines[line - 1] ?? '';
  const isFixed = (paste: string) => {
    const next = failure(lines.with(line - 1, paste).join('\n'), parse);
    return !next || faultOf(next).line > line;
  };
  const foreign = foreignShortcode(source);
  if (foreign) {
    const what = `${foreign.written} is a shortcode of ${foreign.of}, which means nothing here`;
    const rest = source.replace(foreign.written, '');
    return { problem: { what, file: entry.name, line, field: 'body' }, instead: [rest, ''].find(isFixed) };
  }
  const goesOn = ({ paste }: Fix) => paste !== source && isFixed(paste);
  const fix = fixes(source, fault).find(goesOn);
  const open = openTag(message);
  const told = open ? `nothing closes <${open}>: a line </${open}> is missing where it ends` : message;
  // Without its opening tag, a closing one would be the next mistake.
  const passedOver = /<\/?\w/.test(source) ? undefined : [`{/* ${source.trim()} */}`, ''].find(isFixed);
  return {
    problem: {
      what: `Malformed MDX: ${fix?.why ?? told.replace(/ \((?:mdx|note)[^)]*\)$/, '')}`,
      file: entry.name,
      line,
      field: 'body',
      nearest: fix?.nearest ?? (open && `</${open}>`),
      paste: fix?.paste ?? (open && `</${open}>`),
    },
    instead: fix?.paste ?? passedOver,
  };
}

function faultOf({ message }: Error): Fault {
  const [, line = '1', column = '1', said = message] = /^(\d+):(\d+):\s*([\s\S]*)$/.exec(message) ?? [];
  return { line: Number(line), column: Number(column), message: said };
}

const openTag = (message: string) => /^Expected a closing tag for `<([^`]+)>`/.exec(message)?.[1];

/** The ways to fix a line; the likelier first. */
function fixes(source: string, { column, message }: Fault): Fix[] {
  if (openTag(message)) return [...voidFixes(source), ...tagFixes(source, message)];
  return [
    ...voidFixes(source),
    ...tagFixes(source, message),
    {
      paste: source.replaceAll(/<!--(.*?)-->/g, '{/*$1*/}'),
      why: 'a comment is not written as in HTML',
      nearest: '{/* … */}',
    },
    {
      paste: source
        .replaceAll(/<(https?:[^>\s]+)>/g, '[$1]($1)')
        .replaceAll(/<([^@<>\s]+@[^>\s]+)>/g, '[$1](mailto:$1)'),
      why: 'an address between < and > is no link here',
      nearest: '[words](address)',
    },
    {
      paste: source.replaceAll(/[“”]/g, '"').replaceAll(/=([^"'{}\s>/]+)(?=[\s/>])/g, '="$1"'),
      why: 'the value of an attribute stands between straight quotes',
      nearest: 'name="value"',
    },
    {
      paste: source.replaceAll(/=(["'])([^"'<>]*)(?=\/?>)/g, '=$1$2$1'),
      why: 'the quote of an attribute is not closed',
      nearest: 'name="value"',
    },
    ...escapes(source, column),
    {
      paste: source.replace(/^(\s*)(import|export)\b/, '$1{"$2"}'),
      why: 'a paragraph that begins with import or export is code, and this is none',
      nearest: '{"import"}',
    },
  ];
}

const voidNames = 'area|br|col|embed|hr|img|input|link|meta|source|track|wbr';

/** Elements that have no end (HTML, 13.1.2) are closed in themselves here. */
function voidFixes(source: string): Fix[] {
  const open = new RegExp(`<(${voidNames})\\b([^<>]*?)\\s*(?<!/)>`, 'g');
  const [, name] = open.exec(source) ?? [];
  if (!name) return [];
  const paste = source.replaceAll(open, '<$1$2 />').replaceAll(new RegExp(`</(?:${voidNames})>`, 'g'), '');
  return [{ paste, why: `<${name}> is closed in itself`, nearest: `<${name} />` }];
}

function tagFixes(source: string, message: string): Fix[] {
  const open = openTag(message);
  const [, found = '', expected, line] =
    /^Unexpected closing tag `([^`]+)`(?:, expected corresponding closing tag for `<([^`]+)>` \((\d+))?/.exec(
      message,
    ) ?? [];
  const fixes: Fix[] = [];
  if (open && !/^\s*<[^>]*>\s*$/.test(source))
    fixes.push({ paste: `${source}</${open}>`, why: `nothing closes <${open}>`, nearest: `</${open}>` });
  if (expected)
    for (const right of [`</${expected}>`, `</${expected}>${found}`])
      fixes.push({
        paste: source.replace(found, right),
        why: `${found} stands where <${expected}> of line ${line} is to be closed`,
        nearest: `</${expected}>`,
      });
  if (found)
    for (const right of ['', `{/* ${found} */}`])
      fixes.push({
        paste: source.replace(found, right).trimEnd(),
        why: `${found} closes nothing`,
        nearest: 'no tag',
      });
  return fixes.filter(({ paste }) => paste);
}

/** Signs of a text that MDX takes for code: the one at the fault, or all of a line. */
function escapes(source: string, column: number): Fix[] {
  const characters = [...source];
  const sign = characters[column - 1] ?? '';
  const one = characters.with(Math.max(column - 1, 0) % Math.max(characters.length, 1), `\\${sign}`).join('');
  const why = (sign: string) => `a ${sign} in a text is written \\${sign}`;
  return [
    ...(sign === '{' || sign === '<' ? [{ paste: one, why: why(sign), nearest: `\\${sign}` }] : []),
    { paste: source.replaceAll('{', '\\{'), why: why('{'), nearest: '\\{' },
    { paste: source.replaceAll(/<(?!\/?[A-Z])/g, '\\<'), why: why('<'), nearest: '\\<' },
    {
      paste: source.replaceAll(/\{|<(?!\/?[A-Z])/g, '\\$&'),
      why: 'a { or < in a text is written \\{ or \\<',
      nearest: '\\{ or \\<',
    },
  ];
}
