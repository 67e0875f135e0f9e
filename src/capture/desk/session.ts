import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '#capture/context.ts';
import type { DeskVisit } from '#capture/desk.ts';
import type { Secret } from '#capture/environment.ts';
import type { Records } from '#capture/store/store.ts';
import type { DeskSessionRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import { addDone } from './audit.ts';
import { browserName } from './browser-name.ts';
import { type Owner, ownerWith } from './context.ts';
import { hashOf, isCookie, newCookie } from './cookies.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A session that nobody uses for so long is over. */
export const idleLife = day;
/** However much it is used, it is over after this. */
export const longestLife = 7 * day;
/** How long one value of its cookie is used before another takes its place. */
const cookieLife = hour;
/** How long requests may still bring the value before: several are under way at once. */
const grace = minute;

type SessionContext = Pick<Context, 'store' | 'owners' | 'clock' | 'random'>;

/** Begins a session in a unit of work; the value of its cookie is always a new one. */
export async function beginSession(
  { clock, random }: Pick<Context, 'clock' | 'random'>,
  records: Records,
  { owner, way, visit }: { owner: string; way: DeskSessionRow['way']; visit: DeskVisit },
): Promise<string> {
  const now = clock();
  const cookie = newCookie(random);
  await records.addSession({
    ...{ id: newId(now, random), owner, hash: hashOf(cookie), formerHash: null, formerUntil: null },
    ...{ way, browser: browserName(visit.userAgent), at: now, rotatedAt: now, seenAt: now },
  });
  await addDone({ clock, random }, records, { id: owner }, `signed in by ${way}`);
  return cookie;
}

/** Who is at the desk by their cookie, and the value that takes its place where that is due; undefined for nobody. */
export async function ownerAt(
  context: SessionContext,
  { session: cookie }: DeskVisit,
): Promise<{ owner: Owner; session?: string } | undefined> {
  if (!isCookie(cookie)) return undefined;
  const hash = hashOf(cookie);
  const read = await context.store.reading.deskSession(hash);
  if (!read) return undefined;
  if (next(context, read, hash).kind === 'goes on') return found(context, read);
  // What is to be changed is read again, alone.
  return context.store.transaction(async (records) => {
    const row = await records.deskSession(hash);
    if (!row) return undefined;
    const step = next(context, row, hash);
    if (step.kind === 'ends') {
      await records.endSession(row.id);
      if (step.why === 'former') await addDone(context, records, { id: row.owner }, `session ended ${row.id}`);
      return undefined;
    }
    if (step.kind === 'changes') await records.updateSession(step.row);
    const owner = found(context, row);
    return owner && { ...owner, ...(step.kind === 'changes' && step.cookie && { session: step.cookie }) };
  });
}

type Step =
  | { kind: 'goes on' }
  | { kind: 'changes'; row: DeskSessionRow; cookie?: string }
  | { kind: 'ends'; why: 'over' | 'removed' | 'former' };

/** What a request that brings the cookie with this hash makes of its session. */
function next({ owners, clock, random }: SessionContext, row: DeskSessionRow, hash: string): Step {
  const now = clock();
  if (!ownerWith(owners, row.owner)) return { kind: 'ends', why: 'removed' };
  if (now - row.seenAt >= idleLife || now - row.at >= longestLife) return { kind: 'ends', why: 'over' };
  const rotated = (former: string): Step => {
    const cookie = newCookie(random);
    const changed = { hash: hashOf(cookie), formerHash: former, formerUntil: null, rotatedAt: now, seenAt: now };
    return { kind: 'changes', cookie, row: { ...row, ...changed } };
  };
  if (row.hash !== hash) {
    // Its successor was never seen: the answer that brought it is under way, or was lost.
    if (row.formerUntil === null) return now - row.rotatedAt < grace ? { kind: 'goes on' } : rotated(hash);
    // Long after its successor was used, only who copied it still has it.
    return now < row.formerUntil ? { kind: 'goes on' } : { kind: 'ends', why: 'former' };
  }
  if (now - row.rotatedAt >= cookieLife) return rotated(hash);
  const arrived = row.formerHash !== null && row.formerUntil === null;
  if (arrived || now - row.seenAt >= minute)
    return { kind: 'changes', row: { ...row, seenAt: now, ...(arrived && { formerUntil: now + grace }) } };
  return { kind: 'goes on' };
}

function found({ owners }: SessionContext, row: DeskSessionRow): { owner: Owner } | undefined {
  const owner = ownerWith(owners, row.owner);
  return owner && { owner: { ...owner, session: row.id } };
}

/** What a form of the desk brings back: proof that it is one of this session's pages. It holds as long as the session. */
export function formToken(session: string, secrets: readonly Secret[]): string {
  const [newest] = secrets;
  if (!newest) throw new Error('There is no secret to sign forms with.');
  return tokenBy(newest, session);
}

/** Whether one of the secrets made it for this session. In constant time. */
export const isFormToken = (token: string | undefined, session: string, secrets: readonly Secret[]): boolean =>
  secrets.some((secret) => {
    const [given, right] = [Buffer.from(token ?? ''), Buffer.from(tokenBy(secret, session))];
    return given.length === right.length && timingSafeEqual(given, right);
  });

const tokenBy = ({ key }: Secret, session: string) =>
  createHmac('sha256', key).update(`desk form|${session}`).digest('base64url');
