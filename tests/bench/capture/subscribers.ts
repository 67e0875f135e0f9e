import { randomBytes } from 'node:crypto';
import { secret } from '#capture/environment.ts';
import { preferencesToken } from '#capture/store/link-tokens.ts';
import { newId } from '#capture/store/tokens.ts';
import { insertRows } from '../../capture/rows.ts';
import type { Database } from './databases.ts';
import { siteIn } from './setting.ts';

const part = 1000;

/** Puts people who confirmed that they want the newsletter into a store that a server has brought to its newest form. */
export async function fillSubscribers(
  { database, kept, env }: { database: Database; kept: string; env: Record<string, string> },
  count: number,
): Promise<void> {
  const store = await database.open(kept);
  const at = Date.now() - 24 * 60 * 60_000;
  const secrets = [secret(env['SECRET'] ?? '')];
  for (let from = 0; from < count; from += part) {
    const people = Array.from({ length: Math.min(part, count - from) }, (_, index) => {
      const email = subscriber(from + index);
      return {
        ...{ id: newId(at, randomBytes), email, emailNorm: email, mailbox: email },
        ...{ name: null, company: null, createdAt: at },
      };
    });
    await insertRows(store, 'contact', people);
    await insertRows(
      store,
      'subscription',
      people.map(({ id }) => ({ contactId: id, topic: 'newsletter', status: 'confirmed', confirmedAt: at })),
    );
    await insertRows(
      store,
      'token',
      people.map(({ id }) => preferencesToken(id, secrets)),
    );
  }
  await store.close();
}

export const subscriber = (n: number): string => `subscriber-${n}@example.com`;

/** What `npm run newsletter` is given to send an entry of the series to all. */
export function issueArgs({ env }: { env: Record<string, string> }): string[] {
  const [entry] = siteIn(env['DIST_DIR'] ?? '').entries;
  if (!entry) throw new Error('The series has no entry to send.');
  return ['--entry', entry.id, '--send', '--yes'];
}
