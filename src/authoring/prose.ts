import { satteriHeadingIdsPlugin } from '@astrojs/markdown-satteri';
import { mdxToJs } from 'satteri';
import {
  attribute,
  type BodyFacts,
  bodyFacts,
  contentsOf,
  emptyBody,
  htmlTree,
  importedNames,
  proseNodes,
  textPlugins,
} from '#catalog/body.ts';
import { componentProblems, type Mention, mentions } from './components.ts';
import { type BodyFilm, filmProblems, films } from './films.ts';
import { type Link, linkOf } from './links.ts';
import { unknownNames } from './mdx-names.ts';
import { malformedMdx } from './mdx-syntax.ts';
import type { Known } from './nearest.ts';
import { type BodyPicture, pictureProblems, pictures } from './pictures.ts';
import type { Problem } from './problem.ts';
import { controlCharacters, silentLosses } from './silent-losses.ts';
import { sourceLine, type BodyNode, type SourceEntry, span } from './source.ts';

/** What a body holds that other entries and files may depend on. */
export interface Prose {
  /** Whether it can be read at all; the rest is empty if not. */
  readable: boolean;
  /** The anchors of its headings, exactly as they are on its page. */
  anchors: string[];
  links: Link[];
  mentions: Mention[];
  pictures: BodyPicture[];
  films: BodyFilm[];
  facts: Omit<BodyFacts, 'digest'>;
  problems: Problem[];
}

/** Judges the body of an entry: its syntax, its components, its pictures. */
export function readProse(entry: SourceEntry, known: Known, publicFiles: ReadonlySet<string>): Prose {
  try {
    return proseOf(entry.body, entry, known, publicFiles);
  } catch {
    const { problems, fixed } = malformedMdx(entry, (mdx) => parsed(mdx));
    const lines = new Set(problems.map(({ line }) => line));
    const others = fixed === undefined ? [] : proseOf(fixed, entry, known, publicFiles).problems;
    return {
      ...{ readable: false, anchors: [], links: [], mentions: [], pictures: [], films: [], facts: emptyBody },
      problems: [...problems, ...others.filter(({ line }) => !lines.has(line))],
    };
  }
}

/** What Astro can make of an MDX text, and what is to know of it. Throws what the parser throws. */
function parsed(mdx: string): { nodes: BodyNode[]; facts: Prose['facts']; anchors: string[] } {
  const nodes = proseNodes(mdx) as BodyNode[];
  const facts = bodyFacts(nodes);
  if (facts.hasCode) return { nodes, facts: { ...facts, contents: [] }, anchors: compiledAnchors(mdx) };
  const { anchors, sections } = htmlTree(mdx, { position: false });
  return { nodes, facts: { ...facts, contents: contentsOf(sections, facts.words) }, anchors };
}

function proseOf(mdx: string, entry: SourceEntry, known: Known, publicFiles: ReadonlySet<string>): Prose {
  const { nodes, facts, anchors } = parsed(mdx);
  const imported = importedNames(nodes);
  const ours = nodes.filter(({ name }) => !imported.has(name?.split('.')[0] ?? ''));
  const shown = pictures(nodes);
  const played = films(ours, entry);
  return {
    readable: true,
    anchors,
    facts,
    links: nodes
      .filter((node) => !shown.some(({ source }) => source === node))
      .flatMap((node) => linkOf(node, entry) ?? []),
    mentions: ours.flatMap((node) => mentions(node, entry)),
    pictures: shown,
    films: played,
    problems: [
      ...ours.flatMap((node) => [
        ...componentProblems(node, entry, known),
        ...htmlProblems(node, entry),
        ...headingProblems(node, entry),
      ]),
      ...unknownNames(nodes, entry),
      ...silentLosses(ours, entry),
      ...controlCharacters(entry),
      ...shown.flatMap((picture) => pictureProblems(picture, entry, known, publicFiles)),
      ...played.flatMap((film) => filmProblems(film, entry, known)),
    ],
  };
}

/** Of a body with code in it, which only compiling it can judge. */
function compiledAnchors(mdx: string): string[] {
  const { data } = mdxToJs(mdx, {
    hastPlugins: [...textPlugins, satteriHeadingIdsPlugin()],
    features: { smartPunctuation: true },
    data: { astro: { frontmatter: {}, headings: [], localImagePaths: new Set(), remoteImagePaths: new Set() } },
  }) as { data: { astro: { headings: { slug: string }[] } } };
  return data.astro.headings.map(({ slug }) => slug);
}

/** HTML that would bypass the site's pictures, or reach for another host. */
function htmlProblems(node: BodyNode, entry: SourceEntry): Problem[] {
  const { name } = node;
  if (!name || !['img', 'script', 'iframe'].includes(name)) return [];
  const { first } = span(node);
  const src = attribute(node, 'src');
  const local = name === 'img' && !/^[a-z]+:|^\/\//i.test(src ?? '');
  const words = attribute(node, 'alt') ?? attribute(node, 'title') ?? (local ? 'What it shows' : 'What is there');
  const right = src === undefined ? undefined : `${local ? '!' : ''}[${words}](${src})`;
  const source = sourceLine(entry, first);
  const written = new RegExp(`<${name}\\b[^>]*>(?:.*</${name}>)?`).exec(source)?.[0];
  return [
    {
      what: `<${name}> is not for MDX: ${name === 'img' ? 'a picture is written as Markdown, so that the site can size it' : 'no page runs scripts or frames of others'}`,
      file: entry.name,
      line: first,
      field: `<${name}>`,
      nearest: right,
      paste: written && source.replace(written, () => right ?? `{/* ${written} */}`),
    },
  ];
}

function headingProblems(node: BodyNode, entry: SourceEntry): Problem[] {
  const { first, last } = span(node);
  const markdown = node.type === 'heading' && node.depth === 1;
  if (!markdown && node.name !== 'h1') return [];
  const underlined = markdown && /^\s*=+\s*$/.test(sourceLine(entry, last));
  const line = underlined ? last : first;
  const source = sourceLine(entry, line);
  const [nearest, paste] = underlined
    ? ['---', source.replaceAll('=', '-')]
    : markdown
      ? ['##', source.replace('#', '##')]
      : ['##', source.replaceAll(/<h1\b[^>]*>/g, '## ').replaceAll('</h1>', '')];
  const what = 'A heading of the first level: the page has one, its title';
  return [{ what, file: entry.name, line, field: 'heading', nearest, paste }];
}
