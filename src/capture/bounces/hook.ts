import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HookOutcome, HookRequest } from '#capture/capture.ts';
import { parseAddress } from '#capture/forms/email-address.ts';
import { unlessUnavailable, type Records } from '#capture/store/store.ts';
import { bounceKinds, type BounceKind, type ContactRow, type OutboxRow } from '#capture/store/tables.ts';
import { recordBounce, type BounceContext } from './record.ts';
import { sentMail } from './reports.ts';

export interface HookContext extends BounceContext {
  /** `whsec_` and Base64; without it nothing is taken. */
  secret: string | undefined;
}

/** What a provider says of one mail, as its relay translated it. */
interface ProviderEvent {
  kind: BounceKind;
  email: string;
  /** The header of the mail, in or without angle brackets. */
  messageId?: string;
  status?: string;
}

const minute = 60_000;
/** How far the moment of a request may be from now, either way: that of Standard Webhooks. */
const tolerance = 5 * minute;
/** At most so many events in one request. */
export const mostEvents = 100;

/**
 * Takes what a mail provider reports, signed as Standard Webhooks 1.0 are: HMAC-SHA-256 of `id.timestamp.body`. Each id is taken
 * once. An address that nobody is known by, and a mail that was sent to another one, change nothing.
 */
export function takeHook(context: HookContext, request: HookRequest): Promise<HookOutcome | { kind: 'unavailable' }> {
  const now = context.clock();
  if (context.secret === undefined) return Promise.resolve({ kind: 'no-hook' });
  if (!isGenuine(request, context.secret, now)) return Promise.resolve({ kind: 'forged' });
  const read = readEvents(request.body);
  if ('what' in read) return Promise.resolve({ kind: 'invalid', what: read.what });
  return unlessUnavailable(() =>
    context.store.transaction(async (records): Promise<HookOutcome> => {
      const id = createHash('sha256')
        .update(request.id ?? '')
        .digest('hex');
      const taken = await records.take(`hook:${id}`, { most: 1, milliseconds: 3 * tolerance }, now);
      if (taken.kind === 'refused') return { kind: 'repeated' };
      let recorded = 0;
      for (const event of read.events) {
        const known = await mailOf(records, event);
        if (!known) continue;
        const { kind, status } = event;
        if (await recordBounce(context, records, { ...known, kind, status, way: 'provider' })) recorded += 1;
      }
      return { kind: 'taken', events: read.events.length, recorded };
    }),
  );
}

/** Whom an event is of, and which mail of theirs where it names one. */
async function mailOf(
  records: Records,
  { email, messageId }: ProviderEvent,
): Promise<{ contact: ContactRow; mail: OutboxRow | undefined } | undefined> {
  const parsed = parseAddress(email);
  const contact = parsed.kind === 'address' ? await records.contactByAddress(parsed.address.norm) : undefined;
  if (!contact) return undefined;
  const id = /^<?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})@/i.exec(messageId?.trim() ?? '')?.[1];
  const sent = id === undefined ? undefined : await sentMail(records, id.toLowerCase());
  // The mail of another person: one of the two is wrong.
  if (sent && sent.contact.id !== contact.id) return undefined;
  return { contact, mail: sent?.mail };
}

/** Whether the secret signed it, and just now. In constant time. */
function isGenuine({ id, timestamp, signatures, body }: HookRequest, secret: string, now: number): boolean {
  if (id === undefined || id === '' || !/^\d{1,12}$/.test(timestamp ?? '')) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > tolerance) return false;
  const right = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest();
  return (signatures ?? '').split(' ').some((each) => {
    const given = Buffer.from(each.replace(/^v1,/, ''), 'base64');
    return each.startsWith('v1,') && given.length === right.length && timingSafeEqual(given, right);
  });
}

/** The events in a body, or what is wrong with it. */
function readEvents(body: Uint8Array): { events: ProviderEvent[] } | { what: string } {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return { what: 'The body is not JSON.' };
  }
  const events: unknown = isRecord(json) ? json['events'] : undefined;
  if (!Array.isArray(events)) return { what: 'The body has no list "events".' };
  if (events.length > mostEvents) return { what: `The body has more than ${mostEvents} events.` };
  for (const [index, event] of (events as unknown[]).entries()) {
    const what = wrongWith(event);
    if (what !== undefined) return { what: `Event ${index + 1}: ${what}` };
  }
  return { events: events as ProviderEvent[] };
}

function wrongWith(event: unknown): string | undefined {
  if (!isRecord(event)) return 'it is not an object.';
  if (!bounceKinds.some((kind) => kind === event['kind'])) return `"kind" is one of ${bounceKinds.join(', ')}.`;
  if (typeof event['email'] !== 'string') return '"email" is missing.';
  for (const name of ['messageId', 'status'])
    if (event[name] !== undefined && typeof event[name] !== 'string') return `"${name}" is not a text.`;
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
