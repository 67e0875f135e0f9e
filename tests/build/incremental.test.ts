import { type ChildProcess, spawn } from 'node:child_process';
import { cp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Build, ProjectCopy } from './project-copy.ts';

const minutes = 60_000;
const project = new ProjectCopy();

/** What a build does where nothing changed. It renders the pages that are one of a kind, and show something of many entries. */
let unchanged: Build;
beforeAll(async () => {
  await project.make();
  await project.build();
  unchanged = await project.build();
}, 2 * minutes);
afterAll(() => project.delete());

/** What a clean build makes of the project as it is. */
let clean: Awaited<ReturnType<typeof project.files>>;

/** Builds, and expects what a clean build makes. Resolves to what was done, and what was rendered beside what always is. */
async function builtAsClean({ changed = true } = {}): Promise<Build> {
  const build = await project.build();
  const files = await project.files();
  if (changed) clean = await project.cleanFiles();
  expect(files).toEqual(clean);
  const rendered = build.rendered.filter((address) => !unchanged.rendered.includes(address));
  return { ...build, rendered };
}

const episode = (slug: string) => `content/episodes/${slug}/index.mdx`;
const post = (slug: string) => `content/posts/${slug}/index.mdx`;

test(
  'nothing is rendered twice that did not change',
  async () => {
    const files = await project.files();
    clean = await project.cleanFiles();
    expect(files).toEqual(clean);
    expect(unchanged.rendered.length).toBeLessThan(30);
    expect(unchanged.rendered).not.toContain('/episodes/pricing-by-the-candle/');
    expect(unchanged).toMatchObject({ compressedOfThem: 0, compressedOthers: 0, searched: 0, pictures: 0 });
  },
  minutes,
);

test(
  'a text that is edited is rendered where it is shown: on its page, as Markdown and in its feeds',
  async () => {
    await project.edit(episode('pricing-by-the-candle'), (text) => `${text}\nA last word.\n`);
    const { rendered, ...did } = await builtAsClean();
    const feeds = ['/rss.xml', '/feed.json', '/podcast.xml', '/episodes/rss.xml', '/podcast/season-2.xml'];
    const ofPeople = ['gus-barnacle', 'petra-plimsoll'].map((slug) => `/people/${slug}/rss.xml`);
    const ofTopics = ['one-message', 'pricing', 'ships-and-leads'].flatMap((slug) =>
      ['rss', 'podcast'].map((name) => `/topics/${slug}/${name}.xml`),
    );
    const ofPartners = ['/with/haddock-and-nephew-ferries/rss.xml'];
    const own = ['/episodes/pricing-by-the-candle/', '/episodes/pricing-by-the-candle/index.md'];
    expect(rendered).toEqual([...own, ...feeds, ...ofPeople, ...ofTopics, ...ofPartners].toSorted());
    expect(did).toMatchObject({
      renderedFiles: unchanged.renderedFiles + rendered.length,
      compressedOfThem: rendered.length,
      searched: 1,
      pictures: 0,
    });
    // The files of the search's index.
    expect(did.compressedOthers).toBeLessThanOrEqual(10);
    expect(did.read).toEqual(unchanged.read);
    const entries = did.read.filter((file) => file.endsWith('.mdx'));
    expect(entries).toEqual([...new Set(entries)]);
  },
  minutes,
);

test(
  'an entry may be added, retitled, dated anew, deleted and renamed',
  async () => {
    const added = join(project.root, post('a-new-post'));
    await cp(join(project.root, post('words-for-fog'), '..'), join(added, '..'), { recursive: true });
    await project.edit(post('a-new-post'), (text) =>
      text.replace(/title: .*/, 'title: A new post').replace(/\naliases:\n(?: .*\n)+/, '\n'),
    );
    await project.edit(episode('what-counts-as-a-ship'), (text) => text.replace(/title: .*/, 'title: Another title'));
    await project.edit(post('answer-within-one-tide'), (text) =>
      text.replace(/publishedAt: .*/, 'publishedAt: 2024-02-03'),
    );
    await rm(join(project.root, post('the-newsletter-nobody-sent'), '..'), { recursive: true });
    const folder = join(project.root, 'content/posts');
    await rename(join(folder, 'we-swapped-jobs-for-one-week'), join(folder, 'a-week-of-the-other-job'));
    const { rendered } = await builtAsClean();
    expect(rendered).toEqual(expect.arrayContaining(['/posts/a-new-post/', '/social/posts/a-new-post.png']));
    expect(rendered).toEqual(
      expect.arrayContaining(['/episodes/what-counts-as-a-ship/', '/posts/a-week-of-the-other-job/']),
    );
  },
  minutes,
);

test(
  'a person, a topic and a picture may change',
  async () => {
    await project.edit('content/people/gus-barnacle/index.mdx', (text) =>
      text.replace(/name: .*/, 'name: Gus of the Rock'),
    );
    await project.edit('content/topics.yaml', (text) => text.replace(/title: .*/, 'title: Another topic'));
    await sharp({ create: { width: 1280, height: 720, channels: 3, background: '#b3321a' } })
      .jpeg()
      .toFile(join(project.root, 'content/episodes/keeping-the-keepers/cover.jpg'));
    await builtAsClean();
  },
  minutes,
);

test(
  'a partner that is edited is rendered on its own pages, and in the podcast where its own is named',
  async () => {
    const ferry = 'content/partners/haddock-and-nephew-ferries/index.mdx';
    const slug = '/with/haddock-and-nephew-ferries/';
    await project.edit(ferry, (text) => text.replace(/weOffer: .*/, 'weOffer: A lamp.'));
    const { rendered } = await builtAsClean();
    expect(rendered).toEqual([slug, `${slug}index.md`]);
    await project.edit('content/partners/the-kittiwake-almanac/index.mdx', (text) =>
      text.replace(/title: The Kittiwake Hour/, 'title: Another hour'),
    );
    const { rendered: ofPodcast } = await builtAsClean();
    expect(ofPodcast).toContain('/podcast.xml');
    expect(ofPodcast.filter((address) => !/\/podcast(?:\/.*)?\.xml$/.test(address))).toEqual([]);
  },
  minutes,
);

test(
  'a date passes',
  async () => {
    project.env = { ...project.env, NOW: '2031-01-15T12:00:00Z' };
    await builtAsClean();
  },
  minutes,
);

test(
  'what is on every page changes: the show, its address, a component, a style and a drawing',
  async () => {
    project.env = { ...project.env, SITE_URL: 'https://rock.example.com' };
    await project.edit('content/show.yaml', (text) => text.replace(/tagline: .*/, 'tagline: Another line.'));
    await project.edit('src/components/ui/Footer.astro', (text) => text.replace('<footer', '<footer data-changed'));
    await project.edit('src/styles/prose.css', (text) => `${text}\n.prose hr { margin: 3rem; }\n`);
    await project.edit('public/mark.svg', (text) => text.replace(/#[0-9a-f]{6}/i, '#123456'));
    await builtAsClean();
  },
  minutes,
);

test(
  'what a build that was killed has rendered is in no later one',
  async () => {
    const file = episode('pricing-by-the-candle');
    const before = await readFile(join(project.root, file), 'utf8');
    await project.edit(file, (text) => `${text}\nA word that is taken back.\n`);
    await killedWhileRendering();
    await writeFile(join(project.root, file), before);
    const { rendered } = await builtAsClean({ changed: false });
    expect(rendered).toEqual([]);
  },
  minutes,
);

/** A build that ends, with no chance to tidy up, when it has rendered its first pages. */
async function killedWhileRendering(): Promise<void> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['node_modules/astro/bin/astro.mjs', 'build', '--outDir', 'dist'],
    {
      cwd: project.root,
      env: { ...process.env, ...project.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    },
  );
  child.stdout?.setEncoding('utf8').on('data', (said: string) => {
    if (said.includes('├─')) child.kill('SIGKILL');
  });
  const signal = await new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  expect(signal).toBe('SIGKILL');
}

test(
  'what earlier builds kept was truncated, changed in one byte, or swapped: the next build is slow, and right',
  async () => {
    const damages: ((path: string, other: Buffer) => Promise<void>)[] = [
      async () => {},
      (path) => truncate(path, 100),
      async (path) => writeFile(path, changedByte(await readFile(path))),
      (path, other) => writeFile(path, other),
    ];
    const folders = ['node_modules/.cache', 'node_modules/.astro'].map((name) => join(project.root, name));
    for (const folder of folders) {
      const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
        entry.isFile(),
      );
      const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
      const first = await readFile(paths[0] ?? '');
      for (const [i, path] of paths.entries()) await damages[i % damages.length]?.(path, first);
    }
    await builtAsClean({ changed: false });
  },
  minutes,
);

const changedByte = (content: Buffer) => content.map((byte, i) => (i === content.length - 1 ? byte ^ 1 : byte));

test(
  'a clean build uses nothing of earlier ones',
  async () => {
    project.env = { ...project.env, CLEAN: '1' };
    const { renderedFiles, allFiles, searched, allSearched } = await project.build();
    expect([renderedFiles, searched]).toEqual([allFiles, allSearched]);
    expect(await project.files()).toEqual(clean);
  },
  minutes,
);
