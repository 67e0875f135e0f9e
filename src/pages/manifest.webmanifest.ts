import type { APIRoute } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { manifest } from '#metadata/manifest.ts';
import { paletteOf } from '#site/palette.ts';
import tokens from '#styles/tokens.css?raw';

export const GET: APIRoute = async () => {
  const { show } = await catalog();
  return Response.json(manifest(show, paletteOf(tokens)), { headers: { 'Content-Type': 'application/manifest+json' } });
};
