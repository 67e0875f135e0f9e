import { describe, expect, it } from 'vitest';
import { moveStore } from '#capture/owner/move-store.ts';
import type { Tables } from '#capture/store/tables.ts';
import { insertRows } from '../../capture/rows.ts';
import { site } from '../../capture/scene.ts';
import { sqlite } from '../../capture/stores.ts';
import { busyWeek } from '../../demo/busy-week.ts';

const now = Date.UTC(2026, 0, 15, 9);
const owners = ['petra@example.com', 'gus@example.com'] as const;
const rows = busyWeek(site, { now, owners });

describe('the busy week of the demo', () => {
  it('is the same for the same moment and site', () => {
    expect(busyWeek(site, { now, owners })).toEqual(rows);
  });

  it('has nobody in it: all addresses are of domains that are kept for examples', () => {
    const addresses = rows.contact?.map(({ email }) => email) ?? [];
    expect(addresses.length).toBeGreaterThan(250);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.filter((email) => !/@example\.(?:com|org)$/.test(email))).toEqual([]);
  });

  it('lets seven wait, two of them too long, and has leads in every state', () => {
    const leads = rows.lead ?? [];
    const waits = leads.filter(({ state }) => state === 'waiting').map(({ confirmedAt }) => now - (confirmedAt ?? now));
    expect(waits).toHaveLength(7);
    expect(waits.filter((wait) => wait > 6 * 3_600_000)).toHaveLength(2);
    expect(new Set(leads.map(({ state }) => state)).size).toBe(6);
  });

  it('has nothing that is still to come, and nothing before what it follows', () => {
    for (const { askedAt, confirmedAt, answeredAt, endedAt, changedAt } of rows.lead ?? []) {
      const moments = [askedAt, confirmedAt, answeredAt, endedAt].filter((moment) => moment !== null);
      expect(moments).toEqual(moments.toSorted((one, two) => one - two));
      expect(Math.max(...moments, changedAt)).toBeLessThanOrEqual(now);
    }
    for (const { at } of rows.leadEvent ?? []) expect(at).toBeLessThanOrEqual(now);
  });

  it('has listeners of episodes, and readers of all entries', () => {
    const kinds = new Map((rows.heardDay ?? []).map(({ entry, kind }) => [`${entry} ${kind}`, true]));
    expect([...kinds.keys()]).toEqual(
      expect.arrayContaining(['episodes/first-episode app', 'episodes/first-episode read', 'posts/first-post read']),
    );
    expect([...kinds.keys()]).not.toContain('posts/first-post app');
    expect((rows.heardDay ?? []).every(({ day }) => day < '2026-01-15')).toBe(true);
  });

  it('is taken by a store, and can be moved to another', async () => {
    const store = await sqlite.fresh();
    const order: (keyof Tables)[] = [
      ...(['contact', 'subscription', 'consentEvent', 'submission', 'token', 'outbox', 'funnelDay', 'audit'] as const),
      ...(['heardDay', 'comment', 'question', 'lead', 'leadEvent'] as const),
    ];
    expect(Object.keys(rows).toSorted()).toEqual(order.toSorted());
    for (const table of order) await insertRows(store, table, rows[table] ?? []);
    expect(await moveStore(store, await sqlite.fresh())).toMatchObject({ kind: 'moved' });
  });
});
