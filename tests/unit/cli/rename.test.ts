import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { readEdition } from '#authoring/edition.ts';
import { rename } from '../../../src/cli/rename.ts';
import { runCommand } from '../../fakes/command-context.ts';

const now = '2026-01-15T12:00:00Z';

async function fixture(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rename-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp('tests/fixtures/series', folder, { recursive: true });
  return folder;
}

const run = (folder: string, ...args: string[]) => runCommand(rename, args, { CONTENT_DIR: folder, NOW: now });
const edition = (path: string) =>
  readEdition({ path, clock: { now: new Date(now), preview: false }, publicFolder: resolve('public') });

/** All that is in a folder. */
async function contents(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'latin1')])));
}

test.each([
  ['an episode', 'episodes/number-seven-is-inland', 'number-seven', 'episodes'],
  ['a post in a file of its own', 'minutes-of-the-meeting-on-meetings', 'posts/minutes', 'posts'],
  ['a person', 'petra-plimsoll', 'petra', 'people'],
  ['a whitepaper', 'whitepapers/the-well-lit-pipeline/', 'well-lit', 'whitepapers'],
  ['a partner', 'the-kittiwake-almanac', 'kittiwake', 'partners'],
] as const)('%s has another slug everywhere, and its old address leads on', async (_, old, typed, collection) => {
  const folder = await fixture();
  const before = await edition(folder);
  expect(before.problems).toEqual([]);
  const [oldSlug = '', slug = ''] = [old, typed].map((name) => name.replace(/\/$/, '').split('/').at(-1));
  const { code, errors } = await run(folder, old, typed);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const after = await edition(folder);
  expect(after.problems).toEqual([]);
  const record = (which: typeof before, name: string) => which.catalog[collection].find((each) => each.slug === name);
  expect(record(after, oldSlug)).toBeUndefined();
  expect(after.catalog.redirects).toContainEqual(
    expect.objectContaining({ from: record(before, oldSlug)?.url, to: record(after, slug)?.url }),
  );
  const [first, second] = [record(before, oldSlug), record(after, slug)];
  if (first && second && 'guid' in first) expect('guid' in second && second.guid).toBe(first.guid);
  // Its old address is an alias now, and nothing else speaks of it.
  const texts = Object.entries(await contents(folder)).filter(([file]) => /\.(?:mdx|yaml)$/.test(file));
  const named = texts.flatMap(
    ([, text]) => text.match(new RegExp(`^.*(?<![\\w-])${oldSlug}(?![\\w.-]).*$`, 'gm')) ?? [],
  );
  expect(named.filter((line) => !line.includes(`${record(before, oldSlug)?.url.slice(0, -1)}`))).toEqual([]);
});

test('--dry-run says what would be, and changes nothing', async () => {
  const folder = await fixture();
  const before = await contents(folder);
  const { code, output } = await run(folder, 'number-seven-is-inland', 'number-seven', '--dry-run');
  expect(code).toBe(0);
  expect(stripVTControlCharacters(output)).toMatch(
    /\d+ lines in \d+ files:\n[^]*EpisodeCard slug="number-seven"[^]*Nothing was changed\./,
  );
  expect(await contents(folder)).toEqual(before);
});

test.each([
  [['number-seven-is-inland', 'welcome-to-the-rock'], 'There is episodes/welcome-to-the-rock already.'],
  [['number-seven-is-inlnd', 'x'], 'There is no entry “number-seven-is-inlnd”. Nearest: number-seven-is-inland'],
  [['number-seven-is-inland', 'Number 7'], 'Nearest: number-7'],
  [['number-seven-is-inland', 'posts/x'], 'An entry stays in its collection: episodes/x'],
  [['handovers', 'x'], 'A topic keeps its slug'],
])('%j is refused, and nothing is changed', async (args, words) => {
  const folder = await fixture();
  const before = await contents(folder);
  expect(await run(folder, ...args)).toMatchObject({ code: 2, errors: expect.stringContaining(words) });
  expect(await contents(folder)).toEqual(before);
});

test('what would be a mistake is taken back', async () => {
  const folder = await fixture();
  const post = join(folder, 'posts/answer-within-one-tide/index.mdx');
  const text = await readFile(post, 'utf8');
  await writeFile(post, text.replace('\n---\n', '\naliases: [/episodes/number-seven]\n---\n'));
  const before = await contents(folder);
  const { code, errors } = await run(folder, 'number-seven-is-inland', 'number-seven');
  expect({ code, errors }).toMatchObject({ code: 1, errors: expect.stringContaining('All is as it was before.') });
  expect(await contents(folder)).toEqual(before);
});

test('examples in code are left alone, and comments and quotes stay', async () => {
  const folder = await fixture();
  const about = join(folder, 'pages/about.mdx');
  const code =
    '\n```mdx\n<EpisodeCard slug="number-seven-is-inland" />\n```\n\nAnd `[x](/episodes/number-seven-is-inland/)`.\n';
  await writeFile(about, (await readFile(about, 'utf8')) + code);
  const episode = join(folder, 'episodes/one-beam-two-brochures/index.mdx');
  const text = await readFile(episode, 'utf8');
  await writeFile(
    episode,
    text.replace('- episodes/number-seven-is-inland', "- 'episodes/number-seven-is-inland' # inland"),
  );
  expect(await run(folder, 'number-seven-is-inland', 'number-seven')).toMatchObject({ code: 0 });
  expect(await readFile(about, 'utf8')).toContain(code);
  expect(await readFile(episode, 'utf8')).toContain("- 'episodes/number-seven' # inland\n");
});
