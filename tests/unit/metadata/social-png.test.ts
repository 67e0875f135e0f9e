import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { paletteOf } from '#site/palette.ts';
import type { SocialCard } from '#metadata/social-card.ts';
import { socialKey, socialPng } from '#metadata/social-png.ts';
import { palette } from './facts.ts';

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
  const png = await socialPng({ ...card, title }, palette);
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
  expect(png.length).toBeLessThan(100_000);
});

test('characters that no face has leave no mark', async () => {
  const plain = await socialPng({ ...card, title: 'The fox' }, palette);
  expect(await socialPng({ ...card, title: 'The fox 🦊' }, palette)).toEqual(plain);
});

test('a card is the same picture whatever is drawn before it and beside it', async () => {
  const others = [
    { ...card, title: 'Fog', people: [] },
    { ...card, portrait: { initials: 'JC' } },
  ];
  const [first, , , second] = await Promise.all([card, ...others, card].map((each) => socialPng(each, palette)));
  expect(second).toEqual(first);
});

test('the key of a picture is another one for all that is drawn otherwise, and for nothing else', async () => {
  const key = await socialKey(card, palette);
  expect(await socialKey(structuredClone(card), structuredClone(palette))).toBe(key);
  const others = await Promise.all([
    socialKey({ ...card, tab: ['File 008'] }, palette),
    socialKey({ ...card, title: 'The fox' }, palette),
    socialKey({ ...card, people: [] }, palette),
    socialKey(card, { ...palette, light: { ...palette.light, marketing: '#000000' } }),
  ]);
  expect(new Set([key, ...others]).size).toBe(5);
});

describe('the mark of the series', () => {
  test('is drawn in every picture', async () => {
    const { data, info } = await sharp(await socialPng(card, palette))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const red = Array.from({ length: info.width * info.height }, (_, i) => data.readUIntBE(i * info.channels, 3));
    expect(red.filter((pixel) => pixel === 0xb3321a).length).toBeGreaterThan(1000);
  });
});

test('the style sheet has every colour that the picture takes from it', async () => {
  const { light, dark } = paletteOf(await readFile('src/styles/tokens.css', 'utf8'));
  for (const colour of [...Object.values(light), ...Object.values(dark)]) expect(colour).toMatch(/^#[\da-f]{6}$/);
});

test('a style sheet without one of the colours is refused by its name', () => {
  expect(() => paletteOf('--color-desk: light-dark(#fff, #000); --color-paper: #fff;')).toThrow('--color-paper');
});
