import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { captionFormat, readableCaptions } from '#authoring/captions.ts';
import { contentFolder } from '#authoring/folder.ts';
import { catalog } from '#catalog/collections.ts';
import { decoded } from '#site/url.ts';

/** The files beside an episode, for the author's server: the built site has them as plain files. */
export const getStaticPaths = (async () => {
  const { assets } = await catalog();
  return assets.map(({ url, path }) => {
    const [, , slug, ...file] = decoded(url).split('/');
    return { params: { slug, file: file.join('/') }, props: { path } };
  });
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ path: string }> = async ({ props: { path } }) => {
  const file = await readFile(join(contentFolder(), path));
  const format = captionFormat(path);
  return new Response(format ? readableCaptions(file.toString(), format) : file);
};
