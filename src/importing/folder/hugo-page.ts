import type { Lost } from '#importing/archive.ts';
import { at, listOf, textOf } from './fields.ts';
import { type Data, isData } from './front-matter.ts';
import { merged } from './hugo-config.ts';

/** A page of the source. */
export interface Page {
  /** Inside the folder. */
  file: string;
  /** Inside the content folder: folders of its sections, and the name of its file or bundle. */
  sections: readonly string[];
  name: string;
  kind: 'page' | 'section';
  /** The folder of the files that belong to it, inside the folder. */
  folder: string;
  isHtml: boolean;
  data: Data;
  body: string;
  line: number;
  /** The path of its page on the old site, with that of the site in front. */
  path: string;
  lost: Lost[];
}

const postSections = new Set([
  'post',
  'posts',
  'blog',
  'blogs',
  'article',
  'articles',
  'news',
  'journal',
  'entries',
  'entry',
  'writing',
  'episode',
  'episodes',
  'podcast',
  'podcasts',
]);
const peopleSections = new Set(['host', 'hosts', 'guest', 'guests', 'author', 'authors']);

/** Gives pages what the pages of their sections hand down, and what front matter has under `params`. */
export function cascade(pages: readonly Page[], config: Data): void {
  const under = pages.filter(({ kind, data }) => kind === 'section' && at(data, 'cascade') !== undefined);
  const all = at(config, 'cascade');
  const handed = (value: unknown): Data =>
    [value].flat().reduce<Data>((whole, each) => {
      if (!isData(each) || at(each, '_target') !== undefined || at(each, 'target') !== undefined) return whole;
      return merged(whole, each);
    }, {});
  for (const page of pages) {
    const above = under
      .filter((each) => page.file !== each.file && page.file.startsWith(`${each.folder}/`))
      .toSorted((a, b) => a.folder.length - b.folder.length);
    const inherited = above.reduce((whole, each) => merged(whole, handed(at(each.data, 'cascade'))), handed(all));
    const { params, ...own } = page.data;
    page.data = merged(merged(inherited, isData(params) ? params : {}), isData(params) ? own : page.data);
  }
}

/** Whether a page is about a person. */
export function isPerson({ sections, kind, data, name }: Page): boolean {
  const type = textOf(at(data, 'type'))?.toLowerCase();
  if (kind === 'section')
    return sections.length === 1 && peopleSections.has(sections[0]?.toLowerCase() ?? '') && name !== '';
  return (
    (type !== undefined && peopleSections.has(type)) ||
    (sections.length > 0 && peopleSections.has(sections[0]?.toLowerCase() ?? ''))
  );
}

/** Whether a page is an entry of a list by date, as its type, its section or its date say. */
export function isPost({ data, sections }: Page, pages: readonly Page[], config: Data): boolean {
  const type = textOf(at(data, 'type'))?.toLowerCase();
  if (type === 'page' || type === 'pages') return false;
  if (type !== undefined && postSections.has(type)) return true;
  const main = [at(config, 'mainSections'), at(config, 'params.mainSections')].flatMap((each) => listOf(each));
  const [section] = sections;
  const isDated = ['date', 'publishdate', 'pubdate'].some((each) => at(data, each) !== undefined);
  if (section !== undefined && main.includes(section)) return true;
  if (section === undefined)
    return (
      isDated &&
      !pages.some(
        (each) =>
          each.kind === 'page' && each.sections.length > 0 && postSections.has(each.sections[0]?.toLowerCase() ?? ''),
      )
    );
  if (postSections.has(section.toLowerCase())) return true;
  return isDated && !/^(?:docs?|documentation|pages?|about|legal|contact)$/i.test(section);
}
