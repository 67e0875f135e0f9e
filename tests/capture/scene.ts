import { createHash } from 'node:crypto';
import type { FormFields } from '#site/form-fields.ts';
import type { Visit } from '#capture/capture.ts';
import { secret } from '#capture/environment.ts';
import { openLimits } from '#capture/forms/limits.ts';
import type { Context } from '#capture/context.ts';
import type { MailPayload } from '#capture/mail/payload.ts';
import type { WebhookPayload } from '#capture/webhook/payload.ts';
import type { Site, Wording } from '#site/contract.ts';
import { site as described } from '../fakes/site.ts';
import type { Store } from '#capture/store/store.ts';
import type { OutboxRow, Tables } from '#capture/store/tables.ts';
import { signToken } from '#capture/store/tokens.ts';

export const minute = 60_000;
export const day = 24 * 60 * minute;
const beginning = Date.UTC(2026, 0, 15, 9);

const wording = (body: string): Wording => ({
  id: createHash('sha256').update(body).digest('hex'),
  locale: 'en',
  body,
});

export const site: Site = {
  url: 'https://files.example/',
  title: 'The D-Files',
  tagline: 'Sales and marketing, disconnected',
  language: 'en',
  owner: { name: 'The owner' },
  redirects: [],
  hosts: [
    { slug: 'petra-plimsoll', name: 'Petra Plimsoll', side: 'marketing' },
    { slug: 'gus-barnacle', name: 'Gus Barnacle', side: 'sales' },
  ],
  whitepapers: ['keeping-the-keepers', 'the-long-handover', 'number-seven', 'two-desks'].map((slug) => ({
    slug,
    title: `The paper ${slug}`,
    promise: 'What it promises',
    url: `/whitepapers/${slug}/`,
    file: `gated/${slug}.pdf`,
    filename: `${slug}.pdf`,
    bytes: 1000,
    pages: 10,
  })),
  entries: (['episode', 'post'] as const).map((kind) => ({
    id: `${kind}s/first-${kind}`,
    kind,
    slug: `first-${kind}`,
    title: `The first ${kind}`,
    summary: 'What it is about',
    url: `/${kind}s/first-${kind}/`,
    publishedAt: '2026-01-01T00:00:00Z',
    shownDate: '1 January 2026',
    length: '42 min',
    people: [],
    comments: 'open' as const,
    ...(kind === 'episode' && { seconds: 1000 }),
  })),
  partners: ['ferry', 'almanac'].map((slug) => ({ slug, name: `The ${slug}`, url: `/with/${slug}/` })),
  comments: { approval: 'always' },
  palette: described.palette,
  retention: described.retention,
  consent: {
    whitepaper: wording('Send me the paper.'),
    newsletter: wording('Send me the newsletter.'),
    replies: wording('Mail me replies.'),
    quote: wording('You may quote me.'),
  },
};

export const paper = 'keeping-the-keepers';

export const visit: Visit = {
  ip: '192.0.2.7',
  userAgent: 'A browser',
  referer: `https://files.example/whitepapers/${paper}/?from=first-episode&utm_source=letter`,
};

/** The form of a landing page, filled in. */
export const paperForm = (email: string, more: FormFields = {}): FormFields => ({
  whitepaper: paper,
  wording: site.consent.whitepaper.id,
  email,
  ...more,
});

export const ticked = { newsletter: site.consent.newsletter.id };

export const newsletterForm = (email: string): FormFields => ({ email, ...ticked });

/** A context over a store, with a clock that a test moves, and limits that it does not meet unless it sets them. */
export function scene(
  store: Store,
  changed: Partial<Context> = {},
  limits = { perNetwork: 100_000, perHour: 100_000 },
) {
  let now = beginning;
  let count = 0;
  const random = (bytes: number) =>
    createHash('shake256', { outputLength: bytes })
      .update(`${(count += 1)}`)
      .digest();
  const secrets = changed.secrets ?? [secret('a secret of more than thirty-two characters')];
  const clock = changed.clock ?? (() => now);
  const context: Context = {
    store,
    site,
    secrets,
    limits: openLimits(limits, { store, secrets, clock }),
    address: new URL(site.url),
    hosts: ['files.example'],
    built: '/built',
    hasWebhook: true,
    owners: [],
    answerWithin: day,
    clock,
    random,
    ...changed,
  };
  const rows = async <Name extends keyof Tables>(table: Name): Promise<Tables[Name][]> =>
    Array.fromAsync(store.reading.rows(table));
  const queued = async (kind: OutboxRow['kind']) =>
    (await rows('outbox')).filter((row) => row.kind === kind).toSorted((a, b) => a.runAt - b.runAt);

  return {
    context,
    rows,
    pass: (milliseconds: number) => void (now += milliseconds),
    now: () => now,
    /** The mails in the outbox, the first due first. */
    mails: async () =>
      (await queued('mail')).map(({ payload, ...row }) => ({ ...row, payload: JSON.parse(payload) as MailPayload })),
    events: async () => (await queued('webhook')).map(({ payload }) => JSON.parse(payload) as WebhookPayload),
    /** What stands in the link of the last mail. */
    async link(which: 'token' | 'preferences' = 'token'): Promise<string> {
      const last = (await queued('mail')).at(-1);
      const id = (JSON.parse(last?.payload ?? '{}') as Record<string, string>)[which];
      const row = (await rows('token')).find((token) => token.id === id);
      if (!row) throw new Error(`The last mail has no ${which}.`);
      return signToken(row, context.secrets);
    },
    /** How many rows each table has, but for totals. */
    async state() {
      const { funnelDay: _, ...counts } = await store.reading.counts();
      return counts;
    },
    /** Totals as `event landing from: n`. */
    totals: async () =>
      (await store.reading.funnel({}))
        .map(({ event, landing, fromEntry, n }) => `${event} ${landing} ${fromEntry}: ${n}`)
        .toSorted(),
  };
}

export type Scene = ReturnType<typeof scene>;
