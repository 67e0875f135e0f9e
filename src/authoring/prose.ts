import type { z } from 'astro/zod';
import { satteriHeadingIdsPlugin } from '@astrojs/markdown-satteri';
import { mdxToJs } from 'satteri';
import { attribute, type BodyFacts, bodyFacts, emptyBody, proseNodes, type ProseNode } from '#catalog/body.ts';
import { vocabulary } from '#model/vocabulary.ts';
import { fieldProblems } from './fields.ts';
import type { Known } from './nearest.ts';
import { nearest, type Problem } from './problem.ts';
import { shape } from './schema.ts';
import type { SourceEntry } from './source.ts';

/** A link of a body that stays on this site, to be followed once every page is known. */
export interface Link {
  href: string;
  line: number;
}

/** What a body holds that other entries may depend on. */
export interface Prose {
  /** The anchors of its headings, exactly as Astro makes them. */
  anchors: string[];
  links: Link[];
  facts: BodyFacts;
  problems: Problem[];
}

/** Judges the body of an entry: its syntax, its components, its pictures. */
export function readProse(entry: SourceEntry, known: Known, publicFiles: ReadonlySet<string>): Prose {
  let anchors: string[];
  let nodes: ProseNode[];
  try {
    anchors = headingAnchors(entry.body);
    nodes = proseNodes(entry.body);
  } catch (error) {
    return { anchors: [], links: [], facts: emptyBody, problems: [malformed(entry, error as Error)] };
  }
  const imported = new Set(
    nodes.filter(({ type }) => type === 'mdxjsEsm').flatMap(({ value }) => value?.match(/[A-Z]\w*/g) ?? []),
  );
  return {
    anchors,
    facts: bodyFacts(nodes),
    links: nodes.flatMap((node) => linkOf(node) ?? []),
    problems: nodes.flatMap((node) => [
      ...componentProblems(node, entry, known, imported),
      ...pictureProblems(node, entry, known, publicFiles),
      ...headingProblems(node, entry),
    ]),
  };
}

function headingAnchors(mdx: string): string[] {
  const { data } = mdxToJs(mdx, {
    hastPlugins: [satteriHeadingIdsPlugin()],
    features: { smartPunctuation: true },
    data: { astro: { frontmatter: {}, headings: [], localImagePaths: new Set(), remoteImagePaths: new Set() } },
  }) as { data: { astro: { headings: { slug: string }[] } } };
  return data.astro.headings.map(({ slug }) => slug);
}

function malformed(entry: SourceEntry, error: Error): Problem {
  const [, line = '1', , message = error.message] = /^(\d+):(\d+):\s*([\s\S]*)$/.exec(error.message) ?? [];
  const source = sourceLine(entry, Number(line));
  const closing = /closing tag for `<(\w+)>`/.exec(message)?.[1];
  const mended = closing
    ? `</${closing}>`
    : source
        .replaceAll('{', '\\{')
        .replaceAll(/<(?![/A-Za-z])|<$/g, '\\<')
        .replace(/<(?=\w+\s*$)/, '\\<');
  return {
    what: `Malformed MDX: ${message.replace(/\s*\(mdx[\w-]*:[\w-]+\)\s*$/, '').replace(/\s*\(\d+:\d+\)/, '')}`,
    ...at(entry, Number(line), 'body'),
    nearest: closing ? `<${closing}> … </${closing}>` : mended,
    paste: mended,
  };
}

function componentProblems(
  node: ProseNode,
  entry: SourceEntry,
  known: Known,
  imported: ReadonlySet<string>,
): Problem[] {
  const { name } = node;
  if (!node.type.startsWith('mdxJsx') || !name) return [];
  const line = lineOf(node);
  const source = sourceLine(entry, line);
  if (/^[a-z]/.test(name)) return htmlProblems(name, node, entry);
  if (imported.has(name.split('.')[0] ?? '')) return [];
  if (!(name in vocabulary)) {
    const right = nearest(name, Object.keys(vocabulary));
    return [
      {
        what: `Unknown component <${name}>`,
        ...at(entry, line, `<${name}>`),
        nearest: right && `<${right}>`,
        paste: right && source.replace(`<${name}`, `<${right}`),
      },
    ];
  }
  const schema = vocabulary[name as keyof typeof vocabulary];
  const expressions = (node.attributes ?? []).filter(({ value }) => typeof value === 'object' && value !== null);
  const data = Object.fromEntries(
    (node.attributes ?? []).flatMap((each) =>
      each.name && !expressions.includes(each) ? [[each.name, each.value ?? true]] : [],
    ),
  );
  const { error } = schema.safeParse(data);
  if (!error) return [];
  return fieldProblems(schema, error, { file: entry.name, line: () => line, data, known })
    .filter(({ field }) => !expressions.some((each) => each.name === field))
    .map((problem) => ({
      ...problem,
      field: problem.field ? `<${name} ${problem.field}>` : `<${name}>`,
      paste: openingTag(name, data, problem, schema),
    }));
}

/** The opening tag of a component with the attribute of a problem mended. */
function openingTag(
  name: string,
  data: Record<string, unknown>,
  { field, nearest: value }: Problem,
  schema: z.ZodType,
): string {
  const known = shape(schema) ?? {};
  const attributes = Object.entries(data).map(([key, old]) =>
    key === field && !(key in known) ? [value, old] : [key, old],
  );
  const mended = {
    ...Object.fromEntries(attributes),
    ...(field in known ? { [field]: value } : !field && { name: 'Speaker' }),
  };
  return `<${[name, ...Object.entries(mended).map(([key, text]) => `${key}="${text}"`)].join(' ')}>`;
}

/** HTML that would bypass the site's pictures, or reach for another host. */
function htmlProblems(name: string, node: ProseNode, entry: SourceEntry): Problem[] {
  if (!['img', 'script', 'iframe'].includes(name)) return [];
  const line = lineOf(node);
  const src = attribute(node, 'src') ?? './picture.jpg';
  const markdown = `![${attribute(node, 'alt') ?? 'What it shows'}](${src})`;
  return [
    {
      what: `<${name}> is not for MDX: ${name === 'img' ? 'a picture is written as Markdown, so that the site can size it' : 'no page runs scripts or frames of others'}`,
      ...at(entry, line, `<${name}>`),
      nearest: name === 'img' ? markdown : '[a link](https://example.com)',
      paste: name === 'img' ? markdown : `[What is there](${src})`,
    },
  ];
}

function pictureProblems(
  node: ProseNode,
  entry: SourceEntry,
  known: Known,
  publicFiles: ReadonlySet<string>,
): Problem[] {
  if (node.type !== 'image') return [];
  const { url = '', alt } = node;
  const place = at(entry, lineOf(node), 'picture');
  const pictures = known.files.filter((file) => /\.(jpe?g|png|webp|avif|gif|svg)$/i.test(file));
  const path = decodeURI(url);
  const there = path.startsWith('/')
    ? publicFiles.has(path)
    : known.files.includes(path.startsWith('./') ? path : `./${path}`);
  const found = there ? url : (nearest(url, pictures) ?? './picture.jpg');
  const problems: Problem[] = [];
  if (/^[a-z]+:|^\/\//i.test(url))
    problems.push({
      what: `The picture ${url} is on another host: no page asks one for anything`,
      ...place,
      nearest: found,
      paste: `![${alt || 'What it shows'}](${found})`,
    });
  else if (!there)
    problems.push({
      what: `There is no picture ${url} beside the entry`,
      ...place,
      nearest: found,
      paste: `![${alt || 'What it shows'}](${found})`,
    });
  if (!alt?.trim())
    problems.push({
      what: `The picture ${url} has no alternative text, for those who do not see it`,
      ...place,
      nearest: 'What it shows',
      paste: `![What it shows](${found})`,
    });
  return problems;
}

function headingProblems(node: ProseNode, entry: SourceEntry): Problem[] {
  if (node.type !== 'heading' || (node as { depth?: number }).depth !== 1) return [];
  const line = lineOf(node);
  const mended = `#${sourceLine(entry, line)}`;
  return [
    {
      what: 'A heading of the first level: the page has one, its title',
      ...at(entry, line, 'heading'),
      nearest: '##',
      paste: mended,
    },
  ];
}

function linkOf(node: ProseNode): Link | undefined {
  const href =
    node.type === 'link' || node.type === 'definition'
      ? node.url
      : node.name === 'a'
        ? attribute(node, 'href')
        : undefined;
  if (href === undefined || /^[a-z][a-z\d+.-]*:|^\/\//i.test(href)) return undefined;
  return { href, line: lineOf(node) };
}

const lineOf = (node: ProseNode) => node.position?.start.line ?? 1;

export const sourceLine = (entry: SourceEntry, line: number) => (entry.text.split(/\r?\n/)[line - 1] ?? '').trim();

const at = (entry: SourceEntry, line: number, field: string) => ({ file: entry.name, line, field });
