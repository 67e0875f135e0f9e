import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { paletteOf } from '#site/palette.ts';
import type { SocialCard } from '#metadata/social-card.ts';
import { socialKey, socialPng, withInlineMark } from '#metadata/social-png.ts';
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
  const shapes =
    '<circle cx="20" cy="19" r="17" fill="#b3321a"/><path d="M29 4.6a17 17 0 0 1 0 28.8z" fill="#4b2350"/>';
  const root = 'xmlns="http://www.w3.org/2000/svg"';
  const within = (mark: string) =>
    `<svg ${root} width="200" height="100"><rect width="200" height="100" fill="#fff"/><image x="12" y="16" width="104" height="68" href="data:image/svg+xml;base64,${Buffer.from(mark).toString('base64')}" preserveAspectRatio="none"/></svg>`;
  const pixels = (svg: string) => sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();

  test('is drawn in every picture', async () => {
    const { data, info } = await sharp(await socialPng(card, palette))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const red = Array.from({ length: info.width * info.height }, (_, i) => data.readUIntBE(i * info.channels, 3));
    expect(red.filter((pixel) => pixel === 0xb3321a).length).toBeGreaterThan(1000);
  });

  test.each([
    ['of the proportions of its place', `<svg ${root} viewBox="0 0 58 38">${shapes}</svg>`],
    ['of others', `<svg ${root} viewBox="-4 -4 58 58"><title>x &amp; y</title>${shapes}</svg>`],
    [
      'that is cut',
      `<svg viewBox="10 10 20 20" ${root} fill="#0b5d74">${shapes}<rect x="12" y="12" width="4" height="4"/></svg>`,
    ],
  ])('%s looks as it does as an image', async (_, mark) => {
    const svg = withInlineMark(within(mark), mark);
    expect(svg).not.toContain('<image');
    const [inline, image] = [await pixels(svg), await pixels(within(mark))];
    const far = inline.filter((value, i) => Math.abs(value - (image[i] ?? 0)) > 2);
    expect(far).toHaveLength(0);
  });

  test.each([
    ['has no viewBox', `<svg ${root} width="58" height="38">${shapes}</svg>`],
    ['has a size', `<svg ${root} width="58" height="38" viewBox="0 0 58 38">${shapes}</svg>`],
    ['keeps its proportions', `<svg ${root} viewBox="0 0 58 38" preserveAspectRatio="xMinYMin meet">${shapes}</svg>`],
    ['has styles', `<svg ${root} viewBox="0 0 58 38"><style>rect { fill: red }</style>${shapes}</svg>`],
    ['has names', `<svg ${root} viewBox="0 0 58 38"><g id="satori_om-id">${shapes}</g></svg>`],
    ['has a prologue', `<?xml version="1.0"?><svg ${root} viewBox="0 0 58 38">${shapes}</svg>`],
    ['is none', '<html/>'],
  ])('stays an image where it %s', (_, mark) => {
    expect(withInlineMark(within(mark), mark)).toBe(within(mark));
  });

  test('takes the place of no other image', () => {
    const mark = `<svg ${root} viewBox="0 0 58 38">${shapes}</svg>`;
    expect(withInlineMark(within('<svg/>'), mark)).toBe(within('<svg/>'));
  });
});

test('the style sheet has every colour that the picture takes from it', async () => {
  const { light, dark } = paletteOf(await readFile('src/styles/tokens.css', 'utf8'));
  for (const colour of [...Object.values(light), ...Object.values(dark)]) expect(colour).toMatch(/^#[\da-f]{6}$/);
});

test('a style sheet without one of the colours is refused by its name', () => {
  expect(() => paletteOf('--color-desk: light-dark(#fff, #000); --color-paper: #fff;')).toThrow('--color-paper');
});
