import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { contentFolder } from '#authoring/folder.ts';
import { catalog } from '#catalog/collections.ts';

/** The recordings, transcripts and chapters that lie beside an episode, at addresses that stay. */
export const getStaticPaths = (async () => {
  const { assets } = await catalog();
  return assets.map(({ url, path }) => {
    const [, , slug, ...file] = url.split('/');
    return { params: { slug, file: file.join('/') }, props: { path } };
  });
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ path: string }> = async ({ props }) =>
  new Response(await readFile(join(contentFolder(), props.path)));
