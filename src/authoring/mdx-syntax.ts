import type { Problem } from './problem.ts';
import { sourceLine, type SourceEntry } from './source.ts';

/** What a parser says of the place where it gave up. */
interface Fault {
  line: number;
  column: number;
  message: string;
}

/** A way to fix a line, the mistake that it would fix, and what is put right. */
interface Mending {
  paste: string;
  why: string;
  nearest: string;
}

/** The mistake that keeps an MDX text from being read. `parse` throws what the parser throws. */
export function malformedMdx(entry: SourceEntry, error: Error, parse: (mdx: string) => unknown): Problem {
  const fault = faultOf(error);
  const { line, message } = fault;
  const source = sourceLine(entry, line);
  const lines = entry.body.split('\n');
  const mends = (paste: string) => {
    try {
      parse(lines.map((text, i) => (i === line - 1 ? paste : text)).join('\n'));
      return true;
    } catch (error) {
      return faultOf(error as Error).line > line;
    }
  };
  const mending = mendings(source, fault).find(({ paste }) => paste !== source && mends(paste));
  const open = openTag(message);
  const told = open ? `nothing closes <${open}>: a line </${open}> is missing where it ends` : message;
  return {
    what: `Malformed MDX: ${mending?.why ?? told.replace(/ \((?:mdx|note)[^)]*\)$/, '')}`,
    file: entry.name,
    line,
    field: 'body',
    nearest: mending?.nearest ?? (open && `</${open}>`),
    paste: mending?.paste ?? (open && `</${open}>`),
  };
}

function faultOf({ message }: Error): Fault {
  const [, line = '1', column = '1', said = message] = /^(\d+):(\d+):\s*([\s\S]*)$/.exec(message) ?? [];
  return { line: Number(line), column: Number(column), message: said };
}

const openTag = (message: string) => /^Expected a closing tag for `<([^`]+)>`/.exec(message)?.[1];

/** The ways to fix a line; the likelier first. */
function mendings(source: string, { column, message }: Fault): Mending[] {
  if (openTag(message)) return tagMendings(source, message);
  return [
    ...tagMendings(source, message),
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
    { paste: `{/* ${source.trim()} */}`, why: message, nearest: '{/* … */}' },
  ];
}

function tagMendings(source: string, message: string): Mending[] {
  const open = openTag(message);
  const [, found = '', expected, line] =
    /^Unexpected closing tag `([^`]+)`(?:, expected corresponding closing tag for `<([^`]+)>` \((\d+))?/.exec(
      message,
    ) ?? [];
  const mendings: Mending[] = [];
  if (open && !/^\s*<[^>]*>\s*$/.test(source))
    mendings.push({ paste: `${source}</${open}>`, why: `nothing closes <${open}>`, nearest: `</${open}>` });
  if (expected)
    for (const right of [`</${expected}>`, `</${expected}>${found}`])
      mendings.push({
        paste: source.replace(found, right),
        why: `${found} stands where <${expected}> of line ${line} is to be closed`,
        nearest: `</${expected}>`,
      });
  if (found)
    for (const right of ['', `{/* ${found} */}`])
      mendings.push({
        paste: source.replace(found, right).trimEnd(),
        why: `${found} closes nothing`,
        nearest: 'no tag',
      });
  return mendings.filter(({ paste }) => paste);
}

/** Signs of a text that MDX takes for code: the one at the fault, or all of a line. */
function escapes(source: string, column: number): Mending[] {
  const characters = [...source];
  const sign = characters[column - 1] ?? '';
  const one = characters.with(Math.max(column - 1, 0) % Math.max(characters.length, 1), `\\${sign}`).join('');
  const why = (sign: string) => `a ${sign} in a text is written \\${sign}`;
  return [
    ...(sign === '{' || sign === '<' ? [{ paste: one, why: why(sign), nearest: `\\${sign}` }] : []),
    { paste: source.replaceAll('{', '\\{'), why: why('{'), nearest: '\\{' },
    { paste: source.replaceAll(/<(?!\/?[A-Z])/g, '\\<'), why: why('<'), nearest: '\\<' },
    {
      paste: source.replaceAll(/[{<]/g, '\\$&'),
      why: 'a { or < in a text is written \\{ or \\<',
      nearest: '\\{ or \\<',
    },
  ];
}
