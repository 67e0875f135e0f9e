import type { APIRoute, GetStaticPaths } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { paletteOf } from '#site/palette.ts';
import { type SocialCard, socialCards } from '#metadata/social-card.ts';
import { socialKey, socialPng } from '#metadata/social-png.ts';
import tokens from '#styles/tokens.css?raw';

/** The pictures that stand for the pages where their addresses are shared. */
export const getStaticPaths = (async () =>
  Promise.all(
    socialCards(await catalog()).map(async ({ url, card }) => ({
      params: { card: url.slice('/social/'.length, -'.png'.length) },
      props: { card },
      // Drawing is what costs most: a picture outlives other changes of the code.
      cacheKey: await socialKey(card, palette),
    })),
  )) satisfies GetStaticPaths;

const palette = paletteOf(tokens);

export const GET: APIRoute<{ card: SocialCard }> = async ({ props }) =>
  new Response(new Uint8Array(await socialPng(props.card, palette)), {
    headers: { 'Content-Type': 'image/png' },
  });
