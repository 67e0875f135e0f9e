import type { FormOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { StoreUnavailable, type Records } from '#capture/store/store.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Paper } from '#site/contract.ts';
import {
  honeypot,
  longestLine,
  personBox,
  valuesIn,
  type FieldErrors,
  type FormFields,
  type Values,
} from '#site/form-fields.ts';
import { url } from '#site/url.ts';
import { ownPage, type Attribution } from './attribution.ts';
import { meetsChallenge, newChallenge, patience } from './challenge.ts';
import { composed } from './composed-text.ts';
import { parseAddress, type EmailAddress } from './email-address.ts';
import { paddedTransaction, type Statements } from './padded-transaction.ts';

/**
 * What a form does in the store, after its fields were found to be right. Its mail waits for `delay` milliseconds where
 * nobody confirmed the address. Errors mean that nothing was changed.
 */
export type FormWork = (records: Records, delay: number) => Promise<FieldErrors | undefined>;

/** A form after its fields were read: what is wrong with them, or what is to be done. */
export interface ReadForm {
  paper: Paper | undefined;
  attribution: Attribution;
  visit: Visit;
  read: { errors: FieldErrors } | { work: FormWork };
}

/**
 * Takes a form through the honeypot, the check of its fields, a challenge where its network is busy, and one unit of work. `accepted` says
 * that everything is kept, and nothing of whose address it is. The limit of its network was judged before it was read.
 */
export async function takeForm(
  context: Context,
  form: FormFields,
  { paper, attribution, visit, read }: ReadForm,
): Promise<FormOutcome> {
  const again = { values: valuesOf(form, attribution), paper };
  // Who has waited for the store once need not wait for it again.
  if (visit.isUncounted) return { kind: 'unavailable', ...again };
  try {
    if (form[honeypot] && !form[personBox]) {
      await recordMachine(context, attribution, paper);
      return { kind: 'doubtful', ...again };
    }
    if ('errors' in read) return { kind: 'invalid', errors: read.errors, ...again };
    const isBusy = await context.limits.isBusy(visit.ip);
    if (isBusy && !(await meetsChallenge(context, form, visit))) {
      const challenge = newChallenge(context, visit);
      return { kind: 'limited', retryAfterSeconds: patience / 1000, challenge, ...again };
    }
    const delay = await context.limits.mailDelay(isBusy);
    const late = await paddedTransaction(context, longestWay, (records) => read.work(records, delay));
    if (late) return { kind: 'invalid', errors: late, ...again };
    return { kind: 'accepted', ...(delay >= minute && { later: true }) };
  } catch (error) {
    if (error instanceof StoreUnavailable) return { kind: 'unavailable', ...again };
    throw error;
  }
}

/** The address in a form, or what is wrong with it. */
export function readAddress(
  form: FormFields,
  visit: Visit,
  { hosts }: Pick<Context, 'hosts'>,
): { address?: EmailAddress; error?: string } {
  const parsed = parseAddress(form['email']);
  if (parsed.kind === 'refused') return { error: parsed.message };
  const { address } = parsed;
  const page = ownPage(visit.referer, hosts);
  // Who sends the refilled form, whose page is that of the forms, was offered the likely address before and meant it.
  if (address.likely && page && !page.pathname.startsWith(url.forms))
    return {
      error: `Did you mean ${address.likely}? Correct it, or send the form again if ${address.address} is right.`,
    };
  return { address };
}

/** A name or company: one line of at most `longestLine` characters, or null where the field is empty. */
export function readLine(written: string | undefined, what: string): { line: string | null; error?: string } {
  const line = composed(written, longestLine);
  const tooLong = { line: null, error: `The ${what} is longer than ${longestLine} characters. Shorten it.` };
  if (line === undefined) return tooLong;
  // Marks that turn the direction of text could make a name read as something else (UTS 36, section 2.1).
  if (/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(line))
    return { line: null, error: `The ${what} holds a line break or another invisible character. Type it by hand.` };
  if ([...line].length > longestLine) return tooLong;
  return { line: line || null };
}

/** Those of the fields that have an error. */
export function errorsIn(errors: Partial<Record<keyof FieldErrors, string | undefined>>): FieldErrors {
  return Object.fromEntries(Object.entries(errors).filter(([, message]) => message !== undefined));
}

const minute = 60_000;

/** The longest ways through a form. */
const longestWay: Statements = { reads: 10, writes: 10, turns: 7 };

const valuesOf = (form: FormFields, { fromEntry }: Attribution): Values => ({
  ...valuesIn(form),
  from: fromEntry ?? '',
});

/** Records that what no person sees was filled in, most often by a machine, for the owner to know how many do. */
async function recordMachine(
  { store, clock, random }: Context,
  { landing, fromEntry, partner, utm }: Attribution,
  paper: Paper | undefined,
) {
  const at = clock();
  await store.transaction((records) =>
    records.addSubmission({
      id: newId(at, random),
      contactId: null,
      asset: paper?.slug ?? null,
      ...{ landing, fromEntry, partner, utm },
      verdict: 'honeypot',
      dedupeKey: null,
      at,
    }),
  );
}
