import type { Archive, Lost } from '#importing/archive.ts';
import { plainText } from '#importing/html.ts';
import { type ReadContext, UnreadableArchive } from '#importing/source.ts';
import { counted } from '#site/count.ts';
import { excerptOf, pieceOf, type Site } from './entry.ts';
import { at, dateOf, Fields, languageOf, textOf } from './fields.ts';
import { type Data, dataOf, documentOf, formatOf, isData } from './front-matter.ts';
import { Gathered, personOf } from './gathered.ts';
import { patternOf, permalink, plainPath, uglyPath, urlized } from './hugo-addresses.ts';
import { configOf, contentRoots } from './hugo-config.ts';
import { cascade, isPerson, isPost, type Page } from './hugo-page.ts';
import { shortcodeTags } from './hugo-shortcodes.ts';
import { folderOf, joined, type Kind, located, nameOf, withoutQuery } from './locate.ts';
import { extendedFeatures, htmlOf } from './markup.ts';
import { type Tree, treeOf } from './tree.ts';

/** Folders of what Hugo itself writes, or takes from elsewhere. */
const unread = ['public', 'resources', 'themes', 'docs/public', '_vendor'];

/** A folder of Hugo's: content, configuration, static files. */
export async function hugoArchive(folder: string, context: ReadContext): Promise<Archive> {
  const gathered = new Gathered();
  const tree = await treeOf(folder, gathered.lost, unread);
  const config = await configOf(tree, gathered.lost);
  return new Hugo(tree, config, gathered, context).archive();
}

const contentFile = /\.(?:md|markdown|mdown|html?)$/i;
const otherContent = /\.(?:org|adoc|asciidoc|ad|rst|pdc|pandoc|ipynb)$/i;

class Hugo {
  readonly #tree: Tree;
  readonly #config: Data;
  readonly #gathered: Gathered;
  readonly #context: ReadContext;
  readonly #lost: Lost[];
  readonly #origin: string | undefined;
  /** The path of the site itself, without a slash at its end. */
  readonly #base: string;
  readonly #timezone: string | undefined;
  readonly #languages: Data;
  readonly #language: string;
  #pages: Page[] = [];
  readonly #byName = new Map<string, Page | null>();

  constructor(tree: Tree, config: Data, gathered: Gathered, context: ReadContext) {
    this.#tree = tree;
    this.#config = config;
    this.#gathered = gathered;
    this.#context = context;
    this.#lost = gathered.lost;
    const url = URL.parse(this.#said('baseURL') ?? '');
    const isReal =
      url !== null &&
      /^https?:$/.test(url.protocol) &&
      !/^(?:www\.)?example\.(?:com|org|net)$|^localhost$/.test(url.hostname);
    this.#origin = isReal ? url.origin : undefined;
    this.#base = (url?.pathname ?? '').replace(/\/$/, '');
    if (!isReal)
      this.#lost.push({
        what: 'address',
        detail: `baseURL ${url ? `(${url.href}) is a stand-in` : 'of the configuration is no whole address'}: addresses of the old site are known by their paths alone`,
      });
    this.#timezone = this.#said('timeZone');
    const languages = at(config, 'languages');
    this.#languages = isData(languages) ? languages : {};
    const names = Object.keys(this.#languages);
    const wanted = (this.#said('defaultContentLanguage') ?? 'en').toLowerCase();
    this.#language =
      names.find((each) => each.toLowerCase() === wanted) ?? (names.length > 0 ? (names[0] as string) : wanted);
  }

  #said(path: string): string | undefined {
    return textOf(at(this.#config, path));
  }

  /** Of the language that is read, or else of the site. */
  #ofLanguage(path: string): unknown {
    return at(this.#languages, `${this.#language}.${path}`) ?? at(this.#config, path);
  }

  async archive(): Promise<Archive> {
    await this.#readPages();
    await this.#readPeople();
    const params = (path: string) => textOf(this.#ofLanguage(`params.${path}`));
    const series =
      this.#ofLanguage('params.author') ?? at(this.#config, 'author') ?? at(this.#config, 'params.authors');
    const said = this.#gathered.parts(series ?? []).map(({ person }) => person);
    const feedGuid = await this.#feedGuid();
    let count = 0;
    for (const page of this.#pages) {
      count += 1;
      this.#context.progress(`${count}/${this.#pages.length}  ${page.file}`);
      await this.#take(page, feedGuid);
    }
    this.#nameUnused();
    const hosts = this.#gathered.hosts(said);
    const language = languageOf(this.#ofLanguage('languageCode') ?? this.#ofLanguage('locale') ?? this.#language);
    const category = params('feed.itunes_top_category');
    const categories = [params('feed.itunes_first_sub_category'), params('feed.itunes_second_sub_category')].flatMap(
      (each) => (category && each ? [`${category} > ${each}`] : []),
    );
    const owner = params('feed.itunes_owner_name');
    const email = params('feed.itunes_owner_email');
    const image = params('feed.itunes_image') ?? params('podcast.image') ?? params('itunes_image');
    const description =
      params('feed.itunes_summary') ?? params('description') ?? textOf(this.#ofLanguage('description'));
    const copyright = params('feed.copyright') ?? textOf(this.#ofLanguage('copyright'));
    const explicit = /^(?:yes|true)$/i.test(params('feed.explicit') ?? '');
    return this.#gathered.archive('hugo', {
      ...(this.#origin !== undefined && { address: `${this.#origin}${this.#base}/` }),
      fields: {
        title: textOf(this.#ofLanguage('title')),
        tagline: params('tagline') ?? params('subtitle'),
        description: description === undefined ? undefined : plainText({ markdown: description }).trim(),
        language,
        timezone: this.#timezone,
        copyright: copyright === undefined ? undefined : plainText({ markdown: copyright }).trim(),
        ...(owner && { owner: { name: owner, ...(email && { email }) } }),
        ...(category && { categories: categories.length > 0 ? categories : [category] }),
        ...(explicit && { explicit }),
        ...(hosts.length > 0 && { hosts }),
      },
      ...(image && { cover: { url: this.#address(image, 'cover', undefined) } }),
    });
  }

  async #readPages() {
    const others = Object.entries(this.#languages).filter(([name]) => name !== this.#language);
    const suffix = new RegExp(
      `\\.(${
        Object.keys(this.#languages)
          .map((each) => each.replaceAll(/[^\w-]/g, ''))
          .filter(Boolean)
          .join('|') || '(?!)'
      })$`,
      'i',
    );
    const left = new Map<string, number>();
    const otherFolders = others.flatMap(([name, data]) => {
      const folder = textOf(at(data, 'contentDir'))?.replace(/^\.?\/+|\/+$/g, '');
      return folder ? [{ name, folder }] : [];
    });
    for (const file of this.#tree.files) {
      const other = otherFolders.find(({ folder }) => file.startsWith(`${folder}/`));
      if (other && contentFile.test(file)) left.set(other.name, (left.get(other.name) ?? 0) + 1);
    }
    const roots = contentRoots(this.#config, this.#languages, this.#language);
    if (!roots.some(({ folder }) => this.#tree.files.some((file) => file.startsWith(`${folder}/`))))
      throw new UnreadableArchive(
        `${this.#tree.root} has the configuration of a Hugo site, but no content: looked in ${roots.map(({ folder }) => `${folder}/`).join(', ')}. Name the folder that has both.`,
      );
    const seen = new Set<string>();
    for (const { folder, under } of roots) {
      const inside = this.#tree.files.filter(
        (file) =>
          file.startsWith(`${folder}/`) &&
          !otherFolders.some((other) => other.folder.startsWith(`${folder}/`) && file.startsWith(`${other.folder}/`)),
      );
      const bundles = new Set(
        inside.filter((file) => /^index(?:\.[\w-]+)?\.(?:md|markdown|mdown|html?)$/i.test(nameOf(file))).map(folderOf),
      );
      for (const file of inside) {
        if (otherContent.test(file))
          this.#lost.push({
            what: 'format',
            detail: `${file} is in a format that is not read here: turn it into Markdown, and import again`,
          });
        if (!contentFile.test(file) || seen.has(file)) continue;
        seen.add(file);
        const stem = nameOf(file).replace(contentFile, '');
        const language = suffix.exec(stem)?.[1];
        if (language !== undefined && language.toLowerCase() !== this.#language.toLowerCase()) {
          left.set(language, (left.get(language) ?? 0) + 1);
          continue;
        }
        const name = language === undefined ? stem : stem.slice(0, -language.length - 1);
        const bundle = [...bundles].find(
          (each) => file.startsWith(`${each}/`) && !(name === 'index' && folderOf(file) === each),
        );
        if (bundle !== undefined && bundle !== folder) {
          this.#lost.push({
            what: 'resource',
            detail: `${file} is a part of ${bundle}, and no page of its own: it is not imported`,
          });
          continue;
        }
        await this.#readPage(file, name, [...under, ...folderOf(file).slice(folder.length).split('/').filter(Boolean)]);
      }
    }
    for (const [name, count] of left)
      this.#lost.push({
        what: 'language',
        detail: `${counted(count, 'page')} in “${name}”: this site has one language, “${this.#language}”`,
      });
    cascade(this.#pages, this.#config);
    for (const page of this.#pages) {
      page.path = this.#pathOf(page);
      this.#remember(page);
    }
  }

  async #readPage(file: string, name: string, folders: string[]) {
    const lost: Lost[] = [];
    const text = await this.#tree.text(file, lost);
    if (text === undefined) {
      this.#lost.push(...lost);
      return;
    }
    const { data, body, line } = documentOf(text, lost);
    const kind = name === '_index' ? 'section' : 'page';
    const isBundle = name === 'index' && folders.length > 0;
    const own = kind === 'section' ? folders : isBundle ? folders.slice(0, -1) : folders;
    this.#pages.push({
      ...{ file, kind, folder: folderOf(file), isHtml: /\.html?$/i.test(file), data, body, line, path: '', lost },
      sections: kind === 'section' ? own.slice(0, -1) : own,
      name: kind === 'section' ? (folders.at(-1) ?? '') : isBundle ? (folders.at(-1) ?? '') : name,
    });
  }

  #pathOf(page: Page): string {
    const { data, sections, name, kind } = page;
    const prefix =
      this.#base + (at(this.#config, 'defaultContentLanguageInSubdir') === true ? `/${this.#language}` : '');
    const own = textOf(at(data, 'url'));
    if (own !== undefined) {
      const path = URL.parse(own)?.pathname ?? `/${own.replace(/^\/+/, '')}`;
      return this.#base + path;
    }
    const slug = textOf(at(data, 'slug'));
    const permalinks = at(this.#config, 'permalinks');
    const date = dateOf(at(data, 'date') ?? at(data, 'publishdate'), this.#timezone);
    const pattern = isData(permalinks)
      ? patternOf(permalinks, sections[0] ?? (kind === 'section' ? name : undefined), kind)
      : undefined;
    const path =
      pattern === undefined
        ? plainPath(sections, kind === 'page' ? (slug ?? name) : name)
        : permalink(pattern, {
            sections: kind === 'section' ? [...sections, name] : sections,
            name,
            slug,
            date,
            data,
            title: textOf(at(data, 'title')) ?? name,
          });
    return prefix + (this.#said('uglyURLs') === 'true' && kind === 'page' ? uglyPath(path) : path);
  }

  /** Pages by the ways in which `ref` and links name them. */
  #remember(page: Page) {
    const logical = [...page.sections, page.name].filter(Boolean).join('/');
    const note = (name: string) =>
      this.#byName.set(name.toLowerCase(), this.#byName.has(name.toLowerCase()) ? null : page);
    for (const name of new Set([`/${logical}`, page.name])) note(name);
    this.#byName.set(`file:${page.file}`, page);
  }

  /** The page that `ref` names, from a page. */
  #ref(said: string, from: Page): string | undefined {
    const [, path = '', anchor = ''] = /^([^#]*)(#.*)?$/s.exec(said.trim()) ?? [];
    if (!path) return from.path + anchor;
    const name = path.replace(/\/_?index(?:\.[\w-]+)?\.(?:md|html?)$|\.(?:md|markdown|html?)$|\/$/i, '');
    const here = from.kind === 'section' ? [...from.sections, from.name] : from.sections;
    const candidates = name.startsWith('/')
      ? [name]
      : [joined(here.join('/'), name), joined('', name)].map((each) => `/${each}`);
    for (const candidate of [...candidates, name.startsWith('/') ? '' : nameOf(name)]) {
      const found = this.#byName.get(candidate.toLowerCase());
      if (found) return found.path + anchor;
    }
    return undefined;
  }

  #file(said: string, page: Page | undefined): { inside: string; path: string } | undefined {
    const path = withoutQuery(said);
    if (!path || path.endsWith('/')) return undefined;
    const statics = [this.#config['staticDir'] ?? this.#config['staticdir'] ?? 'static', 'assets']
      .flat()
      .flatMap((each) => textOf(each) ?? []);
    const ofSite = path.startsWith(`${this.#base}/`) ? path.slice(this.#base.length) : path;
    const onPage = page && URL.parse(said, `http://site.invalid${page.path}`);
    const address = onPage ? withoutQuery(onPage.pathname).slice(this.#base.length) : ofSite;
    const owner = this.#pages.find(
      ({ path: each, folder }) => each !== `${this.#base}/` && folder && `${this.#base}${address}`.startsWith(each),
    );
    const resources = [at(page?.data, 'resources') ?? []].flat().filter(isData);
    const named = resources.find((each) => textOf(each['name']) === path);
    const candidates = [
      ...(named ? [joined(page?.folder ?? '', textOf(named['src']) ?? '')] : []),
      ...(page && !path.startsWith('/') ? [joined(page.folder, path)] : []),
      ...statics.flatMap((folder) => [joined(folder, address), joined(folder, ofSite)]),
      ...(owner ? [joined(owner.folder, `${this.#base}${address}`.slice(owner.path.length))] : []),
      ...contentRoots(this.#config, this.#languages, this.#language).map(({ folder }) => joined(folder, ofSite)),
      ...statics.map((folder) => joined(folder, path)),
      joined('', path.replace(/^\//, '')),
    ];
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
        if (/\.(?:md|markdown)$/i.test(said)) return this.#ref(said, page);
        return undefined;
      },
      files: this.#gathered.files,
    });
  }

  #html(page: Page, body: string, lost: Lost[]): string {
    const tags = shortcodeTags(body, {
      ref: (path) => this.#ref(path, page),
      param: (name) => textOf(at(page.data, name)) ?? textOf(this.#ofLanguage(`params.${name}`)),
      line: page.line,
    });
    return htmlOf({
      ...{ source: body, isHtml: page.isHtml, tags, lost },
      features: extendedFeatures(body.includes('$$'), lost),
      address: (address, kind) => this.#address(address, kind, page),
    });
  }

  /** What pages of people and files of data say of them. */
  async #readPeople() {
    const photo = (page?: Page) => (said: string) => this.#gathered.fileAt(this.#address(said, 'cover', page));
    for (const page of this.#pages.filter(isPerson)) {
      const title = textOf(at(page.data, 'title'));
      const person = personOf(
        { ...page.data, name: title ?? textOf(at(page.data, 'name')) ?? page.name, description: undefined },
        { key: page.name, photo: photo(page) },
      );
      if (!person) continue;
      const text = page.body.trim() === '' ? '' : this.#html(page, page.body, page.lost);
      const said = textOf(at(page.data, 'bio')) ?? textOf(at(page.data, 'description'));
      const { bio: _, ...rest } = person;
      this.#gathered.introduce(
        {
          ...rest,
          slug: page.name,
          addresses: [page.path],
          ...(text ? { bio: { html: text } } : said ? { bio: { markdown: said } } : {}),
        },
        [page.name, ...(title ? [title, urlized(title)] : [])],
      );
    }
    for (const file of this.#tree.files) {
      const [, one, name = ''] =
        /^data\/(?:(?:authors|hosts|guests|people|team)\/([^/]+)|(authors|hosts|guests|people|team))\.(?:ya?ml|toml|json)$/i.exec(
          file,
        ) ?? [];
      const format = formatOf(file);
      if ((!one && !name) || !format) continue;
      const data = dataOf((await this.#tree.text(file, this.#lost)) ?? '', format, this.#lost, file);
      this.#gathered.introduceAll(one ? [[one, data]] : Object.entries(data), photo());
    }
  }

  #nameUnused() {
    for (const page of this.#pages)
      if (isPerson(page)) {
        const isUsed = [...this.#gathered.people.values()].some(({ addresses }) => addresses.includes(page.path));
        if (isUsed) this.#lost.push(...page.lost);
        else
          this.#lost.push({
            what: 'person',
            detail: `${page.file} is about a person whom no entry names: it is not imported`,
          });
      }
  }

  /** Whether feeds call an entry by its address, as Hugo's own template has it. */
  async #feedGuid(): Promise<boolean> {
    if (this.#origin === undefined) return false;
    const own = this.#tree.files.filter((file) => /^layouts\/.*rss\.xml$/i.test(file));
    for (const file of own) {
      const guid = /<guid[^>]*>([\s\S]*?)<\/guid>/i.exec((await this.#tree.text(file, this.#lost)) ?? '')?.[1];
      if (guid !== undefined && !/^\s*\{\{-?\s*\.Permalink\s*-?\}\}\s*$/.test(guid)) {
        this.#lost.push({
          what: 'guid',
          detail: `${file} makes the guids of the old feed in a way of its own: entries without a guid in their front matter get new ones, and readers may see them once more`,
        });
        return false;
      }
    }
    return true;
  }

  async #take(page: Page, feedGuid: boolean) {
    const { data, lost, sections, name } = page;
    if (isPerson(page)) return;
    const build = at(data, 'build') ?? at(data, '_build');
    if (at(data, 'headless') === true || ['never', false].includes(at(build, 'render') as string)) {
      this.#lost.push({
        what: 'headless',
        detail: `${page.file} has no page of its own on the old site: it is not imported`,
      });
      return;
    }
    const body = page.body.trimEnd();
    if (page.kind === 'section') {
      if (this.#takeTerm(page)) return;
      if (!body) {
        const where = [...sections, name].join('/') || 'the front page';
        this.#lost.push({
          what: 'section',
          detail: `${page.file} heads a list (${where}) and has no text: it is not imported`,
        });
        return;
      }
    }
    const fields = new Fields(data);
    const slug = textOf(at(data, 'slug')) ?? (page.kind === 'section' && !name ? 'home' : name);
    for (const each of ['cascade', 'resources', 'build', '_build', 'headless', 'mermaid']) fields.take(each);
    const isEntry = page.kind === 'page' && isPost(page, this.#pages, this.#config);
    const [before = '', after] = body.split(/<!--\s*more\s*-->/i, 2);
    const excerpt =
      after !== undefined && before.trim() ? excerptOf(before, (text) => this.#html(page, text, [])) : undefined;
    const draft = fields.text('draft') === 'true';
    const taxonomies = at(this.#config, 'taxonomies');
    const names = isData(taxonomies) ? Object.values(taxonomies).flatMap((each) => textOf(each) ?? []) : [];
    const topics = [
      ...new Set([
        'categories',
        'category',
        'series',
        'topics',
        'topic',
        ...names.filter((each) => /categor|topic|series|section/i.test(each)),
      ]),
    ].flatMap((each) => fields.list(each));
    const keywords = fields.list('tags', 'tag', 'keywords', 'news_keywords');
    const aliases = listed(fields.take('aliases', 'alias')).map((each) => this.#alias(each, page));
    const beside = isEntry ? this.#featured(page) : undefined;
    const html = this.#html(page, body, lost);
    this.#gathered.pieces.push(
      await pieceOf(
        {
          ...{
            file: page.file,
            kind: isEntry ? 'posts' : 'pages',
            slug,
            title: page.kind === 'section' ? name : '',
            html,
            excerpt,
            lost,
            fields,
          },
          addresses: [page.path, ...aliases],
          isDraft: draft,
          beside,
          guid: feedGuid && this.#origin !== undefined ? this.#origin + page.path : undefined,
          ...{ topics, keywords },
        },
        this.#site(page),
      ),
    );
  }

  #site(page: Page): Site {
    return {
      gathered: this.#gathered,
      origin: this.#origin,
      timezone: this.#timezone,
      now: this.#context.now,
      mediaPrefix: textOf(this.#ofLanguage('params.media_prefix')),
      address: (address, kind) => this.#address(address, kind, page),
      fileOf: (address) => this.#file(address, page)?.path,
    };
  }

  /** A page of a category says what it is about. */
  #takeTerm({ sections, name, data, body }: Page): boolean {
    const taxonomies = at(this.#config, 'taxonomies');
    const plurals = isData(taxonomies) ? Object.values(taxonomies) : ['categories', 'tags', 'series'];
    const [taxonomy = name, ...more] = sections;
    if (!plurals.includes(taxonomy) || more.length > 0) return false;
    if (sections.length === 0) return body.trim() === '';
    if (/categor|series|topic/i.test(taxonomy)) {
      const key = this.#gathered.topic(name.replaceAll('-', ' '));
      const topic = this.#gathered.topics.get(key);
      const title = textOf(at(data, 'title'));
      const description = plainText({ markdown: textOf(at(data, 'description')) ?? body }).trim();
      if (topic && title) topic.title = title;
      if (topic && description) topic.description = description;
    } else if (body.trim())
      this.#lost.push({
        what: 'term',
        detail: `${taxonomy}/${name} has a text of its own, which a keyword has not: “${plainText({ markdown: body }).trim().slice(0, 200)}”`,
      });
    return true;
  }

  #alias(alias: string, page: Page): string {
    const path = URL.parse(alias)?.pathname;
    if (path !== undefined) return path;
    if (alias.startsWith('/')) return this.#base + alias;
    return `${this.#base}/${joined(page.sections.join('/'), alias) ?? alias}`;
  }

  /** The picture beside a page that themes show at its head. */
  #featured(page: Page): string | undefined {
    const isBundle = /^index\./i.test(nameOf(page.file));
    if (!isBundle) return undefined;
    const found = this.#tree.files.find(
      (file) =>
        folderOf(file) === page.folder &&
        /^(?:featured?|cover|thumbnail|thumb)[^/]*\.(?:jpe?g|png|webp|gif|avif)$/i.test(nameOf(file)),
    );
    return found === undefined ? undefined : this.#address(encodeURI(nameOf(found)), 'picture', page);
  }
}

const listed = (value: unknown): string[] => [value ?? []].flat().flatMap((each) => textOf(each) ?? []);
