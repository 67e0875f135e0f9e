import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { indexSite } from '#search/site-index.ts';
import { fixtureOutput } from '../fixture-site.ts';
import { SearchPanel } from './search-panel.ts';
import { useSite, type Visits } from './site.ts';

/** Pages whose words are not those of a dictionary, by their titles. */
const written = {
  'Sharp things': 'The booking system was written in C# by a keeper, and in F# on Sundays. It is slow.',
  'Plus things': 'The lamp turns by C++, for guests of 18+ alone. The gull uses C and nothing else.',
  'Net things': 'It runs on .NET in the cellar, beside Node.js.',
  Fishing: 'The net was mended, and nobody framed it. It took a thousand knots: 1,000 of them.',
  Money: 'A lamp costs $1,000 a year, a horn 5 € a blast and a bell £20.',
  灯台の暮らし: 'カモメは毎朝デボラと呼ばれる。灯台の霧が深いので、lighthouseの鐘を鳴らす。',
  'Bells in Chinese': 'On the far shore they say 灯塔的雾很浓，请敲钟。 Nobody answers.',
};

/** The fixture with these pages, all in one language. */
async function siteIn(language: string): Promise<string> {
  const folder = `node_modules/.cache/search-text-${language}`;
  await rm(folder, { recursive: true, force: true });
  await cp(fixtureOutput, folder, { recursive: true });
  const client = join(folder, 'client');
  const pattern = await readFile(join(client, 'about/index.html'), 'utf8');
  for (const [i, [title, text]] of Object.entries(written).entries()) {
    const record = { meta: { title, summary: '', kind: 'Page' }, filters: { kind: ['Page'] } };
    const file = join(client, `written-${i}/index.html`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      pattern
        .replace(
          /<template data-search(?:="")?>.*?<\/template>/s,
          () => `<template data-search>${JSON.stringify(record)}</template>`,
        )
        .replace(/<article[\s\S]*<\/article>/, `<article data-pagefind-body><h1>${title}</h1><p>${text}</p></article>`),
    );
  }
  if (language !== 'en')
    for await (const path of glob('**/*.html', { cwd: client })) {
      const html = await readFile(join(client, path), 'utf8');
      // The copy shares its files with the fixture.
      await rm(join(client, path));
      await writeFile(join(client, path), html.replace(/(<html[^>]*\slang=")[^"]+/, `$1${language}`));
    }
  await rm(join(client, 'pagefind'), { recursive: true });
  await indexSite(client);
  return folder;
}

const folders = { en: await siteIn('en'), ja: await siteIn('ja') };
afterAll(() => Promise.all(Object.values(folders).map((folder) => rm(folder, { recursive: true }))));
const sites: Record<string, Visits> = {
  en: useSite({ DIST_DIR: folders.en }),
  ja: useSite({ DIST_DIR: folders.ja }),
};

/** What somebody asks, the pages that say it, and a word that is marked in one of them. */
const asked: [words: string, titles: string[], mark?: string][] = [
  ['C#', ['Sharp things'], 'C#'],
  ['f#', ['Sharp things'], 'F#'],
  ['C++', ['Plus things'], 'C++'],
  ['18+', ['Plus things'], '18+'],
  ['.NET', ['Net things'], 'NET'],
  ['$1,000', ['Money'], '$1,000'],
  ['$1000', ['Money'], '$1,000'],
  ['5€', ['Money'], '€'],
  ['£20', ['Money'], '£20'],
  ['1,000', ['Fishing', 'Money'], '1,000'],
  ['灯台', ['灯台の暮らし'], '灯台'],
  ['霧', ['灯台の暮らし'], '霧'],
  ['霧が深い', ['灯台の暮らし'], '霧が深い'],
  ['デボラ', ['灯台の暮らし'], 'デボラ'],
  ['灯台の暮らし', ['灯台の暮らし']],
  ['台灯', []],
  ['雾很浓', ['Bells in Chinese'], '雾很浓'],
  ['灯塔', ['Bells in Chinese'], '灯塔'],
  ['lighthouse 鐘', ['灯台の暮らし'], '鐘'],
];

test.each(['en', 'ja'])('signs and words without spaces find what says them in a show in %s', async (language) => {
  const page = await sites[language]!();
  await page.goto('/search/?q=C&kind=Page');
  const search = new SearchPanel(page);
  await search.answers();
  for (const [words, titles, mark] of asked) {
    await search.field.fill(words);
    await search.panel.and(page.locator(':not([aria-busy])')).waitFor();
    const found = (await search.titles()).filter((title) => title in written);
    expect(found.toSorted(), words).toEqual(titles);
    const excerpts = await search.results.locator('.search-excerpt').allInnerTexts();
    expect(excerpts.join(' '), words).not.toMatch(/[\u2060\u{10380}-\u{1039D}]/u);
    if (mark) expect(await search.results.locator('mark').allTextContents(), words).toContain(mark);
    expect(await search.panel.getByText('Did you mean').count(), words).toBe(0);
  }
});

test('a word without spaces is painted on the page that it was found on', async () => {
  const page = await sites['en']!();
  await page.goto('/search/?q=灯台&kind=Page');
  await new SearchPanel(page).results.getByRole('link', { name: '灯台の暮らし' }).click();
  await page.getByRole('region', { name: 'Words that were searched for' }).waitFor();
  expect(await page.evaluate(() => [...(CSS.highlights.get('search') ?? [])].map(String))).toEqual(['灯台', '灯台']);
});
