import type { Store } from '#capture/store/store.ts';
import type { LeadRow, LeadState, Tables } from '#capture/store/tables.ts';
import type { Site } from '#site/contract.ts';
import {
  commentRow,
  consentEventRow,
  contactRow,
  insertRows,
  leadEventRow,
  leadRow,
  questionRow,
  submissionRow,
  totalRow,
} from '../../capture/rows.ts';
import { randomly } from '../search/random.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const year = 364 * day;
const part = 2000;

/** A UUIDv7 that is known by its moment and number. */
const idOf = (at: number, kind: number, n: number) => {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${kind}00-8000-${String(n).padStart(12, '0')}`;
};

/** The last of `count` leads was asked for an hour ago, the first a year before. */
const askedAt = (now: number, n: number, count: number) => Math.floor(now - hour - (year * (count - n)) / count);

export const idOfLead = (now: number, n: number, count: number): string => idOf(askedAt(now, n, count), 2, n);

/** Leads of a year in every state, with the forms, consents, subscriptions and notes of their people, and views. */
export async function fillLeads(
  store: Store,
  { whitepapers, entries }: Pick<Site, 'whitepapers' | 'entries'>,
  { count, now, owner }: { count: number; now: number; owner: string },
): Promise<void> {
  const random = randomly(3);
  const names = ['Gannet', 'Tallow', 'Cormorant', 'Halyard', 'Skerry', 'Brine', 'Sprat'];
  for (let from = 0; from < count; from += part) {
    const rows = Array.from({ length: Math.min(part, count - from) }, (_, i) => {
      const n = from + i;
      const at = askedAt(now, n, count);
      const name = `${names[n % names.length]} ${n}`;
      const contact = contactRow(`reader.${n}@example.com`, {
        id: idOf(at, 1, n),
        name,
        company: 'A firm',
        createdAt: at,
      });
      const paper = whitepapers[n % whitepapers.length];
      const entry = random() < 0.75 ? entries[Math.floor(random() ** 2 * entries.length)] : undefined;
      const state: LeadState = random() < 0.2 ? 'unconfirmed' : now - at < 2 * day ? 'waiting' : stateOf(random());
      const confirmedAt = state === 'unconfirmed' ? null : at + 10 * 60_000;
      const answeredAt =
        confirmedAt !== null && ['answered', 'won', 'lost'].includes(state)
          ? confirmedAt + Math.floor(random() ** 3 * 40 * hour)
          : null;
      const submission = submissionRow({
        ...{ id: idOf(at, 2, n), contactId: contact.id, asset: paper?.slug ?? '', landing: paper?.url ?? '/', at },
        fromEntry: entry?.id ?? null,
      });
      const lead: LeadRow = leadRow(contact.id, {
        ...{
          id: submission.id,
          asset: paper?.slug ?? '',
          fromEntry: entry?.id ?? null,
          source: entry?.kind ?? 'unknown',
        },
        ...{ askedAt: at, confirmedAt, downloadedAt: confirmedAt, answeredAt, state },
        endedAt: state === 'won' || state === 'lost' ? (answeredAt ?? at) + 5 * day : null,
        value: state === 'won' ? 145_000 : null,
        assignedTo: random() < 0.5 ? owner : null,
      });
      const isReader = random() < 0.4;
      return { contact, submission, lead, isReader };
    });
    await insertRows(
      store,
      'contact',
      rows.map(({ contact }) => contact),
    );
    await insertRows(
      store,
      'submission',
      rows.map(({ submission }) => submission),
    );
    await insertRows(
      store,
      'lead',
      rows.map(({ lead }) => lead),
    );
    await insertRows(
      store,
      'consentEvent',
      rows.flatMap(({ contact, lead }, i) => [
        consentEventRow(contact.id, { id: idOf(lead.askedAt, 3, from + i), at: lead.askedAt }),
        ...(lead.confirmedAt === null
          ? []
          : [
              consentEventRow(contact.id, {
                ...{ id: idOf(lead.askedAt, 4, from + i), action: 'confirmed', at: lead.confirmedAt },
              }),
            ]),
      ]),
    );
    await insertRows(
      store,
      'subscription',
      rows.flatMap(({ contact, lead, isReader }): Tables['subscription'][] =>
        isReader && lead.confirmedAt !== null
          ? [{ contactId: contact.id, topic: 'newsletter', status: 'confirmed', confirmedAt: lead.confirmedAt }]
          : [],
      ),
    );
    await insertRows(
      store,
      'leadEvent',
      rows.flatMap(({ lead }, i) =>
        lead.answeredAt === null
          ? []
          : [
              leadEventRow(lead, {
                ...{ id: idOf(lead.answeredAt, 5, from + i), actor: owner, kind: 'state', note: null },
                ...{ before: 'waiting', after: 'answered', at: lead.answeredAt },
              }),
            ],
      ),
    );
  }
  // Each day has several rows a total, as forms that come at once add to different ones.
  for (let ago = 364; ago >= 0; ago -= 7) {
    const days = Array.from({ length: Math.min(7, ago + 1) }, (_, i) =>
      new Date(now - (ago - i) * day).toISOString().slice(0, 10),
    );
    await insertRows(
      store,
      'funnelDay',
      days.flatMap((date) =>
        whitepapers.flatMap(({ url: landing }) =>
          ['', ...entries.map(({ id }) => id)].flatMap((fromEntry) =>
            [0, 1].map((shard) =>
              totalRow({
                ...{ day: date, landing, fromEntry, shard, n: 60 },
                source: fromEntry === '' ? 'unknown' : fromEntry.startsWith('episodes') ? 'episode' : 'post',
              }),
            ),
          ),
        ),
      ),
    );
  }
}

function stateOf(chance: number): LeadState {
  return chance < 0.02
    ? 'waiting'
    : chance < 0.8
      ? 'answered'
      : chance < 0.86
        ? 'won'
        : chance < 0.92
          ? 'lost'
          : 'unwanted';
}

/** Comments, a tenth of which waits, and questions that are open. */
export async function fillConversation(
  store: Store,
  { entries }: Pick<Site, 'entries'>,
  { comments, questions, now }: { comments: number; questions: number; now: number },
): Promise<void> {
  for (let from = 0; from < comments; from += part)
    await insertRows(
      store,
      'comment',
      Array.from({ length: Math.min(part, comments - from) }, (_, i) => {
        const n = from + i;
        const at = Math.floor(now - day - (comments - n) * 60_000);
        return commentRow({
          ...{ id: idOf(at, 6, n), entry: entries[n % entries.length]?.id ?? '', name: `Reader ${n % 1000}` },
          ...{ body: `What I think of it, said for the ${n}th time.`, at, confirmedAt: at, changedAt: at },
          ...{ state: n % 10 === 9 ? 'pending' : 'approved', published: n % 10 === 9 ? null : n + 1 },
        });
      }),
    );
  const at = now - day;
  const asker = contactRow('asker@example.com', { id: idOf(at, 7, 0), createdAt: at });
  await insertRows(store, 'contact', [asker]);
  await insertRows(
    store,
    'question',
    Array.from({ length: questions }, (_, n) =>
      questionRow(asker.id, { id: idOf(at + n, 8, n), at: at + n, confirmedAt: at + n, changedAt: at + n }),
    ),
  );
}
