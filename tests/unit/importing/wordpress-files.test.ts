import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Archive } from '#importing/archive.ts';
import { feed } from '#importing/feed/reader.ts';
import { sourceAt } from '#importing/source.ts';
import { wordpress } from '#importing/wordpress/reader.ts';
import { import as importProgram } from '../../../src/cli/import.ts';
import { runCommand } from '../../fakes/command-context.ts';

const context = {
  ...{ fetch: () => Promise.reject(new Error('asked for something')), timeout: 1000, isOffline: true },
  ...{ now: new Date('2026-01-10T12:00:00Z'), progress: () => {} },
};

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'wxr-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

async function read(bytes: Uint8Array | string): Promise<Archive> {
  const file = join(await folder(), 'export.xml');
  await writeFile(file, bytes);
  const source = await sourceAt(file);
  expect(await wordpress.recognizes(source)).toBe(true);
  return wordpress.read(source, context);
}

const item = (id: number, title: string, text = 'Words.') =>
  `<item><title>${title}</title><content:encoded><![CDATA[${text}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2019-05-01 09:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n`;

const wxr = (items: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}\n<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Lamp Room</title><wp:wxr_version>1.2</wp:wxr_version>\n${items}</channel></rss>\n`;

const titles = ({ pieces }: Archive) => pieces.map(({ title }) => title);
const problems = ({ lost }: Archive) => lost.filter(({ what }) => what === 'xml').map(({ detail }) => detail);

const named = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

test.for([
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${wxr(item(1, 'Über “Öl”'))}`), 'Über “Öl”'],
  ['UTF-8 that says Latin-1', Buffer.from(wxr(item(1, 'Über'), named('ISO-8859-1'))), 'Über'],
  ['UTF-8 that says UTF-16', Buffer.from(wxr(item(1, 'Über'), named('UTF-16'))), 'Über'],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${wxr(item(1, 'Über 🗼'), named('UTF-16'))}`, 'utf16le'), 'Über 🗼'],
  ['UTF-16, the other way round', swapped(`\uFEFF${wxr(item(1, 'Über 🗼'), named('UTF-16'))}`), 'Über 🗼'],
  ['UTF-16 without a mark', Buffer.from(wxr(item(1, 'Über'), named('UTF-16')), 'utf16le'), 'Über'],
  ['Latin-1 that says so', Buffer.from(wxr(item(1, 'Über Öl'), named('ISO-8859-1')), 'latin1'), 'Über Öl'],
  ['Latin-1 that says nothing', Buffer.from(wxr(item(1, 'Über Öl'), ''), 'latin1'), 'Über Öl'],
  ['Latin-1 that says UTF-8', Buffer.from(wxr(item(1, 'Über Öl')), 'latin1'), 'Über Öl'],
  ['Windows-1252 that says UTF-8', Buffer.from(wxr(item(1, '\x93Oil\x94 \x96 \xfc')), 'latin1'), '“Oil” – ü'],
  ['Windows-1251 that says so', Buffer.from(wxr(item(1, '\xcc\xe0\xff\xea'), named('windows-1251')), 'latin1'), 'Маяк'],
] as const)('an export in %s is read', async ([, bytes, title]) => {
  const archive = await read(bytes);
  expect(titles(archive)).toEqual([title]);
  expect(problems(archive)).toEqual([]);
});

test('an encoding that shows late is found, and a sign that two reads part stays whole', async () => {
  const long = 'A lamp. '.repeat(20_000);
  expect(titles(await read(Buffer.from(wxr(item(1, 'One', long) + item(2, 'Öl')), 'latin1')))).toEqual(['One', 'Öl']);
  const many = Array.from({ length: 300 }, (_, i) => item(i + 1, `${'ö'.repeat(i + 1)}🗼`, 'é'.repeat(300 + i)));
  const archive = await read(wxr(many.join('')));
  expect(titles(archive)).toEqual(many.map((_, i) => `${'ö'.repeat(i + 1)}🗼`));
  expect(problems(archive)).toEqual([]);
});

test('one broken sign in UTF-8 spoils nothing else, and is counted', async () => {
  const bytes = Buffer.from(wxr(item(1, 'Über Öl und Öfen X')));
  bytes[bytes.indexOf('X</title>')] = 0xff;
  const archive = await read(bytes);
  expect(titles(archive)).toEqual(['Über Öl und Öfen �']);
  expect(problems(archive)).toEqual(['1 signs of the export are in no encoding that is known: � stands for each']);
});

test('control characters, parted CDATA and names of HTML do no harm', async () => {
  const text = 'One\u0008\u000B two ]]]]><![CDATA[> three';
  const archive = await read(wxr(item(1, 'Oil &eacute;t brass &rarr; &Auml; &amp; &lt;', text)));
  expect(titles(archive)).toEqual(['Oil ét brass → Ä & <']);
  expect(archive.pieces[0]?.body).toMatchObject({ html: expect.stringContaining('One two ]]> three') });
  expect(problems(archive)).toEqual([]);
});

test.for([
  ['a text', '<title>Three', 'Thr'],
  ['a tag', '<wp:post_id>3', '<wp:po'],
  ['CDATA', 'Cut here', 'Cut'],
])(
  'of an export that ends in the middle of %s, what is whole comes, and the report says where it ends',
  async ([, until, end]) => {
    const whole = wxr(item(1, 'One') + item(2, 'Two') + item(3, 'Three', 'Cut here'));
    const archive = await read(whole.slice(0, whole.indexOf(until ?? '') + (end?.length ?? 0)));
    expect(titles(archive)).toEqual(['One', 'Two']);
    expect(problems(archive)).toEqual([
      expect.stringMatching(/^the export was cut off: it ends on line 5 in the middle of/),
    ]);
  },
);

test('a folder of parts, and parts that are named one by one, are one export', async () => {
  const at = await folder();
  await mkdir(join(at, 'my.blog'));
  const parts = [2, 10, 1].map((n) => join(at, 'my.blog', `part.${n}.xml`));
  for (const [i, part] of parts.entries()) await writeFile(part, wxr(item(i + 1, `Post ${i + 1}`)));
  const source = await sourceAt(at);
  expect(await wordpress.recognizes(source)).toBe(true);
  expect(titles(await wordpress.read(source, context))).toEqual(['Post 3', 'Post 1', 'Post 2']);
  const into = join(at, 'content');
  const { code, output } = await runCommand(importProgram, [...parts, '--into', into, '--offline', '--dry-run'], {});
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('3 posts: 3 new') });
});

test('a folder that has anything else is none, and neither is a file of another kind among parts', async () => {
  const at = await folder();
  await writeFile(join(at, 'a.xml'), wxr(item(1, 'One')));
  await writeFile(join(at, 'config.toml'), 'title = "x"');
  expect(await wordpress.recognizes(await sourceAt(at))).toBe(false);
  const run = (...files: string[]) =>
    runCommand(importProgram, [...files.map((each) => join(at, each)), '--dry-run'], {});
  expect(await run('a.xml', 'config.toml')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('read together'),
  });
  await writeFile(join(at, 'a.zip'), Buffer.from('PK\u0003\u0004\u0014\0\0\0'));
  expect(await run('a.zip')).toMatchObject({ code: 2, errors: expect.stringContaining('is packed: unpack it') });
});

test('a feed in a file is read by the same rules', async () => {
  const file = join(await folder(), 'feed.xml');
  const xml = `${named('UTF-8')}<rss version="2.0"><channel><title>Öl</title><item><title>Über</title><guid>1</guid></item></channel></rss>`;
  for (const bytes of [Buffer.from(xml, 'latin1'), Buffer.from(`\uFEFF${xml}`, 'utf16le')]) {
    await writeFile(file, bytes);
    const source = await sourceAt(file);
    expect(feed.recognizes(source)).toBe(true);
    expect(titles(await feed.read(source, context))).toEqual(['Über']);
  }
});

test('the archive has no address of anybody who wrote', async () => {
  const source = await sourceAt('tests/fixtures/archives/wordpress/comments.xml');
  const text = JSON.stringify(await wordpress.read(source, context));
  expect(await readFile(source.location, 'utf8')).toContain('dora@skerry.example');
  expect(text).not.toMatch(/skerry\.example|192\.0\.2\.7|wick@/);
});
