import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { hashOf, newCookie } from '#capture/desk/cookies.ts';
import { openSqlite } from '#capture/store/adapters/sqlite.ts';
import type { Store } from '#capture/store/store.ts';
import type { Tables } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Site } from '#site/contract.ts';
import { insertRows } from '../capture/rows.ts';
import { busyWeek } from '../demo/busy-week.ts';
import { fixtureOutput } from '../fixture-site.ts';
import type { ServedSite } from './site.ts';

/** Works with the store of a running server, beside it. */
export async function withStoreOf<Result>(
  { mails }: Pick<ServedSite, 'mails'>,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = openSqlite(join(dirname(mails), 'd-files.db'));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Signs a page in as an owner, as if by a mail. */
export async function sitDown(page: Page, owner: string, served: ServedSite): Promise<void> {
  const cookie = newCookie(randomBytes);
  const now = Date.now();
  await withStoreOf(served, (store) =>
    insertRows(store, 'deskSession', [
      {
        ...{ id: newId(now, randomBytes), owner, hash: hashOf(cookie), formerHash: null, formerUntil: null },
        ...{ way: 'mail', browser: 'A test', at: now, rotatedAt: now, seenAt: now },
      },
    ]),
  );
  await page.context().addCookies([{ name: 'desk-session', value: cookie, url: served.origin }]);
}

/** What twelve weeks leave in the store of a running server, the last of them a busy one. */
export async function fillBusyWeek(served: ServedSite, owners: readonly [string, ...string[]]): Promise<void> {
  const site = JSON.parse(readFileSync(join(fixtureOutput, 'gated/site.json'), 'utf8')) as Site;
  const rows = busyWeek(site, { now: Date.now(), owners });
  const order: (keyof Tables)[] = [
    ...(['contact', 'subscription', 'consentEvent', 'submission', 'token', 'outbox', 'funnelDay'] as const),
    ...(['comment', 'question', 'lead', 'leadEvent'] as const),
  ];
  await withStoreOf(served, async (store) => {
    for (const table of order) await insertRows(store, table, rows[table] ?? []);
  });
}
