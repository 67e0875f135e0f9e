import type { FormOutcome } from '#capture/capture.ts';
import type { DeskVisit } from '#capture/desk.ts';
import { attributionOf } from '#capture/forms/attribution.ts';
import { errorsIn, readAddress, takeForm, type ReadForm } from '#capture/forms/form.ts';
import { limitDigest } from '#capture/forms/limits.ts';
import { networkOf } from '#capture/forms/network.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import type { Records, Window } from '#capture/store/store.ts';
import { newId } from '#capture/store/tokens.ts';
import { signInMinutes } from '#site/desk.ts';
import type { FormFields } from '#site/form-fields.ts';
import { type DeskContext, ownerWith } from './context.ts';
import { hashOf, isCookie, newCookie } from './cookies.ts';

const minute = 60_000;
/** How many mails one network may cause to come to an owner, and all together: a stranger's do not use up the owner's. */
const fromNetwork: Window = { most: 5, milliseconds: 15 * minute };
const inAll: Window = { most: 30, milliseconds: 60 * minute };

/**
 * Mails the link that signs in, if the address is an owner's. Of a stranger nothing is kept; the answer, and what it takes
 * to make it, are the same. `browser` is the cookie of the browser that asked, in which alone the link will work.
 */
export async function askToSignIn(
  context: DeskContext,
  form: FormFields,
  visit: DeskVisit,
): Promise<FormOutcome & { browser: string }> {
  const { clock, random, secrets } = context;
  // Who asks twice may open either mail. Whoever planted it would still need the mail.
  const browser = isCookie(visit.browser) ? visit.browser : newCookie(random);
  const attribution = attributionOf({ ...form, page: undefined }, visit, undefined, context);
  const outcome = await takeForm(context, form, { paper: undefined, attribution, visit, read: read() });
  if (outcome.kind === 'accepted') return { kind: 'accepted', browser };
  return { ...outcome, browser };

  function read(): ReadForm['read'] {
    const { address, error } = readAddress(form, visit, context);
    if (!address) return { errors: errorsIn({ email: error }) };
    return {
      async work(records) {
        const owner = ownerWith(context.owners, address.norm);
        if (owner && (await hasRoom(records, owner.id))) await sendLink(records, owner.id);
        return undefined;
      },
    };
  }

  async function hasRoom(records: Records, owner: string): Promise<boolean> {
    const key = (what: string) => `sign-in:${limitDigest(`sign-in|${owner}|${what}`, secrets)}`;
    const taken = await Promise.all([
      records.take(key(networkOf(visit.ip)), fromNetwork, clock()),
      records.take(key(''), inAll, clock()),
    ]);
    return taken.every(({ kind }) => kind === 'taken');
  }

  async function sendLink(records: Records, owner: string): Promise<void> {
    const now = clock();
    const id = newId(now, random);
    await Promise.all([
      records.addSignIn({
        ...{ id, owner, browserHash: hashOf(browser), at: now },
        ...{ expiresAt: now + signInMinutes * minute, usedAt: null },
      }),
      records.enqueue(
        mailRow({
          id: newId(now, random),
          dedupeKey: `sign-in:${id}`,
          contactId: null,
          payload: { mail: 'sign-in', signIn: id },
          runAt: now,
        }),
      ),
    ]);
  }
}
