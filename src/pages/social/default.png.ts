import type { APIRoute } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { paletteOf } from '#site/palette.ts';
import { socialCard } from '#metadata/social-card.ts';
import { socialPng } from '#metadata/social-png.ts';
import tokens from '#styles/tokens.css?raw';

/** The picture of every page that has none of its own. */
export const GET: APIRoute = async () => {
  const { show } = await catalog();
  const png = await socialPng(socialCard(undefined, show), paletteOf(tokens));
  return new Response(new Uint8Array(png), { headers: { 'Content-Type': 'image/png' } });
};
