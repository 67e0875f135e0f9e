import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { contentFolder } from '#authoring/folder.ts';
import { catalog } from '#catalog/collections.ts';
import { chaptersFile } from '#feeds/chapters.ts';

/**
 * The recordings, transcripts and chapters of an episode, at addresses that stay: the files that lie beside it, and
 * the chapters that its author listed as a file of their own.
 */
export const getStaticPaths = (async () => {
  const { assets, episodes } = await catalog();
  const beside = assets.map(({ url, path }): [string, Props] => [url, { path }]);
  const listed = episodes.map((each): [string | undefined, Props] => [each.chaptersUrl, { text: chaptersFile(each) }]);
  // A chapters file of the author's stands at the same address as the list that was read from it, and goes before it.
  return [...new Map([...listed, ...beside])].flatMap(([url, props]) => {
    const [, , slug, ...file] = url?.split('/') ?? [];
    return slug ? [{ params: { slug, file: file.join('/') }, props }] : [];
  });
}) satisfies GetStaticPaths;

type Props = { path: string } | { text: string };

export const GET: APIRoute<Props> = async ({ props }) =>
  new Response('path' in props ? await readFile(join(contentFolder(), props.path)) : props.text);
