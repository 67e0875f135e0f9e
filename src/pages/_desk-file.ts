import type { APIContext } from 'astro';
import type { DeskQuery, ViewName, Views } from '#capture/desk.ts';
import { url } from '#site/url.ts';
import { doorOf, notFound, setCookie, visitOf } from './_desk.ts';

/** What a file of the desk has in it, or the answer to who may not have it. */
export async function seeFile<Name extends ViewName>(
  context: APIContext,
  name: Name,
  query: DeskQuery,
): Promise<Views[Name] | Response> {
  const door = doorOf(context);
  if (!door) return notFound();
  const seen = await door.see(name, query, visitOf(context));
  if (seen.session !== undefined) setCookie(context, 'session', seen.session);
  if (seen.kind === 'open') return seen.shown;
  if (seen.kind === 'signed-out') return context.redirect(url.deskSignIn, 303);
  const [status, text] = refusals[seen.kind];
  return new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}

/** A file to keep, under this name. */
export const file = (body: BodyInit, type: string, name: string): Response =>
  new Response(body, {
    headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` },
  });

const refusals = {
  forbidden: [403, 'Your role does not let you have that.'],
  unknown: [404, 'It is not here, or not any more.'],
  unavailable: [503, 'The store does not answer. Try again in a minute.'],
} as const;
