import type { Context } from '#capture/context.ts';
import { limitDigest } from '#capture/forms/limits.ts';
import type { Records, Window } from '#capture/store/store.ts';
import { newId } from '#capture/store/tokens.ts';

/** Who did it: an owner's id. */
type Actor = { id: string };

/**
 * Notes what somebody did at the desk: what, and the id of what it was done to, never whose it is. Erasures, which the audit
 * has too, are kept for good; this as long as `retention.audit` of the series says.
 */
export function addDone(
  { clock, random }: Pick<Context, 'clock' | 'random'>,
  records: Records,
  actor: Actor,
  action: string,
): Promise<void> {
  const at = clock();
  return records.addAudit({ id: newId(at, random), actor: actor.id, action, subjectHmac: null, at });
}

/** Who looks at a page again in so long is not noted again. */
const again: Window = { most: 1, milliseconds: 60 * 60_000 };

/** Notes what somebody saw of people. */
export async function addSeen(
  context: Pick<Context, 'store' | 'clock' | 'random' | 'secrets'>,
  actor: Actor,
  what: string,
): Promise<void> {
  const { store, clock, secrets } = context;
  const key = `seen:${limitDigest(`seen|${actor.id}|${what}`, secrets)}`;
  if ((await store.limits.take(key, again, clock())).kind === 'refused') return;
  await store.transaction((records) => addDone(context, records, actor, `saw ${what}`));
}
