import { createHmac } from 'node:crypto';
import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { request as requestByHttp, type IncomingMessage } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isAllowedHost, isPrivateAddress } from '#capture/webhook/private-address.ts';
import { WebhookRefused, type WebhookSender } from '#capture/webhook/sender.ts';

export interface WebhookOptions {
  url: URL;
  /** `whsec_` and the key in Base64. */
  secret: string;
  /** Host names that may lead to private addresses. */
  allowedHosts: readonly string[];
  /** Milliseconds since 1970. */
  clock: () => number;
  /** For an attempt in all, in milliseconds. */
  timeout?: number;
  /** All addresses of a host name. */
  resolve?: (hostname: string) => Promise<LookupAddress[]>;
}

/**
 * Sends as Standard Webhooks 1.0 says. A redirect is a failure, and the body of an answer is not read. Where a host name
 * leads is looked up once, checked, and connected to, so that it cannot lead somewhere else in between.
 */
export function webhookSender({
  url,
  secret,
  allowedHosts,
  clock,
  timeout = 15_000,
  resolve = allAddresses,
}: WebhookOptions): WebhookSender {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const isAllowed = isAllowedHost(url, allowedHosts);

  return {
    async send(id, body) {
      if (!isAllowed && isIP(hostname) > 0) refusePrivate(hostname, [hostname]);
      const seconds = Math.floor(clock() / 1000);
      const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
      const answer = await post(url, body, {
        timeout,
        lookup: checkedLookup(resolve, isAllowed ? undefined : refusePrivate),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'D-Files',
          'webhook-id': id,
          'webhook-timestamp': seconds,
          'webhook-signature': `v1,${signature}`,
        },
      });
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) return;
      throw new WebhookRefused(`The receiver answered ${status}.`, {
        permanent: status === 410,
        retryAfter: waitAsked(answer.headers['retry-after'], clock()),
      });
    },
  };
}

interface Post {
  timeout: number;
  lookup: LookupFunction;
  headers: Record<string, string | number>;
}

/** The head of the answer. */
function post(url: URL, body: string, { timeout, lookup, headers }: Post): Promise<IncomingMessage> {
  return new Promise((taken, refused) => {
    const send = url.protocol === 'https:' ? requestByHttps : requestByHttp;
    const signal = AbortSignal.timeout(timeout);
    // A connection of its own each time: one that is kept was checked for an address that may have changed.
    const request = send(url, { method: 'POST', headers, lookup, signal, agent: false }, (answer) => {
      taken(answer);
      answer.on('error', () => {}).destroy();
    });
    request.on('error', (error) =>
      refused(
        error instanceof WebhookRefused
          ? error
          : new WebhookRefused(
              signal.aborted
                ? `The receiver did not answer within ${timeout / 1000} s.`
                : `The receiver was not reached: ${error.message}`,
            ),
      ),
    );
    request.end(body);
  });
}

/** Called by node:net once for a connection, which then goes to an address that was checked. */
function checkedLookup(
  resolve: (hostname: string) => Promise<LookupAddress[]>,
  check: ((hostname: string, addresses: string[]) => void) | undefined,
): LookupFunction {
  return (hostname, { all }, done) => {
    const answer = async () => {
      const addresses = await resolve(hostname);
      check?.(
        hostname,
        addresses.map(({ address }) => address),
      );
      const [first] = addresses;
      if (!first) throw new WebhookRefused(`${hostname} has no address.`);
      return { addresses, first };
    };
    answer().then(
      ({ addresses, first }) => (all ? done(null, addresses) : done(null, first.address, first.family)),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), []),
    );
  };
}

function refusePrivate(hostname: string, addresses: string[]): void {
  const closed = addresses.find(isPrivateAddress);
  if (closed !== undefined)
    throw new WebhookRefused(
      `${hostname} leads to ${closed}, which is not on the open Internet. If that is meant: WEBHOOK_ALLOWED_HOSTS=${hostname}`,
    );
}

function allAddresses(hostname: string): Promise<LookupAddress[]> {
  return new Promise((found, failed) =>
    lookUp(hostname, { all: true }, (error, addresses) => (error ? failed(error) : found(addresses))),
  );
}

const day = 24 * 60 * 60 * 1000;

/** What `Retry-After` asks for, in milliseconds, a day at most (RFC 9110, section 10.2.3). */
function waitAsked(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, day) : undefined;
}
