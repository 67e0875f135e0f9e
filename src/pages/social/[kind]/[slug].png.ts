import type { APIRoute, GetStaticPaths } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { paletteOf } from '#site/palette.ts';
import { type SocialCard, socialCards } from '#metadata/social-card.ts';
import { socialPng } from '#metadata/social-png.ts';
import tokens from '#styles/tokens.css?raw';

/** The pictures that stand for the pages where their addresses are shared. */
export const getStaticPaths = (async () =>
  socialCards(await catalog()).map(({ kind, slug, card }) => ({
    params: { kind, slug },
    props: { card },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ card: SocialCard }> = async ({ props }) =>
  new Response(new Uint8Array(await socialPng(props.card, paletteOf(tokens))), {
    headers: { 'Content-Type': 'image/png' },
  });
