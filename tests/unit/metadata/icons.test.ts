import sharp from 'sharp';
import { expect, test } from 'vitest';
import { ico, iconPng } from '#metadata/icon-png.ts';
import { icons } from '#metadata/icons.ts';
import { manifest } from '#metadata/manifest.ts';
import { catalogOf, palette } from './facts.ts';

/** The colour and opacity of one pixel. */
async function pixel(png: Buffer, left: number, top: number): Promise<number[]> {
  return [...(await sharp(png).ensureAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer())];
}

test('an icon is square, on paper where it must not be seen through', async () => {
  const apple = await iconPng(icons['apple-touch-icon'], '#fbf6ea');
  expect(await sharp(apple).metadata()).toMatchObject({ width: 180, height: 180 });
  expect(await pixel(apple, 0, 0)).toEqual([0xfb, 0xf6, 0xea, 255]);
  expect((await pixel(await iconPng(icons['192'], '#fbf6ea'), 0, 0))[3]).toBe(0);
});

test('the mark of a maskable icon lies within the circle that every mask leaves', async () => {
  const { size, share } = icons['maskable-512'];
  const height = (size * share * 38) / 58;
  expect(Math.hypot((size * share) / 2, height / 2)).toBeLessThanOrEqual(size * 0.4);
});

test('an ICO file has one image, which its directory describes', () => {
  const png = Buffer.from('the bytes of a PNG');
  const file = ico(png, 32);
  expect([file.readUInt16LE(0), file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([0, 1, 1]);
  expect([file[6], file[7], file.readUInt16LE(10), file.readUInt16LE(12)]).toEqual([32, 32, 1, 32]);
  const [length, offset] = [file.readUInt32LE(14), file.readUInt32LE(18)];
  expect(file.subarray(offset, offset + length)).toEqual(png);
  expect(file.length).toBe(offset + length);
});

test('the manifest names the series, its colours and its icons', () => {
  expect(manifest(catalogOf({}).show, palette)).toMatchObject({
    name: 'The Test Files',
    lang: 'en-GB',
    start_url: '/',
    background_color: '#eeeeee',
    icons: [
      { src: '/icons/192.png', sizes: '192x192', purpose: 'any' },
      { src: '/icons/512.png', sizes: '512x512', purpose: 'any' },
      { src: '/icons/maskable-512.png', sizes: '512x512', purpose: 'maskable' },
    ],
  });
});
