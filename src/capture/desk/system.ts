import type { System } from '#capture/desk.ts';
import { outboxLanes } from '#capture/store/tables.ts';
import { isId } from '#capture/store/tokens.ts';
import { retentionNames } from '#site/retention.ts';
import { ownersOf } from './context.ts';
import { lastOf } from './last.ts';
import { idleLife, longestLife } from './session.ts';
import { shownSession } from './you.ts';
import { firstDeadLetters } from './dead-letters.ts';
import type { View } from './view.ts';

/** How many of each are listed. */
const listed = { dead: 20, audit: 50 };
const day = 24 * 60 * 60_000;

/** How the server does: what waits to be sent, what failed, who is at the desk, and what was done there. */
export const seeSystem: View<System>['see'] = async (context, { owner, query }) => {
  const { store, site, clock, owners } = context;
  const [, at, id] = /^(\d{1,15})\.(.+)$/.exec(query['before'] ?? '') ?? [];
  const [totals, oldestDue, dead, last, sessions, audit] = await Promise.all([
    store.reading.outboxTotals(),
    store.outbox.oldestDue(clock()),
    firstDeadLetters(context, listed.dead),
    lastOf(context, true),
    store.reading.deskSessions(),
    store.reading.audit(listed.audit + 1, isId(id) ? { at: Number(at), id } : undefined),
  ]);
  const [entries, next] = [audit.slice(0, listed.audit), audit[listed.audit]];
  const end = entries.at(-1);
  return {
    lanes: outboxLanes.map((lane) => ({
      lane,
      totals: Object.fromEntries(totals.filter((each) => each.lane === lane).map(({ state, n }) => [state, n])),
    })),
    ...(oldestDue !== undefined && { oldestDue }),
    dead,
    last,
    sessions: sessions.map((row) => shownSession(row, owner, owners)),
    owners: ownersOf(owners).map(({ email, role, person }) => ({ email, role, person })),
    audit: entries.map(({ id, actor, action, at }) => ({ id, actor, action, at })),
    ...(next && end && { older: `${end.at}.${end.id}` }),
    retention: [
      { what: 'A session at the desk that is not used', days: idleLife / day },
      { what: 'A session at the desk, used or not', days: longestLife / day },
      ...(Object.keys(retentionNames) as (keyof typeof retentionNames)[]).map((name) => ({
        what: retentionNames[name],
        days: site.retention[name],
      })),
    ],
  };
};
