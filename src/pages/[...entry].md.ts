import type { APIRoute, GetStaticPaths } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { notesWithLanguages } from '#feeds/notes.ts';
import { markdownDocuments, type MarkdownDocument } from '#markdown/document.ts';
import { markdown } from '#markdown/markdown.ts';
import { bodyHtml } from '#prose/html.ts';
import { url } from '#site/url.ts';
import { keyed } from './_keyed.ts';

/** Each entry as Markdown, beside its page: `/episodes/<slug>/index.md`, `/about/index.md`. */
export const getStaticPaths = (async () =>
  keyed(
    markdownDocuments(await catalog()).map((document) => ({
      params: { entry: url.markdown(document.url).slice(1, -'.md'.length) },
      props: { document },
    })),
  )) satisfies GetStaticPaths;

export const GET: APIRoute<{ document: MarkdownDocument }> = async ({ props: { document }, site }) => {
  const at = new URL(site ?? '');
  return new Response(markdown(document, await notesWithLanguages(document, at, bodyHtml), at), {
    headers: { 'Content-Type': 'text/markdown; charset=utf-8' },
  });
};
