import type { APIRoute } from 'astro';
import { file, seeFile } from '../../_desk-file.ts';

/** All that is kept of a lead's person, for the person. */
export const prerender = false;

export const GET: APIRoute = async (context) => {
  const json = await seeFile(context, 'person', Object.fromEntries(context.url.searchParams));
  return json instanceof Response ? json : file(json, 'application/json; charset=utf-8', 'person.json');
};
