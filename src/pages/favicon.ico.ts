import type { APIRoute } from 'astro';
import { ico, iconPng } from '#metadata/icon-png.ts';
import { paletteOf } from '#site/palette.ts';
import tokens from '#styles/tokens.css?raw';

/** For what takes no SVG, and for what asks for this address without looking at a page. */
export const GET: APIRoute = async () => {
  const png = await iconPng({ size: 32, share: 1, opaque: false }, paletteOf(tokens).light.paper);
  return new Response(new Uint8Array(ico(png, 32)), { headers: { 'Content-Type': 'image/vnd.microsoft.icon' } });
};
