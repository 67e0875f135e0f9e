import Database from 'better-sqlite3';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Capture } from '#capture/capture.ts';
import { openSqlite } from '#capture/store/adapters/sqlite.ts';
import { createLog } from '#server/log.ts';
import { openThreadedCapture, type ThreadedCapture } from '#server/threaded-capture.ts';
import { newsletterForm, paper, paperForm, site, visit } from '../../capture/scene.ts';

let folder = '';
const open: ThreadedCapture[] = [];
const lines: string[] = [];
const log = createLog(
  'text',
  (line) => lines.push(line),
  () => new Date(),
);
const file = () => join(folder, 'd-files.db');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'd-files-thread-'));
  lines.length = 0;
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  rmSync(folder, { recursive: true });
});

async function opened(most?: number, now = () => 0): Promise<ThreadedCapture> {
  const env = { VAR_DIR: folder, SITE_URL: site.url, SECRET: 's'.repeat(32), MAIL_DIR: join(folder, 'mail') };
  const lost = (error: unknown) => lines.push(`lost: ${String(error)}`);
  const each = await openThreadedCapture({ site, log, lost, now, env, ...(most && { most }) });
  open.push(each);
  return each;
}

type Uses = Exclude<keyof Capture, 'admit' | 'countView' | 'consent'>;

// A thread reads all of capture anew, which takes seconds where a machine is busy.
describe('capture in its own thread', { timeout: 20_000 }, () => {
  it('keeps forms and views, and tells the log of the thread that serves where mails are', async () => {
    const { capture, start, check, deadLetters, oldestDue, close } = await opened();
    await start();
    await check();
    expect(await capture.admit(visit)).toBeUndefined();
    expect(await capture.requestWhitepaper(paperForm('anna@example.com'), visit)).toEqual({ kind: 'accepted' });
    capture.countView(`/whitepapers/${paper}/`, '');
    expect(await capture.look('no token', 'confirm')).toEqual({ kind: 'gone' });
    await vi.waitFor(() => expect(lines.join('\n')).toContain(`${folder}/mail/`));
    expect([await oldestDue(), await deadLetters()]).toEqual([undefined, 0]);
    await close();
    open.length = 0;
    const store = openSqlite(file());
    const totals = await store.reading.funnel({});
    await store.close();
    expect(totals.map(({ event, n }) => `${event} ${n}`).toSorted()).toEqual(['submit 1', 'view 1']);
    expect(lines.join('\n')).not.toContain('lost');
  });

  it('lets the next server in when it is closed', async () => {
    await (await opened()).close();
    open.length = 0;
    await expect(opened()).resolves.toBeDefined();
  });

  it('shows the wordings of the site that it took up', async () => {
    const { capture, takeUp } = await opened();
    expect(capture.consent).toEqual(site.consent);
    const newsletter = { id: 'b'.repeat(64), locale: 'en', body: 'Send me more.' };
    await takeUp({ ...site, consent: { ...site.consent, newsletter } });
    expect(capture.consent.newsletter).toEqual(newsletter);
    const form = { email: 'anna@example.com', newsletter: newsletter.id };
    expect(await capture.subscribe(form, visit)).toEqual({ kind: 'accepted' });
  });

  it('is refused beside another server, in the words of the error and with its name', async () => {
    await opened();
    await expect(opened()).rejects.toMatchObject({
      name: 'ServerIsRunning',
      message: expect.stringContaining(`the process ${process.pid}`) as string,
    });
  });

  it('is refused over a store that cannot be opened, with what led to it', async () => {
    mkdirSync(file());
    await expect(opened()).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: `The database ${file()} cannot be opened`,
      cause: { name: 'SqliteError', message: 'unable to open database file' },
    });
    expect(lines).toEqual([]);
  });

  it('is refused over a store of a newer version', async () => {
    await (await opened()).close();
    open.length = 0;
    const database = new Database(file());
    database.exec(`insert into schema_migration (name) values ('999-later')`);
    database.close();
    await expect(opened()).rejects.toMatchObject({
      name: 'NewerDatabase',
      message: expect.stringContaining('999-later') as string,
    });
  });

  it('knows all that readers can ask for', async () => {
    const { capture } = await opened();
    const form = { email: 'nobody' };
    const outcomes: { [Name in Uses]: ReturnType<Capture[Name]> } = {
      requestWhitepaper: capture.requestWhitepaper(form, visit),
      subscribe: capture.subscribe(form, visit),
      sendNewLink: capture.sendNewLink(form, visit),
      comment: capture.comment(form, visit),
      question: capture.question(form, visit),
      partnerReport: capture.partnerReport('no token'),
      look: capture.look('no token', 'confirm'),
      confirm: capture.confirm('no token', visit),
      download: capture.download('no token', 'beginning'),
      unsubscribe: capture.unsubscribe('no token', visit),
      resubscribe: capture.resubscribe('no token', visit),
      askErasure: capture.askErasure('no token'),
      eraseMe: capture.eraseMe('no token'),
      lookParent: capture.lookParent('no comment'),
      lookComment: capture.lookComment('no token'),
      confirmComment: capture.confirmComment('no token', visit),
      editComment: capture.editComment('no token', form),
      deleteComment: capture.deleteComment('no token'),
      lookQuestion: capture.lookQuestion('no token'),
      confirmQuestion: capture.confirmQuestion('no token', visit),
      endReplies: capture.endReplies('no token', visit),
      lookDecision: capture.lookDecision('no token'),
      decide: capture.decide('no token', 'approve', 0, 'the owner'),
      sentIssue: capture.sentIssue('no entry'),
      archive: capture.archive(1),
      takeHook: capture.takeHook({ id: '1', timestamp: '1', signatures: '', body: Buffer.from('{}') }),
    };
    const kinds = (await Promise.all(Object.values(outcomes))).map(({ kind }) => kind);
    expect(kinds).toEqual([...Array(5).fill('invalid'), ...Array(19).fill('gone'), 'valid', 'no-hook']);
  });

  it('knows what the comments are, for builds', async () => {
    const { commentsVersion } = await opened();
    expect(await commentsVersion()).toBeUndefined();
  });

  it('fails a request with the trace of where it failed, and goes on', async () => {
    const { capture } = await opened();
    const failure: unknown = await capture.subscribe(null as never, visit).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'TypeError', stack: expect.stringContaining('src/capture/') as string });
    expect(await capture.look('no token', 'confirm')).toEqual({ kind: 'gone' });
  });

  it('answers as a store that is away where more is under way than it takes, says so once a minute, and takes forms after it', async () => {
    let now = 0;
    const { capture, check } = await opened(3, () => now);
    const form = (n: number) => capture.subscribe(newsletterForm(`reader${n}@example.com`), visit);
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => form(n)));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'accepted'),
      ...Array.from({ length: 7 }, () => 'unavailable'),
    ]);
    const held = Promise.all([form(10), form(11), form(12)]);
    expect(await capture.admit(visit)).toBe('uncounted');
    await expect(check()).rejects.toThrow('Too much is under way');
    capture.countView(`/whitepapers/${paper}/`, '');
    expect((await held).map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
    const reports = () => lines.filter((line) => line.includes('Forms and links are refused: 3 are under way')).length;
    expect(reports()).toBe(1);
    const refusedAt = async (at: number) => {
      now = at;
      await Promise.all(Array.from({ length: 4 }, () => form(1)));
      return reports();
    };
    expect([await refusedAt(59_999), await refusedAt(60_000), await refusedAt(60_001)]).toEqual([1, 2, 2]);
    expect(await form(13)).toEqual({ kind: 'accepted' });
  });
});
