import { isIP } from 'node:net';
import { inspectStore, openMailer, openReportMailbox, openStore } from '#capture/compose.ts';
import type { MigrationFacts, StoreFacts } from '#capture/store/store-facts.ts';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import { isAllowedHost, isPrivateAddress } from '#capture/webhook/private-address.ts';
import type { Environment } from './setup.ts';

export { inspectStore, isPrivateAddress, type MigrationFacts, type StoreFacts };

/** What waits in the queue: since when the oldest of it does, in milliseconds since 1970, and how much was given up. */
export type QueueFacts =
  { kind: 'read'; oldestDue: number | undefined; dead: number } | { kind: 'unavailable'; message: string };

export async function inspectQueue(environment: Pick<Environment, 'database'>, now: number): Promise<QueueFacts> {
  let store: Store | undefined;
  try {
    store = await openStore(environment);
    const oldestDue = await store.outbox.oldestDue(now);
    return { kind: 'read', oldestDue, dead: (await store.outbox.dead()).length };
  } catch (error) {
    if (error instanceof StoreUnavailable) return { kind: 'unavailable', message: error.message };
    throw error;
  } finally {
    await store?.close();
  }
}

/** Whether the mailbox of what comes back can be read; undefined where none is named. Nothing is changed in it. */
export async function inspectReportMailbox(
  environment: Pick<Environment, 'bounces'>,
): Promise<{ kind: 'read'; folder: string; mails: number } | { kind: 'unavailable'; message: string } | undefined> {
  try {
    const seen = await openReportMailbox(environment)?.check();
    return seen && { kind: 'read', ...seen };
  } catch (error) {
    return { kind: 'unavailable', message: (error as Error).message };
  }
}

export type MailFacts = { kind: 'taken' } | { kind: 'refused'; message: string };

/** Whether mail could be sent now; none is. */
export async function inspectMail(environment: Pick<Environment, 'mail' | 'site'>): Promise<MailFacts> {
  const mailer = openMailer(environment);
  try {
    await mailer.check();
    return { kind: 'taken' };
  } catch (error) {
    return { kind: 'refused', message: (error as Error).message };
  } finally {
    await mailer.close();
  }
}

/** Where events would go, and whether they may. Nothing is sent. */
export type WebhookFacts =
  | { kind: 'none' }
  /** `WEBHOOK_ALLOWED_HOSTS` names it. */
  | { kind: 'allowed'; url: URL }
  /** It leads to an address that is not on the open Internet. */
  | { kind: 'closed'; url: URL; hostname: string; address: string }
  | { kind: 'not-found'; url: URL; hostname: string }
  | { kind: 'open'; url: URL };

/** `resolveHost` finds all addresses of a host name. */
export async function inspectWebhook(
  { webhook }: Pick<Environment, 'webhook'>,
  resolveHost: (hostname: string) => Promise<string[]>,
): Promise<WebhookFacts> {
  if (!webhook) return { kind: 'none' };
  const { url, allowedHosts } = webhook;
  if (isAllowedHost(url, allowedHosts)) return { kind: 'allowed', url };
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await (isIP(hostname) ? Promise.resolve([hostname]) : resolveHost(hostname).catch(() => []));
  const address = addresses.find(isPrivateAddress);
  if (address !== undefined) return { kind: 'closed', url, hostname, address };
  return addresses.length === 0 ? { kind: 'not-found', url, hostname } : { kind: 'open', url };
}
