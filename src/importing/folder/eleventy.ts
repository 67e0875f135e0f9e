import type { Archive, Lost } from '#importing/archive.ts';
import { slugOf } from '#authoring/slug.ts';
import { plainText } from '#importing/html.ts';
import type { ReadContext } from '#importing/source.ts';
import { counted } from '#site/count.ts';
import { excerptOf, pieceOf } from './entry.ts';
import { at, dateOf, Fields, languageOf, listOf, textOf } from './fields.ts';
import { type Data, dataOf, documentOf, formatOf, isData } from './front-matter.ts';
import { Gathered } from './gathered.ts';
import { outputOf, type Templates } from './liquid-output.ts';
import { templateTags } from './liquid.ts';
import { literalsOf } from './literals.ts';
import { folderOf, joined, type Kind, located, nameOf, withoutQuery } from './locate.ts';
import { htmlOf } from './markup.ts';
import { type Tree, treeOf } from './tree.ts';

interface Page {
  /** Inside the folder. */
  file: string;
  /** Inside the input folder. */
  inside: string;
  /** The name of its file, or of its folder, without the day before it. */
  name: string;
  day: string | undefined;
  isHtml: boolean;
  data: Data;
  body: string;
  line: number;
  /** The path of its page on the old site; undefined where only its code knows. */
  path: string | undefined;
  lost: Lost[];
}

const configFile = /^(?:\.eleventy\.c?js|eleventy\.config\.(?:js|mjs|cjs|ts|mts|cts))$/;
const otherTemplate = /\.(?:njk|liquid|hbs|mustache|ejs|haml|pug|webc|mdx|11ty\.(?:js|mjs|cjs|ts|jsx|tsx))$/i;
const postTags = new Set([
  'post',
  'posts',
  'blog',
  'article',
  'articles',
  'note',
  'notes',
  'journal',
  'episode',
  'episodes',
  'podcast',
  'news',
]);
/** Tags that make lists of pages, and say nothing of one. */
const listTags = new Set([...postTags, 'all', 'nav', 'page', 'pages']);

/** A folder of Eleventy's. Its configuration is code: what it says in plain words is read, and nothing of it is run. */
export async function eleventyArchive(folder: string, context: ReadContext): Promise<Archive> {
  const gathered = new Gathered();
  const tree = await treeOf(folder, gathered.lost, ['_site', 'dist', '_11ty']);
  const name = tree.files.find((file) => configFile.test(file));
  const config = name === undefined ? '' : ((await tree.text(name, gathered.lost)) ?? '');
  if (name !== undefined)
    gathered.lost.push({
      what: 'code',
      detail: `${name} is code and not run: its folders are read from its text; its filters, shortcodes and collections are not known`,
    });
  const scripts = tree.has('package.json') ? ((await tree.text('package.json', [])) ?? '') : '';
  return new Eleventy({ tree, config, scripts, gathered, context }).archive();
}

interface Around {
  tree: Tree;
  config: string;
  scripts: string;
  gathered: Gathered;
  context: ReadContext;
}

class Eleventy {
  readonly #tree: Tree;
  readonly #around: Around;
  readonly #gathered: Gathered;
  readonly #lost: Lost[];
  /** The input folder inside the folder, with a slash at its end, or empty. */
  readonly #input: string;
  readonly #dataFolder: string;
  /** Folders that are copied as they are, and where to. */
  readonly #copied: readonly { from: string; to: string }[];
  readonly #base: string;
  #site: Data = {};
  #origin: string | undefined;
  #pages: Page[] = [];
  readonly #byPath = new Map<string, Page>();

  constructor(around: Around) {
    this.#around = around;
    this.#tree = around.tree;
    this.#gathered = around.gathered;
    this.#lost = around.gathered.lost;
    const { config } = around;
    const said =
      /\binput\s*:\s*["'`]([^"'`]+)/.exec(config)?.[1] ??
      /setInputDirectory\(\s*["'`]([^"'`]+)/.exec(config)?.[1] ??
      /--input[= ]([\w./-]+)/.exec(around.scripts)?.[1];
    this.#input = slashed(said ?? this.#guessedInput());
    const data =
      /\bdata\s*:\s*["'`]([^"'`]+)/.exec(config)?.[1] ??
      /setDataDirectory\(\s*["'`]([^"'`]+)/.exec(config)?.[1] ??
      '_data';
    this.#dataFolder = `${joined(this.#input, data) ?? '_data'}/`;
    const prefix = (/\bpathPrefix\s*:\s*["'`]([^"'`]+)/.exec(config)?.[1] ?? '').replaceAll(/^\/+|\/+$/g, '');
    this.#base = prefix ? `/${prefix}` : '';
    this.#copied = [...config.matchAll(/addPassthroughCopy\(\s*\{([^}]*)\}/g)].flatMap(([, pairs = '']) =>
      [...pairs.matchAll(/["'`]([^"'`]+)["'`]\s*:\s*["'`]([^"'`]*)["'`]/g)].map(([, from = '', to = '']) => ({
        from: slashed(from),
        to: to.replaceAll(/^(?:\.?\/)+|\/+$/g, ''),
      })),
    );
  }

  /** The first of the usual folders that has Markdown in it and folders of Eleventy's beside. */
  #guessedInput(): string {
    const has = (folder: string) =>
      this.#tree.files.some((file) => file.startsWith(`${folder}_includes/`) || file.startsWith(`${folder}_data/`));
    return ['', 'src/', 'content/', 'site/', 'source/'].find(has) ?? '';
  }

  async archive(): Promise<Archive> {
    await this.#readData();
    await this.#readPages();
    const site = (...names: string[]) =>
      names.map((name) => textOf(at(this.#site, name))).find((each) => each !== undefined);
    const said = this.#gathered.parts(at(this.#site, 'author') ?? []).map(({ person }) => person);
    const hasFeed = this.#around.scripts.includes('eleventy-plugin-rss');
    let count = 0;
    for (const page of this.#pages) {
      count += 1;
      this.#around.context.progress(`${count}/${this.#pages.length}  ${page.file}`);
      await this.#take(page, hasFeed);
    }
    const hosts = this.#gathered.hosts(said);
    const description = site('description', 'desc');
    return this.#gathered.archive('eleventy', {
      ...(this.#origin !== undefined && { address: `${this.#origin}${this.#base}/` }),
      fields: {
        title: site('title', 'name', 'siteName', 'sitename'),
        tagline: site('tagline', 'subtitle'),
        description: description === undefined ? undefined : plainText({ markdown: description }).trim(),
        language: languageOf(site('language', 'lang', 'locale')),
        ...(hosts.length > 0 && { hosts }),
      },
    });
  }

  /** What the data of the whole site say of it and of people. */
  async #readData() {
    for (const file of this.#tree.files) {
      if (!file.startsWith(this.#dataFolder)) continue;
      const name = file.slice(this.#dataFolder.length);
      const stem = name.replace(/\.\w+$/, '');
      const isSite = /^(?:site|metadata|meta|config|global)$/i.test(stem);
      if (/\.(?:js|mjs|cjs|ts)$/.test(name)) {
        if (isSite) this.#site = { ...literalsOf((await this.#tree.text(file, this.#lost)) ?? ''), ...this.#site };
        this.#lost.push({
          what: 'code',
          detail: `${file} is code and not run${isSite ? ': the texts in it are read' : ''}`,
        });
        continue;
      }
      const format = formatOf(name);
      if (format === undefined || (!isSite && !/^(?:authors|people|hosts|guests)$/i.test(stem))) continue;
      const data = dataOf((await this.#tree.text(file, this.#lost)) ?? '', format, this.#lost, file);
      if (isSite) this.#site = { ...this.#site, ...data };
      else
        this.#gathered.introduceAll(Object.entries(data), (said) =>
          this.#gathered.fileAt(this.#address(said, 'cover', undefined)),
        );
    }
    const address = ['url', 'baseUrl', 'base_url', 'siteUrl', 'site_url', 'domain', 'origin']
      .map((name) => textOf(at(this.#site, name)))
      .find((each) => each !== undefined);
    const url = URL.parse(
      address !== undefined && !/^https?:/i.test(address) && /^[\w-]+(?:\.[\w-]+)+/.test(address)
        ? `https://${address}`
        : (address ?? ''),
    );
    const isReal =
      url !== null &&
      /^https?:$/.test(url.protocol) &&
      !/^(?:www\.)?example\.(?:com|org|net)$|^localhost$/.test(url.hostname);
    this.#origin = isReal ? url.origin : undefined;
    if (!isReal)
      this.#lost.push({
        what: 'address',
        detail:
          'The data of the site do not say its url in a way that can be read: addresses of it are known by their paths alone',
      });
  }

  async #readPages() {
    const ignored = this.#tree.has('.eleventyignore') ? ((await this.#tree.text('.eleventyignore', [])) ?? '') : '';
    const skipped = ignored
      .split('\n')
      .map((line) => line.trim().replaceAll(/^(?:\.?\/)+|[/*]+$/g, ''))
      .filter((line) => line && !line.startsWith('#') && !line.startsWith('!'));
    const templates: string[] = [];
    const handed = new Map<string, Data>();
    for (const file of this.#tree.files) {
      if (!file.startsWith(this.#input)) continue;
      const inside = file.slice(this.#input.length);
      if (
        inside.split('/').some((part) => part.startsWith('_') || (part.startsWith('.') && part !== '.')) ||
        file.startsWith(this.#dataFolder)
      )
        continue;
      if (skipped.some((each) => file === each || file.startsWith(`${each}/`) || inside.startsWith(`${each}/`)))
        continue;
      if (configFile.test(file)) continue;
      if (otherTemplate.test(file)) templates.push(file);
      if (!/\.(?:md|markdown|html)$/i.test(file)) continue;
      if (
        /^(?:readme|license|licence|contributing|changelog|code_of_conduct|security)\b/i.test(nameOf(inside)) &&
        folderOf(inside) === ''
      )
        continue;
      await this.#readPage(file, inside, handed);
    }
    if (templates.length > 0)
      this.#lost.push({
        what: 'template',
        detail: `${counted(templates.length, 'template')} ${templates.length === 1 ? 'is' : 'are'} code, which makes pages of others, and not imported: ${templates.slice(0, 20).join(', ')}${templates.length > 20 ? ' …' : ''}`,
      });
    for (const page of this.#pages) if (page.path !== undefined) this.#byPath.set(page.path, page);
  }

  async #readPage(file: string, inside: string, handed: Map<string, Data>) {
    const lost: Lost[] = [];
    const text = await this.#tree.text(file, lost);
    if (text === undefined) {
      this.#lost.push(...lost);
      return;
    }
    const isHtml = /\.html$/i.test(file);
    const document = documentOf(text, lost);
    if (isHtml && !document.hasFrontMatter) return;
    const stem = nameOf(inside).replace(/\.\w+$/, '');
    const own = stem === 'index' ? nameOf(folderOf(inside)) : stem;
    const [, rest] = /^\d{4}-\d{2}-\d{2}-(.+)$/.exec(own) ?? [];
    // Eleventy takes the first day that the path says.
    const day = /\d{4}-\d{2}-\d{2}/.exec(inside)?.[0];
    const page: Page = {
      ...{ file, inside, isHtml, day, name: rest ?? own, lost },
      ...{
        data: merged(await this.#inherited(inside, stem, handed), document.data),
        body: document.body,
        line: document.line,
        path: undefined,
      },
    };
    const path = this.#pathOf(page);
    if (path === null) {
      this.#lost.push({
        what: 'headless',
        detail: `${file} has no page of its own on the old site (permalink: false): it is not imported`,
      });
      return;
    }
    page.path = path;
    this.#pages.push(page);
  }

  /** What the data files of its folders hand a page, and the one that has its name. */
  async #inherited(inside: string, stem: string, handed: Map<string, Data>): Promise<Data> {
    const folders = folderOf(inside).split('/').filter(Boolean);
    const places = [
      ...(this.#input ? [this.#input + nameOf(this.#input.slice(0, -1))] : []),
      ...folders.map((name, i) => this.#input + [...folders.slice(0, i + 1), name].join('/')),
      this.#input + [...folders, stem].join('/'),
    ];
    let data: Data = {};
    for (const place of places) {
      if (!handed.has(place)) {
        let own: Data = {};
        for (const ending of ['.json', '.11tydata.json', '.yaml', '.yml'])
          if (this.#tree.has(place + ending))
            own = merged(
              own,
              dataOf(
                (await this.#tree.text(place + ending, this.#lost)) ?? '',
                formatOf(ending) ?? 'json',
                this.#lost,
                place + ending,
              ),
            );
        for (const ending of ['.11tydata.js', '.11tydata.mjs', '.11tydata.cjs', '.11tydata.ts'])
          if (this.#tree.has(place + ending)) {
            own = merged(own, literalsOf((await this.#tree.text(place + ending, this.#lost)) ?? ''));
            this.#lost.push({
              what: 'code',
              detail: `${place}${ending} is code and not run: the texts in it are read`,
            });
          }
        handed.set(place, own);
      }
      data = merged(data, handed.get(place) ?? {});
    }
    return data;
  }

  /** The path of a page; null where it has none, undefined where only code knows it. */
  #pathOf(page: Page): string | null | undefined {
    const { data, inside, lost } = page;
    const said = data['permalink'];
    if (said === false) return null;
    const pattern = textOf(said);
    if (pattern === undefined) {
      const stem = nameOf(inside)
        .replace(/\.\w+$/, '')
        .replace(/^\d{4}-\d{2}-\d{2}-/, '');
      const folder = folderOf(inside);
      // A file that is called like its folder is the page of that.
      return `${this.#base}/${[folder, stem === 'index' || stem === nameOf(folder) ? '' : stem].filter(Boolean).join('/')}/`.replaceAll(
        /\/{2,}/g,
        '/',
      );
    }
    let isKnown = !pattern.includes('{%');
    const path = pattern.replaceAll(/\{\{-?([\s\S]*?)-?\}\}/g, (_, expression: string) => {
      const value = this.#permalinkPart(expression.trim(), page);
      if (value === undefined) isKnown = false;
      return value ?? '';
    });
    if (!isKnown) {
      lost.push({
        what: 'address',
        detail: `Its permalink, ${pattern}, is made by code: add its old address to its aliases, if there is one`,
      });
      return undefined;
    }
    return `${this.#base}/${path.replace(/^\/+/, '').replace(/(?:^|(?<=\/))index\.html$/, '')}`.replaceAll(
      /\/{2,}/g,
      '/',
    );
  }

  #permalinkPart(expression: string, page: Page): string | undefined {
    const [, name = '', filter, said] =
      /^([\w.]+)\s*(?:\|\s*(slugify|slug|date|dateFilter)\s*[:(]?\s*(?:["']([^"']*)["'])?\s*\)?)?$/.exec(expression) ??
      [];
    const templates = this.#templates(page);
    if (filter === 'slugify' || filter === 'slug') {
      const value = templates.value(name);
      return value === undefined ? undefined : slugOf(value);
    }
    if (filter === 'date' && said !== undefined) {
      const date = new Date(dateOf(page.data['date'], undefined) ?? page.day ?? Number.NaN);
      if (Number.isNaN(date.getTime())) return undefined;
      const two = (n: number) => String(n).padStart(2, '0');
      const path = said
        .replaceAll('%Y', String(date.getUTCFullYear()))
        .replaceAll('%m', two(date.getUTCMonth() + 1))
        .replaceAll('%d', two(date.getUTCDate()));
      return path.includes('%') ? undefined : path;
    }
    return outputOf(expression, templates);
  }

  #templates(page: Page | undefined): Templates {
    const relative = (path: string) =>
      /^(?:https?:)?\/\//.test(path) ? path : `${this.#base}/${path.replace(/^\/+/, '')}`;
    return {
      value: (name) => {
        const [head = '', ...rest] = name.split('.');
        if (/^(?:site|metadata|meta|config)$/.test(head) && rest.length > 0)
          return rest.join('.') === 'url' ? (this.#origin ?? '') : textOf(at(this.#site, rest.join('.')));
        if (!page) return undefined;
        if (name === 'page.fileSlug') return page.name;
        if (name === 'page.filePathStem')
          return `/${page.inside.replace(/\.\w+$/, '').replace(/(^|\/)\d{4}-\d{2}-\d{2}-/, '$1')}`;
        if (name === 'page.url') return page.path?.slice(this.#base.length);
        return head === 'page' ? undefined : textOf(at(page.data, name));
      },
      relative,
      absolute: (path) => (/^(?:https?:)?\/\//.test(path) ? path : `${this.#origin ?? ''}${relative(path)}`),
      post: () => undefined,
      file: (path) =>
        this.#pages.find(({ inside, file }) => [inside, file].includes(path.replace(/^(?:\.?\/)+/, '')))?.path,
      included: () => undefined,
      hasHashComments: true,
      line: page?.line ?? 1,
    };
  }

  #file(said: string, page: Page | undefined): { inside: string; path: string } | undefined {
    const path = withoutQuery(said);
    if (!path || path.endsWith('/')) return undefined;
    const onPage = page && URL.parse(said, `http://site.invalid${page.path ?? '/'}`);
    const address = onPage ? withoutQuery(onPage.pathname) : path;
    const candidates: (string | undefined)[] = [];
    if (page && !path.startsWith('/')) candidates.push(joined(folderOf(page.file), path));
    for (const each of [address, path].flatMap((one) =>
      this.#base && one.startsWith(`${this.#base}/`) ? [one.slice(this.#base.length), one] : [one],
    )) {
      const plain = each.replace(/^\/+/, '');
      for (const { from, to } of this.#copied) {
        if (to === '' || plain.startsWith(`${to}/`))
          candidates.push(joined(from, to === '' ? plain : plain.slice(to.length)));
      }
      for (const folder of [this.#input, '', 'public', 'static', `${this.#input}public`, `${this.#input}static`])
        candidates.push(joined(folder, plain));
    }
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
        if (/\.(?:md|markdown)$/i.test(said)) {
          const file = said.startsWith('/') ? joined('', said) : joined(folderOf(page.inside), said);
          return this.#pages.find(({ inside }) => inside === file || `${this.#input}${inside}` === file)?.path;
        }
        const path = URL.parse(said, `http://site.invalid${page.path ?? '/'}`)?.pathname ?? '';
        const bare = path.replace(/\/$|\.html$/, '');
        // What is written from the top of the site is so without the path that it is served under.
        return [path, `${bare}/`, `${bare}.html`, `${this.#base}${path}`, `${this.#base}${bare}/`]
          .map((each) => this.#byPath.get(each)?.path)
          .find((each) => each !== undefined);
      },
      files: this.#gathered.files,
    });
  }

  #html(page: Page, body: string, lost: Lost[]): string {
    const engine = textOf(page.data['templateEngineOverride']);
    const isPlain = engine !== undefined && !/njk|liquid/.test(engine);
    return htmlOf({
      ...{ source: body, isHtml: page.isHtml, tags: isPlain ? [] : templateTags(body, this.#templates(page)), lost },
      features: { headingAttributes: true },
      address: (address, kind) => this.#address(address, kind, page),
    });
  }

  async #take(page: Page, hasFeed: boolean) {
    const { data, lost, file, inside } = page;
    const body = page.body.trimEnd();
    const fields = new Fields(data);
    const tags = [...listOf(fields.take('tags')), ...listOf(fields.take('tag')), ...listOf(fields.take('keywords'))];
    const folders = folderOf(inside).split('/').filter(Boolean);
    const isDated = page.day !== undefined || dateOf(data['date'], undefined) !== undefined;
    const isPost =
      tags.some((tag) => postTags.has(tag.toLowerCase())) ||
      folders.some((name) => postTags.has(name.toLowerCase())) ||
      (isDated && folders.length > 0 && !tags.some((tag) => /^pages?$/i.test(tag)));
    if (!isPost && (inside.startsWith('404.') || data['pagination'] !== undefined)) {
      if (data['pagination'] !== undefined)
        this.#lost.push({ what: 'template', detail: `${file} makes several pages of data: it is not imported` });
      return;
    }
    if (page.isHtml && /\{%-?\s*(?:for|include|if)\b/.test(body) && !isPost) {
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
    const said = textOf(fields.peek('date'));
    if (said !== undefined && /^(?:last modified|created|git (?:last modified|created))$/i.test(said))
      fields.take('date');
    const [before = '', after] = body.split(/<!--\s*(?:more|excerpt)\s*-->/i, 2);
    const excerpt =
      after !== undefined && before.trim() ? excerptOf(before, (text) => this.#html(page, text, [])) : undefined;
    const topics = [...listOf(fields.take('categories')), ...listOf(fields.take('category'))];
    const old = [fields.take('redirect_from') ?? [], fields.take('aliases') ?? []]
      .flat(2)
      .flatMap((each) => textOf(each) ?? []);
    const isDraft = fields.text('draft') === 'true' || fields.take('published') === false;
    for (const each of [
      'templateEngineOverride',
      'pagination',
      'order',
      'eleventyComputed',
      'dynamicPermalink',
      'navtitle',
    ])
      fields.take(each);
    this.#gathered.pieces.push(
      await pieceOf(
        {
          ...{
            file,
            kind: isPost ? 'posts' : 'pages',
            slug: page.name || 'home',
            lost,
            fields,
            excerpt,
            topics,
            isDraft,
          },
          title: '',
          date: page.day,
          html: this.#html(page, body, lost),
          addresses: [
            ...(page.path === undefined ? [] : [page.path]),
            ...old.map((each) => URL.parse(each)?.pathname ?? `${this.#base}/${each.replace(/^\/+/, '')}`),
          ].filter((each) => each !== `${this.#base}/`),
          keywords: tags.filter((tag) => !listTags.has(tag.toLowerCase())),
          guid:
            hasFeed && isPost && this.#origin !== undefined && page.path !== undefined
              ? this.#origin + page.path
              : undefined,
        },
        {
          ...{ gathered: this.#gathered, origin: this.#origin, now: this.#around.context.now },
          address: (address, kind) => this.#address(address, kind, page),
          fileOf: (address) => this.#file(address, page)?.path,
        },
      ),
    );
  }
}

const slashed = (path: string): string => {
  const plain = path.replaceAll(/^(?:\.?\/)+|\/+$|^\.$/g, '');
  return plain ? `${plain}/` : '';
};

/** Data over others; lists are one list of both, as Eleventy merges them. */
function merged(under: Data, over: Data): Data {
  const whole: Data = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const old = whole[name];
    const isTags = name === 'tags' && old !== undefined && value !== null;
    whole[name] = isTags
      ? [...new Set([...listOf(old), ...listOf(value)])]
      : isData(old) && isData(value)
        ? merged(old, value)
        : value;
  }
  return whole;
}
