import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { publishedFile } from '#authoring/published-transcript.ts';
import { contentFolder } from '#authoring/folder.ts';
import { catalog } from '#catalog/collections.ts';
import { decoded } from '#site/url.ts';

/** The files beside entries, for the author's server: the built site has them as plain files. */
export const getStaticPaths = (async () => {
  const { assets } = await catalog();
  return assets.map(({ url, path }) => {
    const [, folder, ...file] = decoded(url).split('/');
    return { params: { folder, file: file.join('/') }, props: { path } };
  });
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ path: string }> = async ({ props: { path } }) => {
  const file = await readFile(join(contentFolder(), path));
  return new Response(publishedFile(file, path));
};
