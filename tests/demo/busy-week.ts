import { derivedId, newId } from '#capture/store/tokens.ts';
import type { Tables } from '#capture/store/tables.ts';
import type { Site } from '#site/contract.ts';
import {
  auditRow,
  commentRow,
  consentEventRow,
  contactRow,
  leadEventRow,
  leadRow,
  outboxRow,
  questionRow,
  submissionRow,
  tokenRow,
  totalRow,
} from '../capture/rows.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type Rows = { [Name in keyof Tables]?: Tables[Name][] };

/**
 * What twelve weeks have left at the desk of a series of lighthouses, the last of them a busy one: made-up people, always
 * the same for the same moment and site. `now` in milliseconds since 1970.
 */
export function busyWeek(
  { whitepapers, entries, partners = [] }: Pick<Site, 'whitepapers' | 'entries' | 'partners'>,
  { now, owners }: { now: number; owners: readonly [string, ...string[]] },
): Rows {
  const next = numbers(1811);
  const pick = <Item>(items: readonly [Item, ...Item[]], weights?: readonly number[]): Item => {
    const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : items.length;
    let rest = next() * total;
    for (const [index, item] of items.entries()) {
      rest -= weights?.[index] ?? 1;
      if (rest < 0) return item;
    }
    return items[0];
  };
  const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256));
  const papers = nonEmpty(whitepapers, 'whitepaper');
  const senders = sendersOf(entries, partners, next);
  const rows = {
    contact: [] as Tables['contact'][],
    submission: [] as Tables['submission'][],
    consentEvent: [] as Tables['consentEvent'][],
    subscription: [] as Tables['subscription'][],
    token: [] as Tables['token'][],
    outbox: [] as Tables['outbox'][],
    lead: [] as Tables['lead'][],
    leadEvent: [] as Tables['leadEvent'][],
  };
  const totals = new Map<string, Tables['funnelDay']>();
  const count = (at: number, landing: string, sender: Sender, event: Tables['funnelDay']['event'], n = 1) => {
    const row = totalRow({
      ...{ day: new Date(at).toISOString().slice(0, 10), landing, event, n: 0 },
      ...{ fromEntry: sender.fromEntry ?? '', partner: sender.partner ?? '', source: sender.source },
    });
    const key = JSON.stringify(row);
    const known = totals.get(key) ?? row;
    totals.set(key, { ...known, n: known.n + n });
  };

  for (let ago = 12 * 7; ago > 0; ago -= 1) {
    // Of late more come.
    const views = Math.round((8 + 44 * next()) * (1.3 - ago / 140));
    for (let n = 0; n < views; n += 1) {
      const sender = pick(
        senders,
        senders.map(({ views }) => views),
      );
      count(
        now - ago * day + 12 * hour,
        pick(
          papers,
          papers.map((_, index) => (index === 0 ? 2 : 1)),
        ).url,
        sender,
        'view',
      );
    }
  }

  // Those who wait now; the first two of them were forgotten.
  const waiting = [27.4, 14.2, 5.6, 2.8, 0.9, 0.6, 0.4].map((hours) => Math.floor(now - hours * hour));
  const asked = Array.from({ length: 293 }, (_, n) => {
    const at = n < 34 ? now - next() ** 1.5 * 7 * day : now - (7 + 75 * next()) * day;
    return Math.floor(atWork(at, next));
  })
    .filter((at) => at < now - 2 * hour)
    .concat(waiting)
    .toSorted((one, two) => one - two);

  for (const [index, at] of asked.entries()) {
    const { name, company, email } = person(index, next);
    const sender = pick(
      senders,
      senders.map(({ leads }) => leads),
    );
    const paper = pick(
      papers,
      papers.map((_, each) => (each === 0 ? 2.4 : 1)),
    );
    const contact = contactRow(email, { id: newId(at, random), name, company, createdAt: at });
    const submission = submissionRow({
      ...{ id: newId(at, random), contactId: contact.id, asset: paper.slug, landing: paper.url, at },
      ...{ fromEntry: sender.fromEntry, partner: sender.partner, utm: sender.utm },
    });
    const sourceUrl = `https://lighthouse.example.com${paper.url}`;
    const event = (purpose: 'whitepaper' | 'newsletter', action: 'given' | 'confirmed', when: number) =>
      consentEventRow(contact.id, {
        ...{ id: derivedId(submission.id, `${action} ${purpose}`), purpose, action, sourceUrl, at: when },
        ...(action === 'given' && { name, company }),
      });
    rows.contact.push(contact);
    rows.submission.push(submission);
    rows.consentEvent.push(event('whitepaper', 'given', at));
    count(at, paper.url, sender, 'submit');
    const lead = leadRow(contact.id, {
      ...{ id: submission.id, asset: paper.slug, fromEntry: sender.fromEntry, partner: sender.partner },
      ...{ source: sender.source, askedAt: at, confirmedAt: null, state: 'unconfirmed', version: 1, changedAt: at },
    });
    rows.lead.push(lead);
    const mailId = newId(at, random);
    rows.token.push(
      tokenRow(contact.id, {
        id: mailId,
        kind: 'confirm',
        submissionId: submission.id,
        expiresAt: at + 7 * day,
        maxUses: null,
      }),
    );
    rows.outbox.push(
      outboxRow({
        ...{ id: newId(at + 1, random), dedupeKey: `ask:confirm:${paper.slug}::${contact.id}:${mailId}:`, runAt: at },
        ...{ contactId: contact.id, state: 'done', attempts: 1 },
        payload: JSON.stringify({
          mail: 'confirm',
          token: mailId,
          preferences: contact.id,
          asset: paper.slug,
          newsletter: false,
        }),
      }),
    );
    const waits = waiting.includes(at);
    if (!waits && next() < 0.19) continue;

    const confirmedAt = Math.min(now - 20 * minute, at + Math.floor((1 + 14 * next() ** 2) * minute));
    Object.assign(lead, { confirmedAt, state: 'waiting', version: 2, changedAt: confirmedAt });
    rows.consentEvent.push(event('whitepaper', 'confirmed', confirmedAt));
    count(confirmedAt, paper.url, sender, 'confirm');
    if (next() < 0.5) {
      rows.consentEvent.push(event('newsletter', 'given', at), event('newsletter', 'confirmed', confirmedAt));
      rows.subscription.push({ contactId: contact.id, topic: 'newsletter', status: 'confirmed', confirmedAt });
    }
    if (next() < 0.97) {
      lead.downloadedAt = confirmedAt + minute;
      rows.token.push(
        tokenRow(contact.id, {
          ...{
            id: derivedId(submission.id, 'download'),
            submissionId: submission.id,
            uses: 1 + Math.floor(next() * 2),
          },
          expiresAt: confirmedAt + 7 * day,
        }),
      );
      count(confirmedAt, paper.url, sender, 'download');
    }

    const change = (when: number, actor: string, more: Partial<Tables['leadEvent']>) => {
      rows.leadEvent.push(leadEventRow(lead, { id: newId(when, random), actor, note: null, at: when, ...more }));
      if (more.kind !== 'note') Object.assign(lead, { version: lead.version + 1, changedAt: when });
    };
    const owner = pick(owners as [string, ...string[]]);
    const unwantedAt = confirmedAt + 2 * hour;
    if (!waits && unwantedAt < now && next() < 0.13) {
      change(unwantedAt, owner, { kind: 'state', before: 'waiting', after: 'unwanted' });
      lead.state = 'unwanted';
      continue;
    }
    const answeredAt = Math.min(
      now - 30 * minute,
      confirmedAt + Math.floor(answerHours(confirmedAt) * (0.45 + 1.3 * next() ** 2) * hour),
    );
    if (next() < 0.6) {
      change(Math.min(now - 20 * minute, confirmedAt + 10 * minute), owners[0], {
        kind: 'assignment',
        before: null,
        after: owner,
      });
      lead.assignedTo = owner;
    }
    if (waits) continue;
    change(answeredAt, owner, { kind: 'state', before: 'waiting', after: 'answered' });
    Object.assign(lead, { answeredAt, state: 'answered' });
    if (next() < 0.3) change(answeredAt + minute, owner, { kind: 'note', note: pick(notes) });
    const endedAt = answeredAt + Math.floor((1 + 9 * next() ** 2) * day);
    if (endedAt > now || next() > 0.22) continue;
    const isWon = next() < 0.35;
    const value = isWon ? 100 * (400 + 50 * Math.floor(next() * 40)) : null;
    change(endedAt, owner, { kind: 'state', before: 'answered', after: isWon ? 'won' : 'lost', value });
    Object.assign(lead, { state: isWon ? 'won' : 'lost', endedAt, value });
  }
  const said = conversation(rows.contact, entries, now, random);
  return {
    ...rows,
    ...said,
    outbox: [...rows.outbox, ...(said.outbox ?? [])],
    funnelDay: [...totals.values()],
    heardDay: heardOf(entries, now),
    audit: [auditRow({ id: newId(now, random), action: 'seeded the demo', subjectHmac: null, at: now })],
  };
}

/** Episodes are heard and read, posts read; less from day to day after the newest ones, and nothing of today. */
function heardOf(entries: Site['entries'], now: number): Tables['heardDay'][] {
  const kinds = { app: 14, player: 6, download: 1, read: 24 };
  return entries.flatMap(({ id, kind }, index) =>
    Array.from({ length: 12 * 7 }, (_, i) => i + 1).flatMap((ago) =>
      Object.entries(kinds).flatMap(([name, many]) => {
        const n = Math.round((many * (1 + (ago % 3))) / (1 + index));
        return n > 0 && (kind === 'episode' || name === 'read')
          ? [{ day: new Date(now - ago * day).toISOString().slice(0, 10), entry: id, kind: name as 'app', n }]
          : [];
      }),
    ),
  );
}

interface Sender extends Pick<Tables['lead'], 'fromEntry' | 'partner' | 'source'> {
  utm: string;
  /** How many it sends, of all of them. */
  views: number;
  leads: number;
}

/** Episodes and posts, some with far more readers than others, and what else sends readers. */
function sendersOf(
  entries: Site['entries'],
  partners: NonNullable<Site['partners']>,
  next: () => number,
): readonly [Sender, ...Sender[]] {
  const none = { fromEntry: null, partner: null, utm: '{}' };
  const own = entries.map(({ id, kind }, index): Sender => {
    const views = 30 / (1 + index) ** 1.1 + 2;
    return {
      ...none,
      fromEntry: id,
      source: kind,
      views,
      leads: views * (kind === 'post' ? 1.25 : 1) * (0.7 + 0.6 * next()),
    };
  });
  return [
    { ...none, source: 'unknown', views: 22, leads: 6 },
    { ...none, source: 'newsletter', utm: '{"utm_source":"newsletter","utm_medium":"email"}', views: 12, leads: 7 },
    { ...none, source: 'other', utm: '{"utm_source":"foghorn-weekly"}', views: 9, leads: 3 },
    ...own,
    ...partners.slice(0, 2).map(({ slug }, index): Sender => ({
      ...none,
      partner: slug,
      source: 'partner',
      views: 9 - 5 * index,
      leads: 7 - 4 * index,
    })),
  ];
}

/** The same moment or one soon before it at which people are at work, most often. */
function atWork(at: number, next: () => number): number {
  for (let tries = 0; tries < 8; tries += 1) {
    const moved = at - tries * 3 * hour;
    const date = new Date(moved);
    const isWeekend = [0, 6].includes(date.getUTCDay());
    const time = date.getUTCHours();
    const likely = (time < 6 ? 0.05 : time < 8 ? 0.3 : time < 17 ? 1 : time < 21 ? 0.6 : 0.25) * (isWeekend ? 0.5 : 1);
    if (next() < likely) return moved;
  }
  return at;
}

/** How long an answer takes, in hours: at this desk evenings and weekends are long. */
function answerHours(confirmedAt: number): number {
  const date = new Date(confirmedAt);
  const [weekday, time] = [date.getUTCDay(), date.getUTCHours()];
  if (weekday === 6 || weekday === 0 || (weekday === 5 && time >= 16)) return weekday === 6 ? 30 : 20;
  return time < 8 ? 4 : time < 12 ? 1.2 : time < 16 ? 2 : time < 20 ? 7 : 13;
}

const firstNames =
  'Isla Pym Agnes Ned Tilda Otto Dora Morwenna Hob Greta Silas Nettie Barnaby Wren Cuthbert Fenella'.split(' ');
const lastNames =
  'Cormorant Tallow Bell Halyard Sprat Cuttle Skerry Brine Limpet Gannet Marram Tiller Dunnock Wrack Fathoms'.split(
    ' ',
  );
const trades = [
  'Herring Ballet',
  'Tallow Candles',
  'Bell & Buoy',
  'Halyard Knots',
  'Cuttle & Daughter',
  'Skerry Kayaks',
  'Gannet Freight',
  'Limpet Glue',
  'Wrack Soups',
  'Marram Mats',
  'Brine Pickles',
  'The Tide Table',
];
const notes: readonly [string, ...string[]] = [
  'May be a reference for the knots. Ask in March, once.',
  'Wants three nights in Number Four, in February.',
  'Rang twice, no answer: at sea.',
  'Asked whether the gull is part of the offer.',
  'Reads on the ferry; short answers, please.',
];

/** Nobody: of every name there is one, at a domain that is kept for examples (RFC 2606). */
function person(index: number, next: () => number) {
  const first = firstNames[index % firstNames.length] ?? '';
  const last = lastNames[Math.floor(index / firstNames.length + index * 7) % lastNames.length] ?? '';
  const email = `${first}.${last}.${index}@example.${index % 3 === 0 ? 'org' : 'com'}`.toLowerCase();
  const isNamed = next() < 0.85;
  return {
    ...{ email, name: isNamed ? `${first} ${last}` : null },
    company: isNamed && next() < 0.7 ? (trades[Math.floor(next() * trades.length)] ?? null) : null,
  };
}

/** What was said and waits for a decision, and a mail that failed. */
function conversation(
  people: Tables['contact'][],
  entries: Site['entries'],
  now: number,
  random: (count: number) => Uint8Array,
): Rows {
  const [ned, dora, agnes, best] = people.slice(-40);
  const open = entries.filter(({ comments }) => comments === 'open');
  if (!ned || !dora || !agnes || !best) return {};
  const said = (
    of: typeof ned,
    at: number,
    entry: Site['entries'][number] | undefined,
    body: string,
    reasons: string[] = [],
  ) =>
    entry
      ? [
          commentRow({
            ...{ id: newId(at, random), contactId: of.id, entry: entry.id, name: of.name ?? 'Agnes', body },
            ...{ at, confirmedAt: at, changedAt: at, reasons: JSON.stringify(reasons) },
          }),
        ]
      : [];
  const question = (of: typeof ned, at: number, body: string) =>
    questionRow(of.id, {
      ...{ id: newId(at, random), firstName: of.name?.split(' ')[0] ?? null, body, at, confirmedAt: at, changedAt: at },
    });
  return {
    comment: [
      ...said(
        ned,
        now - 19 * hour,
        open[2] ?? open[0],
        'Ours fell in at the same place. We have since tied the enquiry to the oar.',
      ),
      ...said(
        best,
        now - 6 * hour,
        open[1] ?? open[0],
        'Grate post! Cheap beacons: https://beacons.example.com/deal and https://beacons.example.com/deal2',
        ['links', 'first'],
      ),
      ...said(dora, now - 2 * hour, open[0], 'We counted ships for a year before anybody asked what a ship is.', [
        'first',
      ]),
    ],
    question: [
      question(
        agnes,
        now - 3 * hour,
        'When marketing says “qualified” and sales says “who?”, which of you should pick up the telephone first?',
      ),
    ],
    outbox: [
      outboxRow({
        ...{
          id: newId(now - 4 * hour, random),
          dedupeKey: `ask:already-subscribed:demo:${ned.id}`,
          contactId: ned.id,
          state: 'dead',
        },
        ...{ attempts: 9, runAt: now - 4 * hour, lastError: '452 4.2.2 mailbox full' },
        payload: JSON.stringify({ mail: 'already-subscribed', preferences: ned.id }),
      }),
    ],
  };
}

function nonEmpty<Item>(items: readonly Item[], what: string): readonly [Item, ...Item[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error(`The site that was built has no ${what}.`);
  return [first, ...rest];
}

/** Numbers that look random and are always the same (a linear congruential generator, Numerical Recipes). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
