import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paletteOf } from '#site/palette.ts';
import type { SocialCard } from '#metadata/social-card.ts';
import { socialPng } from '#metadata/social-png.ts';
import { palette } from './facts.ts';

let cache: string;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'social-'));
});
afterAll(() => rm(cache, { recursive: true }));

const card: SocialCard = {
  tab: ['File 007', 'Season 1'],
  title: 'Improving customer advocacy',
  text: 'Both teams want customers who speak up for them. So why does nobody own it?',
  people: [
    { name: 'Joel Capperella', side: 'marketing' },
    { name: 'Matt McDarby', side: 'sales' },
  ],
  series: 'The Test Files',
  subtitle: 'For tests',
};

test.each([
  ['short', 'Fog'],
  ['long', 'What a hundred and forty characters look like when they are '.repeat(3)],
  ['of one long word', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'],
  ['with emoji', 'The fox 🦊 and the 👩🏽‍🚀 go → to market'],
  ['in Japanese', '東京の夜、営業とマーケティング'],
  ['in Arabic', 'مرحبا بالعالم'],
  ['in Hebrew and Latin', 'שלום means peace'],
  ['in Vietnamese and Czech', 'Tiếng Việt, Žižkov'],
  ['of markup', '</script><b>&amp; "quotes"'],
  ['of strange characters', '\u0000\u202E\uFFFD\u{E0001}\ud800'],
])('a title %s is drawn in the size that is asked for', async (_, title) => {
  const png = await socialPng({ ...card, title }, palette, cache);
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
  expect(png.length).toBeLessThan(100_000);
});

test('characters that no face has leave no mark', async () => {
  const plain = await socialPng({ ...card, title: 'The fox' }, palette, cache);
  expect(await socialPng({ ...card, title: 'The fox 🦊' }, palette, cache)).toEqual(plain);
});

test('a picture that was drawn before is read from the cache; one that has changed is drawn', async () => {
  const own = await mkdtemp(join(cache, 'own-'));
  await socialPng(card, palette, own);
  const [file = ''] = await readdir(own);
  await writeFile(join(own, file), 'drawn before');
  expect(String(await socialPng(card, palette, own))).toBe('drawn before');
  await socialPng({ ...card, tab: ['File 008'] }, palette, own);
  await socialPng(card, { ...palette, light: { ...palette.light, marketing: '#000000' } }, own);
  expect(await readdir(own)).toHaveLength(3);
});

test('the style sheet has every colour that the picture takes from it', async () => {
  const { light, dark } = paletteOf(await readFile('src/styles/tokens.css', 'utf8'));
  for (const colour of [...Object.values(light), ...Object.values(dark)]) expect(colour).toMatch(/^#[\da-f]{6}$/);
});

test('a style sheet without one of the colours is refused by its name', () => {
  expect(() => paletteOf('--color-desk: light-dark(#fff, #000); --color-paper: #fff;')).toThrow('--color-paper');
});
