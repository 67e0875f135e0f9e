import type { APIRoute, GetStaticPaths } from 'astro';
import { iconPng } from '#metadata/icon-png.ts';
import { icons } from '#metadata/icons.ts';
import { paletteOf } from '#site/palette.ts';
import tokens from '#styles/tokens.css?raw';
import { keyed } from '../_keyed.ts';

export const getStaticPaths = (() =>
  keyed(Object.entries(icons).map(([name, icon]) => ({ params: { name }, props: icon })))) satisfies GetStaticPaths;

export const GET: APIRoute<(typeof icons)[keyof typeof icons]> = async ({ props }) => {
  const png = await iconPng(props, paletteOf(tokens).light.paper);
  return new Response(new Uint8Array(png), { headers: { 'Content-Type': 'image/png' } });
};
