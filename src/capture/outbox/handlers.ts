import type { Environment, Secret } from '#capture/environment.ts';
import type { MailContext } from '#capture/mail/letters/letter.ts';
import { writeMail } from '#capture/mail/letters/write.ts';
import { letterFacts, moderationFacts, written, type LetterFacts } from '#capture/mail/letter-facts.ts';
import { MailRefused, type Mailer } from '#capture/mail/mailer.ts';
import type { MailPayload } from '#capture/mail/payload.ts';
import { signOwnLink, type OwnLink } from '#capture/store/own-links.ts';
import { signSignIn } from '#capture/store/sign-in-links.ts';
import type { Records, Store } from '#capture/store/store.ts';
import { suppressionOf } from '#capture/store/suppression.ts';
import {
  newsletterTopic,
  type ContactRow,
  type OutboxRow,
  type SuppressionRow,
  type TokenRow,
} from '#capture/store/tables.ts';
import { signToken, timeOf } from '#capture/store/tokens.ts';
import type { WebhookSender } from '#capture/webhook/sender.ts';
import type { Site } from '#site/contract.ts';
import { mailSchedule, webhookSchedule } from './backoff.ts';
import type { Handler } from './worker.ts';

const minute = 60_000;

export interface MailHandlerOptions {
  store: Store;
  mailer: Mailer;
  secrets: readonly Secret[];
  /** The address that links in mails begin with. */
  address: URL;
  mail: Pick<Environment['mail'], 'from' | 'replyTo' | 'perSecond'>;
  /** Whether owners have a desk. */
  hasDesk: boolean;
  /** The address of an owner as it is written; undefined for who is none any more. */
  ownerAddress: (owner: string) => string | undefined;
  /** Where a mail to a reader comes back to, by its id, if the owner reads what does. */
  bouncesOf?: ((mailId: string) => MailContext['bounces']) | undefined;
  /** Is told of each mail that was taken. */
  taken?: () => void;
  /** Is told of a mail that the server did not take in the end; true where its reader's mailbox is why. */
  refused?: (row: OutboxRow, error: unknown) => Promise<boolean>;
  clock: () => number;
}

/**
 * Writes mails out and sends them: answers to readers, and before whatever waits of the newsletter. What nobody may or
 * wants to get any more is done with unsent. `site` is asked for each mail: it may be built anew.
 */
export function mailHandlers(options: MailHandlerOptions, site: () => Site): Handler[] {
  const { perSecond } = options.mail;
  const handler = {
    ...{ deliver: mailDelivery(options, site), schedule: mailSchedule, lease: 5 * minute },
    ...(options.refused && { giveUp: options.refused }),
  };
  return [
    { ...handler, lane: 'answer', atOnce: mailsAtOnce.answer, pace: { name: 'mail', perSecond, isFirst: true } },
    { ...handler, lane: 'issue', atOnce: mailsAtOnce.issue, pace: { name: 'mail', perSecond } },
  ];
}

/**
 * How many of each lane are on their way at once, which may be sent again after a process was killed: neither waits for a
 * connection that the other one has.
 */
export const mailsAtOnce = { answer: 3, issue: 5 };

function mailDelivery(
  { store, mailer, secrets, address, mail, hasDesk, ownerAddress, bouncesOf, taken, clock }: MailHandlerOptions,
  site: () => Site,
): Handler['deliver'] {
  const ownersAddress = (owner: string, { owner: named }: Site) => (owner === '' ? named.email : ownerAddress(owner));
  return async (row) => {
    const payload = JSON.parse(row.payload) as MailPayload;
    const built = site();
    const wanted =
      payload.mail === 'moderation'
        ? await ownersMail(payload, built, { store, secrets, hasDesk })
        : await store.transaction((records) =>
            payload.mail === 'sign-in'
              ? signInMail(records, payload, { secrets, ownerAddress, now: clock() })
              : payload.mail === 'issue-test'
                ? issueTest(records, payload, ownerAddress)
                : payload.mail === 'alert' || payload.mail === 'all-well'
                  ? alertMail(records, payload, { hasDesk, address: ownersAddress(payload.owner, built) })
                  : recipient(records, row, payload, { site: built, secrets, now: clock() }),
          );
    if (!wanted) return;
    for (const { expiresAt, revokedAt } of wanted.tokens.values())
      if (revokedAt !== null || (expiresAt ?? Infinity) <= clock())
        throw new MailRefused('The link in it has expired', true);
    const mailContext: MailContext = {
      site: built,
      base: address,
      contact: wanted.contact,
      from: mail.from,
      replyTo: mail.replyTo,
      id: row.id,
      ...(row.contactId !== null && { bounces: bouncesOf?.(row.id) }),
      // The links of a test are nobody's.
      token: payload.mail === 'issue-test' ? (id) => id : (id) => signed(wanted.tokens.get(id), secrets),
    };
    const written = writeMail(wanted.facts, mailContext);
    await mailer.send(payload.mail === 'issue-test' ? { ...written, subject: `[Test] ${written.subject}` } : written);
    taken?.();
  };
}

/** Sends events as they were queued. */
export function webhookHandler(sender: WebhookSender): Handler {
  return {
    lane: 'webhook',
    deliver: (row) => sender.send(`msg_${row.id}`, row.payload),
    schedule: webhookSchedule,
    lease: 2 * minute,
    atOnce: 5,
  };
}

/** Whom a mail is for, what it says, and what its links are made of. */
interface Wanted {
  contact: Pick<ContactRow, 'email'>;
  facts: LetterFacts;
  tokens: ReadonlyMap<string, TokenRow>;
}

type ToReader = Exclude<MailPayload, { mail: 'moderation' | 'sign-in' | 'issue-test' | 'alert' | 'all-well' }>;

/** A mail to a reader; undefined when it must not be sent any more. */
async function recipient(
  records: Records,
  row: Pick<OutboxRow, 'id' | 'contactId'>,
  payload: ToReader,
  { site, secrets, now }: { site: Site; secrets: readonly Secret[]; now: number },
): Promise<Wanted | undefined> {
  const contact = row.contactId === null ? undefined : await records.contact(row.contactId);
  if (!contact) return undefined;
  const suppression = await suppressionOf(records, contact.emailNorm, secrets);
  if (suppression && !(await isWanted(records, row, payload, suppression))) return undefined;
  if (forSubscribers.has(payload.mail)) {
    const subscription = await records.subscription(contact.id, newsletterTopic);
    if (subscription?.status !== 'confirmed') return undefined;
  }
  const facts = await letterFacts(records, payload, { site, sign: signer(secrets), now });
  if (!facts) return undefined;
  const tokens = new Map<string, TokenRow>();
  for (const id of tokenIds(payload)) {
    const token = await records.token(id);
    if (!token) return undefined;
    tokens.set(id, token);
  }
  return { contact, facts, tokens };
}

/** The mail to the owner; undefined where nothing waits any more, or no address of theirs is known. */
async function ownersMail(
  payload: Extract<MailPayload, { mail: 'moderation' }>,
  site: Site,
  { store, secrets, hasDesk }: Pick<MailHandlerOptions, 'store' | 'secrets' | 'hasDesk'>,
): Promise<Wanted | undefined> {
  const { email } = site.owner;
  const facts =
    email === undefined
      ? undefined
      : await moderationFacts(store.reading, payload, { site, sign: signer(secrets), hasDesk });
  return email === undefined || !facts ? undefined : { contact: { email }, facts, tokens: new Map() };
}

/** The link that signs in to the desk; undefined where it does so no more. */
async function signInMail(
  records: Records,
  payload: Extract<MailPayload, { mail: 'sign-in' }>,
  { secrets, ownerAddress, now }: Pick<MailHandlerOptions, 'secrets' | 'ownerAddress'> & { now: number },
): Promise<Wanted | undefined> {
  const signIn = await records.signIn(payload.signIn);
  const email = signIn && ownerAddress(signIn.owner);
  if (!signIn || email === undefined || signIn.usedAt !== null || signIn.expiresAt <= now) return undefined;
  return { contact: { email }, facts: { mail: 'sign-in', link: signSignIn(signIn, secrets) }, tokens: new Map() };
}

/** What is wrong with the server now, or is well again; undefined where that is over, or nobody is to be mailed. */
async function alertMail(
  records: Records,
  payload: Extract<MailPayload, { mail: 'alert' | 'all-well' }>,
  { hasDesk, address }: { hasDesk: boolean; address: string | undefined },
): Promise<Wanted | undefined> {
  const problems = (await records.alerts()).filter(({ endedAt, wellAt }) =>
    payload.mail === 'alert' ? endedAt === null : wellAt === payload.at,
  );
  if (address === undefined || problems.length === 0) return undefined;
  return { contact: { email: address }, facts: { mail: payload.mail, problems, hasDesk }, tokens: new Map() };
}

/** An issue for an owner to look at; undefined for who is none any more. */
async function issueTest(
  records: Records,
  { entry, owner }: Extract<MailPayload, { mail: 'issue-test' }>,
  ownerAddress: MailHandlerOptions['ownerAddress'],
): Promise<Wanted | undefined> {
  const email = ownerAddress(owner);
  if (email === undefined) return undefined;
  const words = await records.issueWords(entry);
  return {
    contact: { email },
    facts: { mail: 'issue', entry, preferences: 'preview', ...written(words) },
    tokens: new Map(),
  };
}

/**
 * Whether a mail may go to an address that is suppressed: where mail came back, what was asked for anew since; who called one
 * spam, what they ask for, if the address is theirs.
 */
async function isWanted(
  records: Records,
  { id, contactId }: Pick<OutboxRow, 'id' | 'contactId'>,
  { mail }: ToReader,
  { reason, at }: SuppressionRow,
): Promise<boolean> {
  switch (reason) {
    case 'erased':
      return false;
    case 'bounced':
      return askedFor.has(mail) && timeOf(id) > at;
    case 'complained':
      return (
        // Their right, whoever typed the address.
        mail === 'erase' ||
        (askedFor.has(mail) && contactId !== null && (await records.confirmations(contactId)).length > 0)
      );
  }
}

/** The mails that answer what somebody just did with the address. */
const askedFor: ReadonlySet<MailPayload['mail']> = new Set([
  ...(['confirm', 'download', 'erase', 'already-subscribed', 'confirm-comment', 'confirm-question'] as const),
]);

/** The mails that end with the newsletter. */
const forSubscribers: ReadonlySet<MailPayload['mail']> = new Set(['welcome', 'already-subscribed', 'issue']);

function tokenIds(payload: ToReader): string[] {
  switch (payload.mail) {
    case 'confirm':
      return [payload.token, payload.preferences];
    case 'download':
    case 'erase':
      return [payload.token];
    default:
      return [payload.preferences];
  }
}

const signer = (secrets: readonly Secret[]) => (id: string, link: OwnLink) => signOwnLink(id, link, secrets);

function signed(token: TokenRow | undefined, secrets: readonly Secret[]): string {
  if (!token) throw new Error('A mail names a link that was not made for it.');
  return signToken(token, secrets);
}
