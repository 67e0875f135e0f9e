import { getContainerRenderer } from '@astrojs/mdx/container-renderer';
import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { loadRenderers } from 'astro:container';
import type { Body } from '#catalog/records.ts';
import Prose from './Prose.astro';

/** The body of an entry as HTML text, for feeds. */
export async function bodyHtml(body: Body): Promise<string> {
  container ??= AstroContainer.create({ renderers: await loadRenderers([getContainerRenderer()]) });
  return (await container).renderToString(Prose, { props: { body } });
}

let container: Promise<AstroContainer> | undefined;
