import type { Services } from './services.ts';

/** What a balancer or an alarm asks for. A server that is `degraded` takes forms and sends mails: it answers with 200. */
export interface Health {
  status: 200 | 503;
  body: { status: 'ready' | 'degraded' | 'unready'; reasons: string[] };
}

/**
 * Whether the server can keep forms and its mails go out; and, of what keeps no reader waiting, whether letters are dead
 * and what was built last is served. It does not wait longer than `patience` milliseconds for the store; a mail may be late
 * by `lateness` milliseconds, which its first retries are.
 */
export async function readiness(
  { check, oldestDue, deadLetters, stale }: Pick<Services, 'check' | 'oldestDue' | 'deadLetters' | 'stale'>,
  now: number,
  { patience = 2000, lateness = 15 * 60_000 } = {},
): Promise<Health> {
  const store = await within(
    patience,
    check().then(() => Promise.all([oldestDue(), deadLetters()])),
  ).catch(() => undefined);
  const [due, dead = 0] = store ?? [];
  const faults = [
    ...(store ? [] : ['The store cannot be read or written']),
    ...(due !== undefined && now - due > lateness
      ? [`The oldest mail or webhook that is due has waited for ${Math.round((now - due) / 1000)} s`]
      : []),
  ];
  const behind = stale();
  const remarks = [
    ...(dead > 0 ? [`${dead === 1 ? '1 dead letter waits' : `${dead} dead letters wait`} for the owner`] : []),
    ...(behind === undefined ? [] : [behind]),
  ];
  const status = faults.length > 0 ? 'unready' : remarks.length > 0 ? 'degraded' : 'ready';
  return { status: status === 'unready' ? 503 : 200, body: { status, reasons: [...faults, ...remarks] } };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing came within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, end]).finally(() => clearTimeout(timer));
}
