import type { AstroGlobal } from 'astro';
import type { Capture, FormOutcome, Visit } from '#capture/capture.ts';
import { chosenText, valuesIn, type FormFields } from '#site/form-fields.ts';
import { url } from '#site/url.ts';

/** The status of each outcome; a redirect after a `POST` is a 303 (RFC 9110, section 15.4.4). */
const statuses = {
  ...{ valid: 200, decided: 200, accepted: 303, confirmed: 303, done: 303, 'signed-in': 303 },
  // RFC 9110, section 15.5.10: it is not any more as who sent this saw it.
  ...{ conflict: 409, 'too-late': 409 },
  ...{ gone: 410, invalid: 422, doubtful: 422, limited: 429, unavailable: 503 },
} as const;

type Outcome = { kind: keyof typeof statuses; retryAfterSeconds?: number };

/** Gives a page that is shown for an outcome its status, and says when to come back. */
export function setStatus(response: AstroGlobal['response'], outcome: Outcome): void {
  response.status = statuses[outcome.kind];
  const { retryAfterSeconds = outcome.kind === 'unavailable' ? 120 : undefined } = outcome;
  if (retryAfterSeconds !== undefined) response.headers.set('Retry-After', String(Math.ceil(retryAfterSeconds)));
}

/** The fields of the form that was sent. One that is there twice counts once, and a file not at all. */
export async function fieldsOf(request: Request): Promise<FormFields> {
  const sent = await request.formData().catch(() => new FormData());
  const fields = [...sent].filter((field): field is [string, string] => typeof field[1] === 'string');
  return Object.fromEntries(fields.toReversed());
}

/** Which versions of which texts a page showed and its reader chose, by their ids; undefined where it named none. */
export function seenIn(fields: FormFields): Record<string, number> | undefined {
  if (fields['listed'] === undefined) return undefined;
  const chosen = Object.entries(fields).filter(([name]) => name.startsWith(chosenText('')));
  return Object.fromEntries(chosen.map(([name, version]) => [name.slice(chosenText('').length), Number(version)]));
}

/** The answer to a mail program, which unsubscribes without wanting a page (RFC 8058, section 3.1); undefined for a browser. */
export async function oneClickAnswer(request: Request): Promise<Response | undefined> {
  if ((await fieldsOf(request))['List-Unsubscribe'] !== 'One-Click') return undefined;
  return new Response('Unsubscribed\n', { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}

/**
 * Does what a link or a form asks for. Where the server gave the page nothing to do it with, or it failed in a way that
 * nobody foresaw, that is `unavailable`: the reader is never told that something worked when it did not. The failure has
 * its `reference`, which the log has beside the error.
 */
export async function outcomeOf<Result extends { kind: string }>(
  { capture, visit, reference }: App.Locals,
  use: (capture: Capture, visit: Visit) => Promise<Result>,
): Promise<Referenced<Result> | { kind: 'unavailable'; reference?: string | undefined }> {
  if (!capture || !visit) return { kind: 'unavailable' };
  try {
    return await use(capture, visit);
  } catch (error) {
    console.error(error);
    return { kind: 'unavailable', reference };
  }
}

type Referenced<Result> = Result & { reference?: undefined };

/** What became of a form, with all that its page needs to be shown again. One of a limited network is not read. `inbox` is the page that follows one that was taken. */
export async function sent(
  { request, locals, response }: Pick<AstroGlobal, 'request' | 'locals' | 'response'>,
  use: (capture: Capture, fields: FormFields, visit: Visit) => Promise<FormOutcome>,
  inbox: string = url.inbox,
) {
  const { limited } = locals;
  const fields = limited === undefined ? await fieldsOf(request) : {};
  const outcome =
    limited === undefined
      ? await outcomeOf(locals, (capture, visit) => use(capture, fields, visit))
      : ({ kind: 'limited', retryAfterSeconds: limited } as const);
  setStatus(response, outcome);
  return {
    /** Where to look for what became of a form that was taken. */
    next: outcome.kind === 'accepted' ? (outcome.later ? url.inboxLater : inbox) : undefined,
    fields,
    state: {
      values: ('values' in outcome && outcome.values) || valuesIn(fields),
      errors: outcome.kind === 'invalid' ? outcome.errors : {},
      doubtful: outcome.kind === 'doubtful',
      challenge: 'challenge' in outcome ? outcome.challenge : undefined,
    },
    reference: outcome.kind === 'unavailable' ? outcome.reference : undefined,
    paper: 'paper' in outcome ? outcome.paper : undefined,
    retryAfter: outcome.kind === 'limited' ? outcome.retryAfterSeconds : undefined,
    working: locals.capture !== undefined,
    unread: limited !== undefined,
  };
}
