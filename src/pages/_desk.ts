import type { AstroGlobal } from 'astro';
import type { Acted, Desk, DeskVisit, Frame, ViewName, Views } from '#capture/desk.ts';
import type { FormFields } from '#site/form-fields.ts';
import { url } from '#site/url.ts';
import { fieldsOf } from './_outcomes.ts';

/**
 * How a page of the desk is made. Its data are a view: a type in `capture/desk.ts`, a module that reads it, a row in
 * `capture/desk/views.ts` with the capability that it takes. What its forms do are acts: rows in `capture/desk/acts.ts`. The
 * page is a route in `site/routes.ts` (kind `desk`), and its room, if it has one, a row in `site/desk.ts`. It calls `atDesk`
 * with the view's name, shows `shown` in `layouts/Desk.astro`, and its forms are `components/desk/DeskForm.astro`. A `POST`
 * that was done is answered by a 303 to the same page, which says so in one line; one that was not, by the page with a box.
 */
export interface DeskPage<Name extends ViewName> {
  kind: 'open' | 'forbidden' | 'unknown' | 'unavailable';
  frame?: Frame;
  /** Where it is open. */
  shown?: Views[Name];
  /** What the last act did, after its 303. */
  said?: string | undefined;
  /** Why an act was not done. */
  refused?: { title: string; text?: string; errors?: Readonly<Record<string, string>> } | undefined;
  /** The fields of a form that was not taken: it is filled with them again. */
  values: FormFields;
  reference?: string | undefined;
}

/** Does what the page was asked for, and reads what it shows. A response is to be returned as it is. */
export async function atDesk<Name extends ViewName>(
  astro: AstroGlobal,
  name: Name,
): Promise<DeskPage<Name> | Response> {
  const { request, response, locals } = astro;
  const door = doorOf(astro);
  if (!door) return notFound();
  const isPosted = request.method === 'POST';
  const values = isPosted ? await fieldsOf(request) : {};
  const visit = visitOf(astro);
  try {
    const acted = isPosted ? await door.act(values, visit) : undefined;
    if (acted?.session !== undefined) setCookie(astro, 'session', acted.session);
    // What is read after it comes with the cookie that it left.
    const after = { ...visit, session: acted?.session ?? visit.session };
    if (acted?.kind === 'signed-out') return signedOut(astro);
    if (acted?.kind === 'done') return done(astro, acted.said, values['then']);
    const seen = await door.see(name, Object.fromEntries(astro.url.searchParams), after);
    if (seen.session !== undefined) setCookie(astro, 'session', seen.session);
    if (seen.kind === 'signed-out') return signedOut(astro);
    if ('frame' in seen) locals.deskToken = seen.frame.token;
    response.status = acted ? refusals[acted.kind].status : statuses[seen.kind];
    if (response.status === 503) response.headers.set('Retry-After', '60');
    return {
      ...seen,
      said: takeSaid(astro),
      refused: acted && refusalOf(acted),
      values,
      reference: seen.kind === 'unavailable' ? locals.reference : undefined,
    };
  } catch (error) {
    console.error(error);
    response.status = 503;
    return { kind: 'unavailable', values, reference: locals.reference };
  }
}

/** The desk's door; undefined under the author's server, and where nobody is named. */
export const doorOf = ({ locals }: Pick<AstroGlobal, 'locals'>): Desk | undefined => locals.desk?.door;

/** Who asks, with the desk's own cookies. */
export function visitOf(astro: Pick<AstroGlobal, 'locals' | 'cookies'>): DeskVisit {
  const { visit = { ip: 'unknown', userAgent: undefined, referer: undefined } } = astro.locals;
  const cookie = (which: Cookie) => astro.cookies.get(nameOf(astro, which))?.value;
  return { ...visit, session: cookie('session'), browser: cookie('browser') };
}

/** What a page answers where there is no desk, as under `npm run dev`. */
export const notFound = (): Response =>
  new Response('The desk works under npm start, with OWNERS set.\n', { status: 404 });

/** Of who is signed in; of the browser that asked to be; what the last act did. */
type Cookie = 'session' | 'browser' | 'said';

const seconds = { session: 7 * 24 * 60 * 60, browser: 15 * 60, said: 60 };

/**
 * Sets a cookie of the desk: no script reads it, no other host can set it, and no form of another site brings it along. Over
 * plain http, which is for this machine alone, browsers refuse the prefix that says so.
 */
export function setCookie(astro: Pick<AstroGlobal, 'locals' | 'cookies'>, which: Cookie, value: string): void {
  astro.cookies.set(nameOf(astro, which), value, { ...placeOf(astro), maxAge: seconds[which] });
}

export const deleteCookie = (astro: Pick<AstroGlobal, 'locals' | 'cookies'>, which: Cookie): void =>
  astro.cookies.delete(nameOf(astro, which), placeOf(astro));

const nameOf = ({ locals }: Pick<AstroGlobal, 'locals'>, which: Cookie) =>
  locals.desk?.isHttps ? `__Host-desk-${which}` : `desk-${which}`;

const placeOf = ({ locals }: Pick<AstroGlobal, 'locals'>) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: locals.desk?.isHttps ?? false }) as const;

function signedOut(astro: AstroGlobal): Response {
  if (astro.cookies.has(nameOf(astro, 'session'))) deleteCookie(astro, 'session');
  return astro.redirect(url.deskSignIn, 303);
}

/** Back to the page that the form was on, at the row that is next. */
function done(astro: AstroGlobal, said: string, then: string | undefined): Response {
  setCookie(astro, 'said', said);
  const anchor = /^[\w-]{1,80}$/.test(then ?? '') ? `#${then}` : '';
  return astro.redirect(astro.url.pathname + astro.url.search + anchor, 303);
}

function takeSaid(astro: AstroGlobal): string | undefined {
  const said = astro.cookies.get(nameOf(astro, 'said'))?.value.slice(0, 300);
  if (said === undefined) return undefined;
  deleteCookie(astro, 'said');
  return said;
}

const statuses = { open: 200, forbidden: 403, unknown: 404, unavailable: 503 } as const;

/** What an owner typed into a field of an act that was not done, or else what stands there. */
export const typedIn =
  (values: Readonly<Record<string, string | undefined>>) =>
  (act: string, field: string, stands: string): string =>
    values['act'] === act ? (values[field] ?? stands) : stands;

/** What is said of an act that was not done. */
const refusals: Record<
  Exclude<Acted['kind'], 'done' | 'signed-out'>,
  { status: number; title: string; text?: string }
> = {
  conflict: { status: 409, title: 'Somebody was here before you' },
  invalid: { status: 422, title: 'Nearly there' },
  forbidden: { status: 403, title: 'Not done', text: 'Your role does not let you do that. Nothing was changed.' },
  unknown: { status: 404, title: 'Not done', text: 'What that was about is not there any more. Nothing was changed.' },
  forged: {
    status: 403,
    title: 'Not done',
    text: 'That form was from before you signed in anew. Nothing was changed: look at this page, and do it again.',
  },
  unavailable: { status: 503, title: 'Not done', text: 'The store does not answer. Try again in a minute.' },
};

function refusalOf(acted: Exclude<Acted, { kind: 'done' | 'signed-out' }>): DeskPage<ViewName>['refused'] {
  const { title, text } = refusals[acted.kind];
  return {
    title,
    ...(acted.kind === 'conflict' ? { text: acted.said } : text !== undefined && { text }),
    ...(acted.kind === 'invalid' && { errors: acted.errors }),
  };
}
