import type { Archive, ArchivedFile, Lost } from '#importing/archive.ts';
import { plainText } from '#importing/html.ts';
import type { ReadContext } from '#importing/source.ts';
import { excerptOf, pieceOf } from './entry.ts';
import { at, dateOf, Fields, languageOf, listOf, textOf } from './fields.ts';
import { type Data, dataOf, documentOf, formatOf, isData } from './front-matter.ts';
import { Gathered, personOf } from './gathered.ts';
import { asCommonMark } from './kramdown.ts';
import { jekyllPath, type JekyllAddressed } from './jekyll-addresses.ts';
import { outputOf, type Templates } from './liquid-output.ts';
import { templateTags } from './liquid.ts';
import { folderOf, joined, type Kind, located, nameOf, withoutQuery } from './locate.ts';
import { extendedFeatures, htmlOf } from './markup.ts';
import { type Tree, treeOf } from './tree.ts';

interface Page {
  /** Inside the folder. */
  file: string;
  /** Inside the source of the site. */
  inside: string;
  collection: string | undefined;
  isDraft: boolean;
  isHtml: boolean;
  /** The name of its file, without the day before it. */
  name: string;
  /** The day that its file's name says. */
  day: string | undefined;
  categories: readonly string[];
  data: Data;
  body: string;
  line: number;
  path: string;
  lost: Lost[];
}

/** Collections by their names: whether they have pages, and where. */
type Collections = Map<string, { isShown: boolean; permalink: string | undefined }>;

const textFile = /\.(?:md|markdown|mkdown|mkdn|mkd|html?)$/i;
const otherText = /\.(?:textile|org|adoc|asciidoc|rst)$/i;

/** A folder of Jekyll's: posts, drafts, pages and collections, with their configuration. */
export async function jekyllArchive(folder: string, context: ReadContext): Promise<Archive> {
  const gathered = new Gathered();
  const tree = await treeOf(folder, gathered.lost, ['_site', 'vendor']);
  let config: Data = {};
  for (const name of ['_config.yml', '_config.yaml', '_config.toml'])
    if (tree.has(name))
      config = {
        ...config,
        ...dataOf((await tree.text(name, gathered.lost)) ?? '', formatOf(name) ?? 'yaml', gathered.lost, name),
      };
  return new Jekyll(tree, config, gathered, context).archive();
}

class Jekyll {
  readonly #tree: Tree;
  readonly #config: Data;
  readonly #gathered: Gathered;
  readonly #context: ReadContext;
  readonly #lost: Lost[];
  readonly #origin: string | undefined;
  readonly #base: string;
  readonly #timezone: string | undefined;
  /** The source of the site inside the folder, with a slash at its end, or empty. */
  readonly #source: string;
  #pages: Page[] = [];
  readonly #byPath = new Map<string, Page>();
  /** Files of `_includes` that are nothing but text. */
  readonly #includes = new Map<string, string>();
  #guid: ((page: Page) => string | undefined) | undefined;
  #episodeGuid: ((page: Page) => string | undefined) | undefined;

  constructor(tree: Tree, config: Data, gathered: Gathered, context: ReadContext) {
    this.#tree = tree;
    this.#config = config;
    this.#gathered = gathered;
    this.#context = context;
    this.#lost = gathered.lost;
    const url = URL.parse(textOf(config['url']) ?? '');
    const isReal =
      url !== null &&
      /^https?:$/.test(url.protocol) &&
      !/^(?:www\.|your-?)?example\.(?:com|org|net)$|^localhost$|^(?:0\.0\.0\.0|127\.)/.test(url.hostname);
    this.#origin = isReal ? url.origin : undefined;
    const base = (textOf(config['baseurl']) ?? '').replaceAll(/^\/+|\/+$/g, '');
    this.#base = base && base !== '.' ? `/${base}` : '';
    if (!isReal)
      this.#lost.push({
        what: 'address',
        detail: '_config.yml does not say the url of the site: addresses of it are known by their paths alone',
      });
    this.#timezone = textOf(config['timezone']);
    const source = (textOf(config['source']) ?? '').replaceAll(/^(?:\.?\/)+|\/+$/g, '');
    const said = source && source !== '.' ? `${source}/` : '';
    const posts = tree.files.find((file) => /(?:^|\/)_posts\//.test(file));
    const isThere = said === '' || tree.files.some((file) => file.startsWith(said));
    this.#source = isThere ? said : (posts?.replace(/_posts\/.*$/, '') ?? '');
    if (!isThere)
      this.#lost.push({
        what: 'source',
        detail: `_config.yml names ${said} as the source, which is not there: ${this.#source || 'the folder itself'} is read`,
      });
  }

  async archive(): Promise<Archive> {
    await this.#readPeople();
    await this.#readIncludes();
    await this.#readPages();
    await this.#readGuids();
    const config = (path: string) => textOf(at(this.#config, path));
    const author = at(this.#config, 'author');
    const said = this.#gathered.parts(author ?? []).map(({ person }) => person);
    let count = 0;
    for (const page of this.#pages) {
      count += 1;
      this.#context.progress(`${count}/${this.#pages.length}  ${page.file}`);
      await this.#take(page);
    }
    const language = languageOf(at(this.#config, 'lang') ?? at(this.#config, 'locale') ?? at(this.#config, 'language'));
    const image = config('logo') ?? config('podcast_album_art') ?? config('podcast.image');
    const hosts = this.#gathered.hosts(said);
    const description = config('description') ?? config('podcast_description');
    const cover = image === undefined ? undefined : this.#picture(image);
    return this.#gathered.archive('jekyll', {
      ...(this.#origin !== undefined && { address: `${this.#origin}${this.#base}/` }),
      fields: {
        title: config('title') ?? config('name') ?? config('podcast_title'),
        tagline: config('tagline') ?? config('subtitle'),
        description: description === undefined ? undefined : plainText({ markdown: description }).trim(),
        ...{ language, timezone: this.#timezone, copyright: config('copyright') },
        ...(hosts.length > 0 && { hosts }),
      },
      ...(cover && { cover }),
    });
  }

  async #readPeople() {
    for (const file of this.#tree.files) {
      const [, one, many] =
        /^_data\/(?:(?:authors|people|hosts|guests)\/([^/]+)|(authors|people|hosts|guests|members|team))\.(?:ya?ml|json)$/i.exec(
          file.slice(this.#source.length),
        ) ?? [];
      const format = formatOf(file);
      if ((one === undefined && many === undefined) || format === undefined) continue;
      const data = dataOf((await this.#tree.text(file, this.#lost)) ?? '', format, this.#lost, file);
      this.#gathered.introduceAll(one === undefined ? Object.entries(data) : [[one, data]], (said) =>
        this.#picture(said),
      );
    }
  }

  async #readIncludes() {
    const folder = `${this.#source}_includes/`;
    for (const file of this.#tree.files) {
      if (!file.startsWith(folder) || !/\.(?:md|markdown|html|txt)$/i.test(file)) continue;
      const text = (await this.#tree.text(file, [])) ?? '{{';
      if (!/\{[{%]/.test(text) && text.length < 20_000) this.#includes.set(file.slice(folder.length), text.trim());
    }
  }

  /** The collections that the site has beside its posts, and whether they have pages. */
  #collections(): Collections {
    const said = this.#config['collections'];
    const found: Collections = new Map();
    if (Array.isArray(said)) for (const name of said) found.set(String(name), { isShown: false, permalink: undefined });
    if (isData(said))
      for (const [name, data] of Object.entries(said))
        found.set(name, { isShown: at(data, 'output') === true, permalink: textOf(at(data, 'permalink')) });
    return found;
  }

  async #readPages() {
    const collections = this.#collections();
    const inFolder = (textOf(this.#config['collections_dir']) ?? '').replaceAll(/^\/+|\/+$/g, '');
    const excluded = listOf(this.#config['exclude']).map((each) => each.replaceAll(/^\/+|\/+$|\*+.*$/g, ''));
    for (const file of this.#tree.files) {
      if (!file.startsWith(this.#source)) continue;
      const inside = file.slice(this.#source.length);
      const plain = inFolder && inside.startsWith(`${inFolder}/`) ? inside.slice(inFolder.length + 1) : inside;
      const parts = plain.split('/');
      const folders = parts.slice(0, -1);
      const at = folders.findIndex((each) => each === '_posts' || each === '_drafts');
      const own = at >= 0 ? folders[at]?.slice(1) : folders[0]?.startsWith('_') ? folders[0].slice(1) : undefined;
      if (excluded.some((each) => each && (inside === each || inside.startsWith(`${each}/`)))) continue;
      const isPost = own === 'posts' || own === 'drafts';
      if (isPost && otherText.test(file))
        this.#lost.push({
          what: 'format',
          detail: `${file} is in a format that is not read here: turn it into Markdown, and import again`,
        });
      if (!textFile.test(file)) continue;
      if (own !== undefined && !isPost && !collections.has(own)) continue;
      if (own === undefined && folders.some((each) => each.startsWith('_') || each.startsWith('.'))) continue;
      // Files about the source are none of the site.
      if (
        own === undefined &&
        folders.length === 0 &&
        /^(?:readme|license|licence|contributing|changelog|code_of_conduct|security|history)\b/i.test(nameOf(inside))
      )
        continue;
      await this.#readPage(file, inside, own, at >= 0 ? folders.slice(0, at) : [], collections);
    }
    for (const page of this.#pages) this.#byPath.set(page.path, page);
  }

  async #readPage(
    file: string,
    inside: string,
    collection: string | undefined,
    above: readonly string[],
    collections: Collections,
  ) {
    const lost: Lost[] = [];
    const text = await this.#tree.text(file, lost);
    if (text === undefined) {
      this.#lost.push(...lost);
      return;
    }
    const document = documentOf(text, lost);
    const isPost = collection === 'posts' || collection === 'drafts';
    // Jekyll copies what has no front matter as it is.
    if (!document.hasFrontMatter && !isPost && (/\.html?$/i.test(file) || collection === undefined)) return;
    const stem = nameOf(file).replace(textFile, '');
    const [, day, rest] = /^(\d{2,4}-\d{1,2}-\d{1,2})-(.+)$/.exec(stem) ?? [];
    if (collection === 'posts' && day === undefined) {
      this.#lost.push({
        what: 'name',
        detail: `${file} has no day in its name, and Jekyll passes over it: it is not imported`,
      });
      return;
    }
    const data = { ...handedDown(this.#defaults(inside, collection)), ...document.data };
    const known = collection === undefined ? undefined : collections.get(collection);
    if (collection !== undefined && !isPost && known?.isShown !== true) {
      if (/^(?:authors|people|hosts|guests|team)$/.test(collection)) this.#introduce(stem, data, document.body);
      else
        this.#lost.push({
          what: 'collection',
          detail: `${file} has no page on the old site, since the collection “${collection}” is not put out: it is not imported`,
        });
      return;
    }
    const categories = [...new Set([...above, ...wordsOf(data['categories']), ...onesOf(data['category'])])];
    const page: Page = {
      ...{
        file,
        inside,
        collection,
        isDraft: collection === 'drafts',
        isHtml: /\.html?$/i.test(file),
        name: rest ?? stem,
        day,
        categories,
      },
      ...{ data, body: document.body, line: document.line, path: '', lost },
    };
    page.path = this.#pathOf(page, known?.permalink);
    if (collection !== undefined && /^(?:authors|hosts|guests)$/.test(collection))
      return this.#introduce(stem, data, document.body, page.path);
    this.#pages.push(page);
  }

  /** A person of whom a collection has a file. */
  #introduce(key: string, data: Data, body: string, path?: string) {
    const person = personOf(data, { key, photo: (said) => this.#picture(said) });
    if (!person) return;
    const bio = body.trim() ? { bio: { markdown: body } } : {};
    this.#gathered.introduce({ ...person, ...bio, addresses: path === undefined ? [] : [path] }, [
      key,
      textOf(data['short_name']) ?? key,
    ]);
  }

  /** What `defaults` of the configuration say of a file. */
  #defaults(inside: string, collection: string | undefined): Data {
    const type = collection ?? 'pages';
    const all = [this.#config['defaults'] ?? []].flat().filter(isData);
    const fitting = all.filter((each) => {
      const path = (textOf(at(each, 'scope.path')) ?? '').replaceAll(/^\/+|\/+$|\*+.*$/g, '');
      const wanted = textOf(at(each, 'scope.type'));
      return (
        (path === '' || inside === path || inside.startsWith(`${path.replace(/\/$/, '')}/`)) &&
        (wanted === undefined || wanted === type || `${wanted}s` === type)
      );
    });
    return fitting
      .toSorted((a, b) => (textOf(at(a, 'scope.path')) ?? '').length - (textOf(at(b, 'scope.path')) ?? '').length)
      .reduce<Data>((whole, each) => ({ ...whole, ...(isData(each['values']) ? each['values'] : {}) }), {});
  }

  #pathOf(page: Page, ofCollection: string | undefined): string {
    const { data, collection, inside, day } = page;
    const isPost = collection === 'posts' || collection === 'drafts';
    const ofConfig = textOf(this.#config['permalink']);
    const own =
      textOf(data['permalink']) ?? (isPost ? textOf(at(this.#config, 'collections.posts.permalink')) : ofCollection);
    const addressed: JekyllAddressed = {
      name: page.name,
      slug: textOf(data['slug']),
      title: textOf(data['title']),
      folder: folderOf(collection === undefined ? inside : inside.replace(/^.*?_[^/]+\//, '')),
      categories: page.categories,
      collection,
      date: dateOf(data['date'], this.#timezone) ?? (day === undefined ? undefined : dayOf(day)),
      timezone: this.#timezone,
    };
    return (
      this.#base +
      jekyllPath(own, ofConfig, addressed, isPost ? 'post' : collection === undefined ? 'page' : 'document')
    );
  }

  #templates(page: Page | undefined, more: Data = {}): Templates {
    return {
      value: (name) => {
        const [head = '', ...rest] = name.split('.');
        if (name === 'site.url') return this.#origin ?? '';
        if (name === 'site.baseurl') return this.#base;
        if (head === 'site') return textOf(at(this.#config, rest.join('.')));
        if (head === 'page' && page) {
          if (rest[0] === 'url') return page.path.slice(this.#base.length);
          return textOf(at(page.data, rest.join('.')));
        }
        return textOf(at(more, name));
      },
      relative: (path) => (/^(?:https?:)?\/\//.test(path) ? path : `${this.#base}/${path.replace(/^\/+/, '')}`),
      absolute: (path) =>
        /^(?:https?:)?\/\//.test(path) ? path : `${this.#origin ?? ''}${this.#base}/${path.replace(/^\/+/, '')}`,
      post: (name) => {
        const wanted = name.replace(/^\/+/, '').replace(textFile, '');
        return this.#pages.find(
          ({ collection, inside }) =>
            collection === 'posts' && inside.replace(textFile, '').split('_posts/').join('').endsWith(wanted),
        )?.path;
      },
      file: (path) => {
        const wanted = path.replace(/^\/+/, '');
        const found = this.#pages.find(({ inside }) => inside === wanted);
        return found?.path ?? (this.#tree.has(this.#source + wanted) ? `${this.#base}/${wanted}` : undefined);
      },
      included: (name) => this.#includes.get(name),
      hasHashComments: false,
      line: page?.line ?? 1,
    };
  }

  /** What the old feed calls an entry: as jekyll-feed does, or by a template that can be read. */
  async #readGuids() {
    if (this.#origin === undefined) return;
    const origin = this.#origin;
    const plugins = [...listOf(this.#config['plugins']), ...listOf(this.#config['gems'])];
    const gemfile = this.#tree.has('Gemfile') ? ((await this.#tree.text('Gemfile', [])) ?? '') : '';
    const feeds = this.#tree.files
      .map((file) => file.slice(this.#source.length))
      .filter((file) => /^(?:_includes\/)?[^/]+\.xml$/.test(file));
    for (const name of new Set(['feed.xml', 'atom.xml', 'rss.xml', 'podcast.xml', ...feeds])) {
      if (!this.#tree.has(this.#source + name)) continue;
      const text = (await this.#tree.text(this.#source + name, [])) ?? '';
      const [, said = ''] = /<(?:item|entry)>[\s\S]*?<(?:guid|id)\b[^>]*>([\s\S]*?)<\/(?:guid|id)>/i.exec(text) ?? [];
      const variable = /\{%-?\s*for\s+(\w+)\s+in/.exec(text)?.[1] ?? 'post';
      if (!said.includes(variable)) continue;
      const guid = (page: Page) => this.#guidBy(said.trim(), variable, page);
      if (/<enclosure\b/i.test(text)) this.#episodeGuid ??= guid;
      else this.#guid ??= guid;
    }
    if (plugins.includes('jekyll-feed') || /jekyll_plugins[\s\S]*jekyll-feed/.test(gemfile))
      this.#guid = (page) => origin + idOf(page);
  }

  /** What the template of a feed makes the identity of an entry; undefined where it decides or computes. */
  #guidBy(template: string, variable: string, page: Page): string | undefined {
    const post = { url: page.path.slice(this.#base.length), id: idOf(page).slice(this.#base.length) };
    let isKnown = !template.includes('{%');
    const guid = template.replaceAll(/\{\{-?([\s\S]*?)-?\}\}/g, (_, expression: string) => {
      const value = outputOf(expression.trim(), this.#templates(page, { [variable]: { ...page.data, ...post } }));
      if (value === undefined) isKnown = false;
      return value ?? '';
    });
    return isKnown ? guid : undefined;
  }

  #file(said: string, page: Page | undefined): { inside: string; path: string } | undefined {
    const path = withoutQuery(said);
    if (!path || path.endsWith('/')) return undefined;
    const onPage = page && URL.parse(said, `http://site.invalid${page.path}`);
    const address = onPage ? withoutQuery(onPage.pathname) : path;
    const candidates = [address, path]
      .flatMap((each) =>
        this.#base && each.startsWith(`${this.#base}/`) ? [each.slice(this.#base.length), each] : [each],
      )
      .map((each) => joined(this.#source, each));
    if (page && !path.startsWith('/')) candidates.push(joined(folderOf(page.file), path));
    return this.#tree.find(candidates);
  }

  #address(address: string, kind: Kind, page: Page | undefined): string {
    return located(address, kind, {
      origin: this.#origin,
      base: this.#base,
      path: page?.path,
      file: (said) => this.#file(said, page),
      page: (said) => {
        if (!page) return undefined;
        if (textFile.test(said) && !/\.html?$/i.test(said)) {
          const file = said.startsWith('/') ? joined('', said) : joined(folderOf(page.inside), said);
          return this.#pages.find(({ inside }) => inside === file)?.path;
        }
        const path = URL.parse(said, `http://site.invalid${page.path}`)?.pathname ?? '';
        const bare = path.replace(/\/$|\.html$/, '');
        return [path, `${bare}.html`, `${bare}/`, bare]
          .map((each) => this.#byPath.get(each)?.path)
          .find((each) => each !== undefined);
      },
      files: this.#gathered.files,
    });
  }

  /** A picture that belongs to no page. */
  #picture(said: string): ArchivedFile | undefined {
    return this.#gathered.fileAt(this.#address(said, 'cover', undefined));
  }

  #html(page: Page, body: string, lost: Lost[]): string {
    const source = page.isHtml ? body : asCommonMark(body);
    return htmlOf({
      ...{ source, isHtml: page.isHtml, tags: templateTags(source, this.#templates(page)), lost },
      features: extendedFeatures(!page.isHtml && source.includes('$$'), lost),
      address: (address, kind) => this.#address(address, kind, page),
    });
  }

  async #take(page: Page) {
    const { data, lost, collection, file, inside } = page;
    const isPost =
      collection === 'posts' ||
      collection === 'drafts' ||
      (collection !== undefined && (page.day !== undefined || data['date'] !== undefined));
    const body = page.body.trimEnd();
    if (/\/404(?:\.html|\/)$/.test(page.path)) return;
    if (!isPost && /^(?:404\.(?:html|md)|(?:.*\/)?(?:search|feed|sitemap)\.\w+)$/i.test(inside)) return;
    if (page.isHtml && /\{%-?\s*(?:for|paginate|include|if)\b/.test(body) && !isPost) {
      this.#lost.push({
        what: 'template',
        detail: `${file} is a template, which makes its page of other pages: it is not imported`,
      });
      return;
    }
    if (!isPost && !body.trim()) {
      this.#lost.push({ what: 'section', detail: `${file} has no text of its own: it is not imported` });
      return;
    }
    const fields = new Fields(data);
    fields.take('categories');
    fields.take('category');
    const keywords = [
      ...wordsOf(fields.take('tags')),
      ...onesOf(fields.take('tag')),
      ...listOf(fields.take('keywords')),
    ];
    const separator = fields.text('excerpt_separator') ?? textOf(this.#config['excerpt_separator']) ?? '<!--more-->';
    const [before = '', after] = body.split(separator);
    const excerpt =
      after !== undefined && separator.trim() && before.trim()
        ? excerptOf(before, (text) => this.#html(page, text, []))
        : undefined;
    const old = [fields.take('redirect_from') ?? [], fields.take('alias') ?? [], fields.take('aliases') ?? []]
      .flat(2)
      .flatMap((each) => textOf(each) ?? []);
    const to = fields.text('redirect_to');
    if (to !== undefined) {
      this.#lost.push({ what: 'redirect', detail: `${file} leads on to ${to}: it is not imported` });
      return;
    }
    const isShown = fields.take('published') !== false;
    const isDraft = page.isDraft || !isShown || fields.text('draft') === 'true';
    for (const each of [
      'excerpt_separator',
      'render_with_liquid',
      'sitemap',
      'search',
      'nav_order',
      'has_children',
      'parent',
    ])
      fields.take(each);
    if (textOf(fields.peek('excerpt'))?.includes('{{')) fields.take('excerpt');
    const title = page.name.replaceAll(/[-_]+/g, ' ').trim();
    this.#gathered.pieces.push(
      await pieceOf(
        {
          ...{ file, kind: isPost ? 'posts' : 'pages', lost, fields, excerpt, keywords, isDraft },
          slug: textOf(data['slug']) ?? (page.name === 'index' ? nameOf(folderOf(inside)) || 'home' : page.name),
          title: title.charAt(0).toUpperCase() + title.slice(1),
          date: page.day === undefined ? undefined : dayOf(page.day),
          html: this.#html(page, body, lost),
          addresses: [
            page.path,
            ...old.map((each) => URL.parse(each)?.pathname ?? `${this.#base}/${each.replace(/^\/+/, '')}`),
          ].filter((each) => each !== `${this.#base}/` && !each.includes('/:')),
          guid: isDraft ? undefined : this.#guid?.(page),
          episodeGuid: this.#episodeGuid && (this.#episodeGuid(page) ?? null),
          topics: page.categories,
        },
        {
          ...{ gathered: this.#gathered, origin: this.#origin, timezone: this.#timezone, now: this.#context.now },
          address: (address, kind) => this.#address(address, kind, page),
          fileOf: (address) => this.#file(address, page)?.path,
        },
      ),
    );
  }
}

/** Of what the configuration says of many files, what is true of each: a picture for all of them is none of theirs. */
const handedDown = (data: Data): Data =>
  Object.fromEntries(
    Object.entries(data).filter(([name]) =>
      /^(?:permalink|authors?|categor(?:y|ies)|tags?|published|date|slug|excerpt_separator|sitemap)$/.test(name),
    ),
  );

/** What `id` of a post is for Jekyll: its folder and its name. */
const idOf = (page: Page): string =>
  `${folderOf(page.path.replace(/\/$/, ''))}/${textOf(page.data['slug']) ?? page.name}`;

/** Words of a field of several: with spaces between them, or commas. */
const wordsOf = (value: unknown): string[] =>
  typeof value === 'string' && !value.includes(',') ? value.split(/\s+/).filter(Boolean) : listOf(value);

const onesOf = (value: unknown): string[] =>
  Array.isArray(value) ? listOf(value) : [textOf(value) ?? ''].filter(Boolean);

const dayOf = (day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
};
