import type { APIRoute } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { opml } from '#feeds/opml.ts';

export const GET: APIRoute = async ({ site }) => {
  return new Response(opml(await catalog(), new URL(site ?? '')), {
    headers: { 'Content-Type': 'text/x-opml; charset=utf-8' },
  });
};
