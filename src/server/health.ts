import type { Services } from './services.ts';

/** What a balancer or an alarm asks for. */
export interface Health {
  status: 200 | 503;
  body: { status: 'ready' | 'unready'; reasons: string[] };
}

/**
 * Whether the server can take forms, its mails go out, and it serves what was built last. It does not wait longer than `patience` milliseconds for the
 * store; a mail may be late by `lateness` milliseconds, which its first retries are.
 */
export async function readiness(
  { check, oldestDue, stale }: Pick<Services, 'check' | 'oldestDue' | 'stale'>,
  now: number,
  { patience = 2000, lateness = 15 * 60_000 } = {},
): Promise<Health> {
  const reasons: string[] = [];
  const store = await within(
    patience,
    check().then(() => oldestDue()),
  ).catch(() => 'silent' as const);
  if (store === 'silent') reasons.push('The store does not answer');
  else if (store !== undefined && now - store > lateness)
    reasons.push(`The oldest mail or webhook that is due has waited for ${Math.round((now - store) / 1000)} s`);
  const behind = stale();
  if (behind !== undefined) reasons.push(behind);
  const isReady = reasons.length === 0;
  return { status: isReady ? 200 : 503, body: { status: isReady ? 'ready' : 'unready', reasons } };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing came within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, end]).finally(() => clearTimeout(timer));
}
