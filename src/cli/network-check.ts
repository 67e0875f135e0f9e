import type { WebhookFacts } from '#capture/owner/health.ts';
import type { Environment } from '#capture/owner/setup.ts';
import { servedFolders } from '#site/routes.ts';
import { url } from '#site/url.ts';
import { listed } from './command-line.ts';
import { advice, well, wrong, type Finding } from './finding.ts';
import { duration, shownMoment } from './moment.ts';

/** The part of `fetch` that is used here. */
export type Fetch = (address: URL, init: RequestInit) => Promise<Response>;

/** How far a clock is before this machine's, in milliseconds, and whose it is. */
export interface OtherClock {
  ahead: number;
  whose: string;
}

/** Whether readers' forms come to the server at the site's address, and what time it is there. */
export async function reachFindings(
  { site }: Environment,
  fetch: Fetch,
  now: () => number,
): Promise<{ findings: Finding[]; clock?: OtherClock | undefined }> {
  const address = new URL(url.alive, site);
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    // RFC 9110, section 6.6.1: cut to a second, so half of one is likely.
    const date = Date.parse(response.headers.get('date') ?? '') + 500;
    const clock = Number.isNaN(date) ? undefined : { ahead: date - now(), whose: site.host };
    if (response.status === 200) return { clock, findings: [well('Server', `Answers at ${address.href}.`)] };
    return {
      clock,
      findings: [
        wrong(
          'Server',
          `${address.href} answers ${response.status}: forms do not reach the server.`,
          `Let the proxy or CDN pass ${listed(servedFolders)} to it.`,
        ),
      ],
    };
  } catch {
    return {
      findings: [advice('Server', `Nothing answers at ${address.href}, seen from here.`, 'Start it: npm run serve')],
    };
  }
}

/** The clock against another one. */
export function clockFindings(now: number, clock: OtherClock | undefined): Finding[] {
  const time = `${shownMoment(now)}`;
  if (!clock)
    return [
      advice(
        'Clock',
        `${time}; there was no other clock to compare it with.`,
        'Let the machine take its time by NTP: timedatectl',
      ),
    ];
  const off = Math.abs(clock.ahead);
  const what = `${time}, ${duration(off)} ${clock.ahead > 0 ? 'behind' : 'before'} ${clock.whose}.`;
  const fix = 'Let the machine take its time by NTP: links would expire and limits end at the wrong moment.';
  if (off > 60_000) return [wrong('Clock', what, fix)];
  return [off > 10_000 ? advice('Clock', what, fix) : well('Clock', `${time}, as at ${clock.whose}.`)];
}

/** All addresses of a host name. */
export type ResolveHost = (hostname: string) => Promise<string[]>;

/** Whether events may go where `WEBHOOK_URL` leads. */
export function webhookFindings(facts: WebhookFacts): Finding[] {
  const test = '"npm run webhook-test" sends an event.';
  switch (facts.kind) {
    case 'none':
      return [well('WEBHOOK_URL', 'None is set: no CRM is told.')];
    case 'allowed':
      return [well('WEBHOOK_URL', `${facts.url.host}, which WEBHOOK_ALLOWED_HOSTS names. ${test}`)];
    case 'closed': {
      const { url, hostname, address } = facts;
      return [
        wrong(
          'WEBHOOK_URL',
          `${hostname === address ? address : `${url.host} leads to ${address}, which`} is not on the open Internet: nothing is sent there.`,
          `If that is meant: WEBHOOK_ALLOWED_HOSTS=${hostname}`,
        ),
      ];
    }
    case 'not-found':
      return [
        advice(
          'WEBHOOK_URL',
          `${facts.hostname} could not be looked up.`,
          `Look at it where DNS answers: dig ${facts.hostname}`,
        ),
      ];
    case 'open':
      return facts.url.protocol === 'https:'
        ? [well('WEBHOOK_URL', `${facts.url.host}. ${test}`)]
        : [
            advice(
              'WEBHOOK_URL',
              `${facts.url.host} is not https: addresses travel in the clear.`,
              'WEBHOOK_URL=https://…',
            ),
          ];
  }
}
