import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Archive } from '#importing/archive.ts';
import { importArchive } from '#importing/import.ts';
import type { Outcome } from '#importing/outcome.ts';
import type { ImportOptions } from '#importing/run.ts';
import { sourceAt } from '#importing/source.ts';
import { wordpress } from '#importing/wordpress/reader.ts';
import { killedAtWrite } from '../../fakes/dying-disk.ts';
import { problemsIn } from '../authoring/content-folder.ts';
import { contentHtml } from '#importing/wordpress/content.ts';

// An import is run dozens of times, killed at another write each.
vi.setConfig({ testTimeout: 60_000 });

const fixture = 'tests/fixtures/archives/wordpress';

/** Nothing is asked for but what a test lets be asked for. */
const unreachable: ImportOptions['fetch'] = (address) => Promise.reject(new Error(`asked for ${address}`));

const network = { fetch: unreachable, timeout: 1000, now: new Date('2026-01-10T12:00:00Z'), progress: () => {} };

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imported-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'content');
}

async function imported(content: string, options: { isDry?: boolean; export?: string } = {}): Promise<Outcome> {
  const source = await sourceAt(options.export ?? `${fixture}/keepers.xml`);
  const archive = await wordpress.read(source, { ...network, isOffline: true });
  return importArchive(archive, {
    ...network,
    ...{ content, uploads: `${fixture}/uploads`, isOffline: true, isDry: options.isDry ?? false },
  });
}

const entry = (content: string, path: string) => readFile(join(content, path, 'index.mdx'), 'utf8');
const fates = ({ results }: Outcome) => [...new Set(results.map(({ fate }) => fate))];
const said = (outcome: Outcome) => [...outcome.lost, ...outcome.results.flatMap(({ lost }) => lost)];

test('what comes of an export passes the check as it stands', async () => {
  const content = await emptyFolder();
  expect(fates(await imported(content))).toEqual(['written']);
  expect(await problemsIn(content)).toEqual([]);
});

test('a post has its text, picture, film and reusable block, and its link leads to the new address', async () => {
  const content = await emptyFolder();
  await imported(content);
  expect(await entry(content, 'posts/the-first-lamp')).toBe(`---
title: The first lamp
publishedAt: 2019-05-01T09:00:00Z
summary: The lamp {was} cold < dark. More of it.
authors: [wilma-wick]
topics: [lamps-oil]
keywords: [brass]
cover:
  src: ./lamp.png
  alt: A brass lamp
aliases: [/2019/05/the-first-lamp/, /?p=10]
guid: https://old.example.com/?p=10
comments: closed
---

The lamp \\{was\\} cold \\< dark. [More of it](/episodes/an-episode-of-fog/).

<Figure caption="The lamp in May">

![A brass lamp](./lamp.png)

</Figure>

<Video title="The first lamp" youtube="abcdefghijk" />

Keep the light.
`);
});

test('an episode has its recording to the letter, and lines of the classic editor are lines', async () => {
  const content = await emptyFolder();
  await imported(content);
  const text = await entry(content, 'episodes/an-episode-of-fog');
  expect(text).toContain('number: 7\nseason: 2\n');
  expect(text).toMatch(
    /url: https:\/\/media\.example\.com\/fog\.mp3\n {2}type: audio\/mpeg\n {2}bytes: 1234567\n {2}duration: 602\n/,
  );
  expect(text).toContain('Fog came in.\\\nIt stayed.\n\n<Figure caption="Fog, seen from above">');
  expect(text).toContain('High water at nine.');
});

test('each kind of block is what an author would have written, with its notes and its links to headings', async () => {
  const content = await emptyFolder();
  await imported(content);
  const text = await readFile(join(content, 'posts/every-kind-of-block/index.mdx'), 'utf8');
  for (const part of [
    'summary: Before the break, a note, and a way down to the oil.\n',
    'Before the break, a note[^1], and a way [down to the oil](#oil).',
    '![A lamp, lit](./lamp.png)',
    'A lamp that is gone\n\nIt went out\n\n### Oil\n',
    '| Colza | 9 \\| 10 |\n| **Sperm** | 12 |\n\nHow long oils burn\n\n- Wick\n  1. Trim\n\n> Light is work.\n>\n> A keeper\n',
    '<PullQuote name="Another keeper">\n\nWork is light.\n\n</PullQuote>\n\n```\nif (fog) { ring(<bell>) }\n```\n\n```\nFog in,\n  fog out.\n```\n',
    'Port.\n\n[See the tower](/the-tower/)\n\n[bell.mp3](https://old.example.com/wp-content/uploads/2020/02/bell.mp3)\n\nThe bell\n',
    '[^1]: Of _many_.\n',
  ])
    expect.soft(text).toContain(part);
  const classic = await readFile(join(content, 'posts/the-fog/index.mdx'), 'utf8');
  for (const part of [
    'A first line\\\nand a second.\n\n![A brass lamp](./lamp.png)\n\n[horn.mp3](',
    '<Video title="The fog" src="https://old.example.com/wp-content/uploads/2020/02/fog.mp4" />\n\n<Video title="The fog" youtube="abcdefghijk" />',
    '```\na  {\n   b\n```\n\nThe other page, with \\[gallery] in brackets.\n',
  ])
    expect.soft(classic).toContain(part);
});

test('what is private, in the bin or behind a password does not come, what is to come does, and one name twice is two', async () => {
  const content = await emptyFolder();
  const found = said(await imported(content)).map(({ what }) => what);
  expect(await readdir(join(content, 'posts'))).toEqual([
    ...['every-kind-of-block', 'pending', expect.stringMatching(/^post-/), expect.stringMatching(/^post-/)],
    ...['the-first-lamp', 'the-fog', 'the-fog-2', 'to-come'],
  ]);
  expect(await readFile(join(content, 'posts/pending/index.mdx'), 'utf8')).toContain('draft: true');
  expect(await readFile(join(content, 'posts/to-come/index.mdx'), 'utf8')).toContain(
    'publishedAt: 2031-01-01T09:00:00Z',
  );
  // The site has a page at /search/ of its own.
  expect(await readdir(join(content, 'pages'))).toEqual(['search-page', 'the-tower']);
  expect(found).toEqual(expect.arrayContaining(['private', 'trash', 'password', 'post-type', 'file', 'gallery']));
});

test('what is not kept is named, and nobody who wrote has their address in a file', async () => {
  const content = await emptyFolder();
  const found = said(await imported(content));
  const kinds = new Set(found.map(({ what }) => what));
  expect([...kinds]).toEqual(
    expect.arrayContaining(['password', 'comment', 'block', 'shortcode', 'form', 'title', 'date', 'summary']),
  );
  expect(found.find(({ what }) => what === 'shortcode')?.detail).toContain('[tide_gauge port="Nowhere"]');
  expect(await entry(content, 'people/wilma-wick')).not.toContain('@');
});

test('a second run changes nothing, and leaves alone what was edited or deleted since', async () => {
  const content = await emptyFolder();
  await imported(content);
  expect(fates(await imported(content))).toEqual(['unchanged']);
  const edited = join(content, 'posts/the-first-lamp/index.mdx');
  await writeFile(edited, `${await readFile(edited, 'utf8')}\nA word of its author.\n`);
  await rm(join(content, 'pages/the-tower'), { recursive: true });
  const changed = join(content, '../changed.xml');
  const source = await readFile(`${fixture}/keepers.xml`, 'utf8');
  await writeFile(
    changed,
    source.replace('was} cold', 'was} warm').replace('Nobody counted it', 'Somebody counted it'),
  );
  const { results } = await imported(content, { export: changed });
  const fateOf = (file: string) => results.find((each) => each.file.startsWith(file))?.fate;
  expect(fateOf('posts/the-first-lamp')).toBe('edited');
  expect(fateOf('pages/the-tower')).toBe('deleted');
  expect(fateOf('episodes/no-number')).toBe('updated');
  expect(await readFile(edited, 'utf8')).toContain('A word of its author.');
  expect(await entry(content, 'episodes/no-number')).toContain('Somebody counted it');
});

test('a dry run writes nothing', async () => {
  const content = await emptyFolder();
  const { results } = await imported(content, { isDry: true });
  expect(results.length).toBeGreaterThan(5);
  await expect(readFile(join(content, 'show.yaml'))).rejects.toThrow('ENOENT');
});

test('an export that is broken in places is read where it can be, and the line is named', async () => {
  const content = await emptyFolder();
  const broken = join(content, '../broken.xml');
  const source = await readFile(`${fixture}/keepers.xml`, 'utf8');
  await writeFile(
    broken,
    `\uFEFF${source.replace('An episode of fog</title>', 'An episode of fog & \u0008mist &nope;</title>')}`.replace(
      '</channel>\n</rss>',
      '',
    ),
    { flag: 'w' },
  ).catch(() => {});
  const outcome = await imported(content, { export: broken }).catch((error: Error) => error);
  if (outcome instanceof Error) throw outcome;
  expect(outcome.results.filter(({ kind }) => kind === 'posts')).toHaveLength(8);
  expect(outcome.lost.find(({ what }) => what === 'xml')?.line).toBe(50);
});

test.each([
  ['[Presentation here] and [Tab] and [note to self]', 'Presentation here'],
  ['preg_match([a-z0-9-]+)', 'a-z0-9-'],
  ['[a_list][other_list]', 'a_list'],
])('%s are words in brackets, which stay', (text, words) => {
  const none = { attachment: () => undefined, block: () => undefined, children: [] };
  expect(contentHtml(text, none)).toMatchObject({ html: expect.stringContaining(words), lost: [] });
});

test('shortcodes of plugins go, and the words inside of them stay', () => {
  const none = { attachment: () => undefined, block: () => undefined, children: [] };
  const { html, lost } = contentHtml(
    '[my_box color="red"]Inside[/my_box] [toc] [slide id=3] [su_note]Note[/su_note]',
    none,
  );
  expect(html).toMatch(/Inside\s+Note/);
  expect(lost.map(({ what }) => what)).toEqual(['shortcode', 'shortcode', 'shortcode', 'shortcode']);
});
test('a run that is killed at any write is gone on with by the next, and nothing is lost or there twice', async () => {
  const whole = await emptyFolder();
  await imported(whole);
  const expected = await filesIn(whole);
  for (let nth = 1; ; nth += 1) {
    const content = await emptyFolder();
    const isKilled = await killedAtWrite(nth, content, () => imported(content));
    await imported(content);
    expect(await filesIn(content), `killed at write ${nth}`).toEqual(expected);
    if (!isKilled) break;
  }
});

test('an update that is killed at any write is gone on with by the next', async () => {
  const whole = await emptyFolder();
  const changed = `${whole}.xml`;
  const source = await readFile(`${fixture}/keepers.xml`, 'utf8');
  await writeFile(
    changed,
    source.replace('was} cold', 'was} warm').replace('Nobody counted it', 'Somebody counted it'),
  );
  await imported(whole);
  await imported(whole, { export: changed });
  const expected = await filesIn(whole);
  for (let nth = 1; ; nth += 1) {
    const content = await emptyFolder();
    await imported(content);
    const isKilled = await killedAtWrite(nth, content, () => imported(content, { export: changed }));
    await imported(content, { export: changed });
    expect(await filesIn(content), `killed at write ${nth}`).toEqual(expected);
    if (!isKilled) break;
  }
});

test('what its author wrote into an entry after a run was killed stays', async () => {
  const content = await emptyFolder();
  const file = join(content, 'posts/the-first-lamp/index.mdx');
  let nth = 1;
  for (; ; nth += 1) {
    await rm(content, { recursive: true, force: true });
    await killedAtWrite(nth, content, () => imported(content));
    if ((await readFile(file, 'utf8').catch(() => '')).endsWith('Keep the light.\n')) break;
  }
  await writeFile(file, `${await readFile(file, 'utf8')}\nA word of its author.\n`);
  await imported(content);
  expect(await readFile(file, 'utf8')).toContain('A word of its author.');
});

test('no entry, person, topic or comment is looked for among all others for each of them', async () => {
  const looks = async (count: number) => {
    const { archive, looked } = counting(archiveOf(count));
    const content = await emptyFolder();
    const options = { ...network, content, isOffline: true, isDry: true };
    expect((await importArchive(archive, options)).comments).toHaveLength(count);
    return looked();
  };
  const [few, many] = [await looks(50), await looks(500)];
  expect(few).toBeGreaterThan(200);
  expect(many).toBeLessThanOrEqual(few * 10 + 50);
});

/** An archive of posts, each with an author, a topic and a comment of its own. */
function archiveOf(count: number): Archive {
  const all = Array.from({ length: count }, (_, i) => i);
  return {
    ...{ kind: 'wordpress', series: { address: 'https://old.example.com', fields: { title: 'x' } }, lost: [] },
    people: all.map((i) => ({ key: `p${i}`, name: `Keeper ${i}`, addresses: [] })),
    topics: all.map((i) => ({ key: `t${i}`, title: `Topic ${i}` })),
    pieces: all.map((i) => ({
      ...{ key: `${i}`, place: `item ${i}`, kind: 'posts', title: `Night ${i}`, publishedAt: '2019-05-01' },
      body: { html: `<p>Dark. <a href="https://old.example.com/${i + 1}/">More</a></p>` },
      ...{ draft: false, hosts: [], guests: [], authors: [{ person: `p${i}` }], topics: [`t${i}`], keywords: [] },
      ...{ addresses: [`/${i}/`], fields: {}, lost: [] },
    })),
    comments: all.map((i) => ({
      ...{ key: `c${i}`, piece: `${i}`, place: `item ${i}`, author: 'A reader', body: { html: 'So it was.' } },
      ...(i > 0 && { answers: `c${i - 1}` }),
    })),
  };
}

/** The same archive, whose lists count how often one of their elements is taken. */
function counting(archive: Archive): { archive: Archive; looked: () => number } {
  let count = 0;
  const counted = <Value extends unknown[]>(list: Value): Value =>
    new Proxy(list, {
      get: (target, name) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) count += 1;
        return Reflect.get(target, name) as unknown;
      },
    });
  const { people, topics, pieces, comments } = archive;
  const lists = {
    people: counted(people),
    topics: counted(topics),
    pieces: counted(pieces),
    comments: counted(comments),
  };
  return { archive: { ...archive, ...lists }, looked: () => count };
}

/** All files of a folder by their paths, but for what a process that was killed left half. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = names.filter((each) => each.isFile() && !each.name.endsWith('.new'));
  const read = paths.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(folder, path), await readFile(path, 'latin1')] as const;
  });
  return Object.fromEntries((await Promise.all(read)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
