import type { Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import type { Records } from '#capture/store/store.ts';
import { purposes, type ConsentEventRow, type Purpose } from '#capture/store/tables.ts';
import { derivedId, newId } from '#capture/store/tokens.ts';
import type { Wording } from '#site/contract.ts';

/** The id of the consent event that a submission made for a purpose, by which it is found again. */
export function consentId(submissionId: string, purpose: Purpose, action: 'given' | 'confirmed'): string {
  return derivedId(submissionId, `${action} ${purpose}`);
}

/** Whether a submission asked for the newsletter, and nobody has taken that back since. */
export function asksNewsletter(events: readonly ConsentEventRow[], submissionId: string): boolean {
  const given = events.find(({ id }) => id === consentId(submissionId, 'newsletter', 'given'));
  return given !== undefined && !events.some((event) => isWithdrawal(event) && event.at >= given.at);
}

/** Whether what a submission asked for was confirmed. */
export function wasConfirmed(events: readonly ConsentEventRow[], submissionId: string | undefined): boolean {
  if (submissionId === undefined) return false;
  const ids = purposes.map((purpose) => consentId(submissionId, purpose, 'confirmed'));
  return events.some(({ id }) => ids.includes(id));
}

/** What a submission's form said of its sender. */
export function typedBy(
  events: readonly ConsentEventRow[],
  submissionId: string,
): Pick<ConsentEventRow, 'name' | 'company'> {
  const ids = purposes.map((purpose) => consentId(submissionId, purpose, 'given'));
  return events.find(({ id }) => ids.includes(id)) ?? nameless;
}

/** Whether a wording was shown on this site: it is the one that forms show now, or was kept when they showed it. */
export const isKnownWording = async (records: Records, id: string, shown: Wording | undefined): Promise<boolean> =>
  id === shown?.id || (/^[\da-f]{64}$/.test(id) && (await records.consentText(id)) !== undefined);

/** Adds that a person confirmed what they sent, for each purpose with the wording that they agreed to, if there is one. */
export const addConfirmations = (
  records: Records,
  { id, contactId }: { id: string; contactId: string },
  wordings: Partial<Record<Purpose, string | null>>,
  proof: ReturnType<typeof evidence>,
): Promise<void> =>
  records.addConsentEvent(
    ...(Object.entries(wordings) as [Purpose, string | null][]).map(([purpose, textId]) => ({
      id: consentId(id, purpose, 'confirmed'),
      ...{ contactId, purpose, action: 'confirmed' as const, textId },
      ...nameless,
      ...proof,
    })),
  );

/** An event that nobody typed a name for. */
export const nameless = { name: null, company: null };

/** When, from where and by which browser: what proves a consent, beside the wording. */
export function evidence(
  sourceUrl: string,
  visit: Visit,
  at: number,
): Pick<ConsentEventRow, 'sourceUrl' | 'ip' | 'ua' | 'at'> {
  return { sourceUrl, ip: visit.ip, ua: visit.userAgent?.slice(0, longestUserAgent) ?? null, at };
}

/** Adds that the newsletter is not wanted any more, with the wording that was agreed to last. */
export async function withdraw(
  { clock, random }: Pick<Context, 'clock' | 'random'>,
  records: Records,
  contactId: string,
  proof: ReturnType<typeof evidence>,
): Promise<void> {
  const agreed = (await records.consentEvents(contactId)).findLast(
    ({ purpose, action }) => purpose === 'newsletter' && action !== 'withdrawn',
  );
  await records.addConsentEvent({
    id: newId(clock(), random),
    contactId,
    purpose: 'newsletter',
    action: 'withdrawn',
    textId: agreed?.textId ?? null,
    ...nameless,
    ...proof,
  });
}

const longestUserAgent = 300;

function isWithdrawal({ purpose, action }: ConsentEventRow): boolean {
  return purpose === 'newsletter' && action === 'withdrawn';
}
