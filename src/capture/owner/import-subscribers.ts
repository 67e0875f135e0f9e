import { createHash } from 'node:crypto';
import { parseAddress, type EmailAddress } from '#capture/forms/email-address.ts';
import { consentId, nameless } from '#capture/forms/consent.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import { preferencesToken, submissionToken } from '#capture/store/link-tokens.ts';
import type { Records } from '#capture/store/store.ts';
import { suppressionOf } from '#capture/store/suppression.ts';
import { newsletterTopic } from '#capture/store/tables.ts';
import { derivedId, newId } from '#capture/store/tokens.ts';
import { longestLine } from '#site/form-fields.ts';
import { newsletterLanding } from '#site/url.ts';
import type { withSecrets } from './owner.ts';

/** The columns of a file of subscribers; `ip` may be left out or empty. */
export const subscriberColumns = ['address', 'consent', 'date', 'source', 'ip'] as const;

/** A line of the file as it is written, by its columns; `line` counts from 1, the heading with it. */
export interface SubscriberLine {
  line: number;
  cells: Partial<Record<(typeof subscriberColumns)[number], string>>;
}

/** Why a line was not taken. */
export interface LineProblem {
  line: number;
  what: string;
}

export interface SubscriberImport {
  /** New, or would be. */
  added: number;
  /** Subscribed already, or there twice in the file. */
  already: number;
  /** Of people who left, were erased, or to whom mail came back. */
  kept: LineProblem[];
  /** Without an address or a proof. */
  refused: LineProblem[];
}

/** The proof of a consent, and whose it is. */
interface Proved {
  line: number;
  email: EmailAddress;
  consent: string;
  at: number;
  source: string;
  ip: string | null;
}

export interface HowToImport {
  dryRun: boolean;
  /** Of the wordings. */
  language: string;
  /** Asks each by a mail, so many in a second at most. */
  confirm?: { perSecond: number } | undefined;
}

/** How many lines one transaction is for. */
const part = 200;

/**
 * Makes subscribers of those who have agreed elsewhere, each with the wording, the moment and the place of the consent. A line without
 * all of them is refused. Nobody is brought back who left, was erased or suppressed, and nothing is changed of who is known:
 * so a file can be imported again. Nothing is mailed, but with `confirm`: then each is asked once by a mail whether that still
 * holds, and a subscriber when they say so.
 */
export async function importSubscribers(
  owner: Awaited<ReturnType<typeof withSecrets>>,
  lines: readonly SubscriberLine[],
  how: HowToImport,
): Promise<SubscriberImport> {
  const outcome: SubscriberImport = { added: 0, already: 0, kept: [], refused: [] };
  const proved = lines.flatMap((line): Proved[] => {
    const read = readLine(line, owner.clock());
    if (!('what' in read)) return [read];
    outcome.refused.push(read);
    return [];
  });
  const seen = new Set<string>();
  for (let from = 0; from < proved.length; from += part) {
    const became = await owner.store.transaction(async (records) => {
      let added = 0;
      const all: { line: number; stands: Awaited<ReturnType<typeof addOne>> }[] = [];
      for (const one of proved.slice(from, from + part)) {
        const isTwice = seen.has(one.email.norm);
        seen.add(one.email.norm);
        const stands = isTwice ? 'already' : await addOne(owner, records, one, how, outcome.added + added);
        if (stands === 'added') added += 1;
        all.push({ line: one.line, stands });
      }
      return all;
    });
    for (const { line, stands } of became)
      if (stands === 'added' || stands === 'already') outcome[stands] += 1;
      else outcome.kept.push({ line, what: stands });
  }
  return outcome;
}

/** Adds one, or why it stays as it is. */
async function addOne(
  { secrets, clock, random }: Pick<Awaited<ReturnType<typeof withSecrets>>, 'secrets' | 'clock' | 'random'>,
  records: Records,
  { email, consent, at, source, ip }: Proved,
  { dryRun, language, confirm }: HowToImport,
  /** How many were added before. */
  index: number,
): Promise<string> {
  const suppression = await suppressionOf(records, email.norm, secrets);
  if (suppression) return whySuppressed[suppression.reason];
  const known = await records.contactByAddress(email.norm);
  const subscription = known && (await records.subscription(known.id, newsletterTopic));
  if (subscription?.status === 'confirmed') return 'already';
  if (subscription?.status === 'unsubscribed') return 'left the newsletter here';
  if (subscription?.status === 'bounced') return whySuppressed.bounced;
  if (dryRun) return 'added';
  const now = clock();
  const made = { id: newId(now, random), email: email.address, emailNorm: email.norm, mailbox: email.mailbox };
  const contact = known ?? (await records.contactFor({ ...made, ...nameless, createdAt: now }));
  const textId = createHash('sha256').update(consent).digest('hex');
  await records.keepConsentText({ id: textId, locale: language, body: consent });
  const proof = {
    ...{ contactId: contact.id, purpose: 'newsletter' as const, textId, ...nameless },
    ...{ sourceUrl: source, ip, ua: null, at },
  };
  if (!(await records.token(contact.id))) await records.addToken(preferencesToken(contact.id, secrets));
  if (confirm) {
    const submissionId = derivedId(contact.id, 'imported newsletter');
    const isNew = await records.addSubmission({
      ...{ id: submissionId, contactId: contact.id, asset: null, landing: newsletterLanding, fromEntry: null },
      ...{ partner: null, utm: '{}', verdict: 'accepted', dedupeKey: submissionId, at: now },
    });
    if (!isNew) return 'already';
    await records.addConsentEvent({ ...proof, id: consentId(submissionId, 'newsletter', 'given'), action: 'given' });
    await records.setSubscription({
      ...{ contactId: contact.id, topic: newsletterTopic, status: 'pending', confirmedAt: null },
    });
    const tokenId = newId(now, random);
    // As issues do, these leave every second place to others.
    const runAt = now + Math.floor((index * 2000) / confirm.perSecond);
    const link = { id: tokenId, kind: 'confirm', contactId: contact.id, submissionId, from: runAt } as const;
    await records.addToken(submissionToken(link, secrets));
    const agreed = { on: new Date(at).toISOString().slice(0, 10), at: source };
    await records.enqueue(
      mailRow({
        ...{ id: newId(now, random), dedupeKey: `import:${submissionId}`, contactId: contact.id, runAt },
        payload: { mail: 'confirm', token: tokenId, preferences: contact.id, newsletter: true, agreed },
      }),
    );
    return 'added';
  }
  for (const action of ['given', 'confirmed'] as const)
    await records.addConsentEvent({ ...proof, id: derivedId(contact.id, `imported newsletter ${action}`), action });
  await records.setSubscription({
    ...{ contactId: contact.id, topic: newsletterTopic, status: 'confirmed', confirmedAt: at },
  });
  return 'added';
}

const whySuppressed = {
  erased: 'was erased here',
  bounced: 'mail to it came back',
  complained: 'called the newsletter spam',
};

/** What a line says, or what it lacks. */
function readLine({ line, cells }: SubscriberLine, now: number): Proved | LineProblem {
  const cell = (name: (typeof subscriberColumns)[number]) => (cells[name] ?? '').trim();
  const parsed = parseAddress(cell('address'));
  if (parsed.kind === 'refused') return { line, what: `address: ${parsed.message}` };
  if (cell('consent') === '') return { line, what: 'consent: the wording that was agreed to is missing' };
  if (cell('source') === '') return { line, what: 'source: where it was agreed to is missing' };
  if (cell('source').length > longestLine * 5) return { line, what: 'source: is too long' };
  const date = cell('date');
  if (date === '') return { line, what: 'date: when it was agreed to is missing' };
  const at = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(date)
    ? Date.parse(/T|\s/.test(date) ? date.replace(' ', 'T').replace(/(?<=:\d\d)$/, 'Z') : date)
    : Number.NaN;
  if (!Number.isFinite(at) || at <= 0)
    return { line, what: `date: “${date.slice(0, 40)}” is no moment: write 2024-03-13 or 2024-03-13T12:00:00Z` };
  if (at > now) return { line, what: `date: ${date} is still to come` };
  const ip = cell('ip');
  if (ip !== '' && !/^[\da-f.:]{3,45}$/i.test(ip))
    return { line, what: `ip: “${ip.slice(0, 50)}” is no address of a network` };
  return { line, email: parsed.address, consent: cell('consent'), at, source: cell('source'), ip: ip || null };
}
