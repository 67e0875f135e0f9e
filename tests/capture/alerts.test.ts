import { expect, test } from 'vitest';
import { secret } from '#capture/environment.ts';
import type { Mail } from '#capture/mail/mailer.ts';
import { noteProblems, type Problem } from '#capture/outbox/alerts.ts';
import { mailHandlers } from '#capture/outbox/handlers.ts';
import { findProblems, type ProblemSources } from '#capture/outbox/problems.ts';
import type { Store } from '#capture/store/store.ts';
import { fakeMailer } from '../fakes/mailer.ts';
import { idAt, insertRows, noon, outboxRow } from './rows.ts';
import { day, minute, site } from './scene.ts';
import { forEachStore } from './stores.ts';

const hour = 60 * minute;
const backup: Problem = { kind: 'backup', what: 'There is no backup in /backup.', fix: 'Make one: npm run backup' };
const disk: Problem = { kind: 'disk', what: 'The disk is nearly full.', fix: 'Delete what nobody needs.' };

/** A server and its owner, whose clock a test moves. */
function watched(store: Store, { recipients = ['ann@example.com'], isOwner = true } = {}) {
  let now = noon;
  let ids = 0;
  const { mailer, taken } = fakeMailer();
  const [handler] = mailHandlers(
    {
      ...{ store, mailer, secrets: [secret('s'.repeat(32))], address: new URL('https://files.example/') },
      mail: { from: 'hello@files.example', replyTo: undefined, perSecond: 10 },
      ...{ hasDesk: true, ownerAddress: () => (isOwner ? 'Ann@example.com' : undefined), clock: () => now },
    },
    () => site,
  );
  const deliver = async (): Promise<Mail[]> => {
    const before = taken.length;
    for (const row of await store.outbox.lease('answer', 10, now, now + minute)) {
      await handler?.deliver(row);
      await store.outbox.finish(row);
    }
    return taken.slice(before);
  };
  const note = async (...problems: Problem[]) => {
    const random = (bytes: number) => Buffer.alloc(bytes, (ids += 1));
    await noteProblems({ store, recipients, clock: () => now, random }, problems);
    return deliver();
  };
  return { note, deliver, pass: (milliseconds: number) => void (now += milliseconds) };
}

forEachStore('owners', ({ fresh }) => {
  test('are mailed of all that is wrong, and how to fix it, once', async () => {
    const { note, pass } = watched(await fresh());
    expect(await note()).toEqual([]);
    const [mail, ...more] = await note(backup, disk);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      to: 'Ann@example.com',
      subject: 'The D-Files: 2 things to look after (The backup, The disk)',
    });
    for (const { what, fix } of [backup, disk]) {
      expect(mail?.text).toContain(what);
      expect(mail?.text).toContain(fix);
    }
    expect(mail?.text).toContain('since 2026-01-15 12:00 UTC');
    expect(mail?.text).toContain('https://files.example/desk/system/');
    for (let n = 0; n < 100; n += 1) {
      pass(10 * minute);
      expect(await note(backup, disk)).toEqual([]);
    }
  });

  test('are mailed again after a day, and at once of what is new, with all else', async () => {
    const { note, pass } = watched(await fresh());
    await note(backup);
    pass(hour);
    const [second] = await note(backup, disk);
    expect(second?.subject).toContain('2 things');
    // Both were mailed then.
    pass(23 * hour);
    expect(await note(backup, disk)).toEqual([]);
    pass(hour);
    expect(await note(backup, disk)).toHaveLength(1);
  });

  test('are mailed once when all is well again, and not before', async () => {
    const { note, pass } = watched(await fresh());
    await note(backup, disk);
    pass(20 * minute);
    expect(await note(disk)).toEqual([]);
    pass(20 * minute);
    const [mail] = await note();
    expect(mail?.subject).toBe('All is well again with The D-Files');
    expect(mail?.text).toContain('It was: There is no backup in /backup.');
    expect(mail?.text).toContain('until 2026-01-15 12:20 UTC');
    expect(mail?.text).toContain('It was: The disk is nearly full.');
    pass(day);
    expect(await note()).toEqual([]);
  });

  test('are mailed at most once a day of what comes and goes', async () => {
    const { note, pass } = watched(await fresh());
    const subjects = [];
    for (let n = 0; n < 47; n += 1) {
      subjects.push(...(await note(...(n % 2 === 0 ? [disk] : []))).map(({ subject }) => subject.slice(0, 8)));
      pass(30 * minute);
    }
    expect(subjects).toEqual(['The D-Fi', 'All is w']);
  });

  test('are mailed once by two servers that do not see the same', async () => {
    const store = await fresh();
    const { note, pass } = watched(store);
    const counts = [];
    for (let n = 0; n < 60; n += 1) {
      // This one's disk is full, the other one's is not.
      counts.push((await note(disk)).length, (await note()).length);
      pass(minute);
    }
    expect(counts.reduce((sum, count) => sum + count)).toBe(1);
  });

  test('are mailed after a restart as if there had been none', async () => {
    const store = await fresh();
    await watched(store).note(disk);
    const { note, pass } = watched(store);
    pass(hour);
    expect(await note(disk)).toEqual([]);
  });

  test('are not mailed of what is over before the mail could be sent', async () => {
    const store = await fresh();
    const { note, pass, deliver } = watched(store);
    await note();
    await noteProblems(
      { store, recipients: ['ann@example.com'], clock: () => noon, random: (bytes) => Buffer.alloc(bytes, 7) },
      [disk],
    );
    pass(hour);
    await noteProblems(
      { store, recipients: ['ann@example.com'], clock: () => noon + hour, random: (bytes) => Buffer.alloc(bytes, 8) },
      [],
    );
    expect((await deliver()).map(({ kind }) => kind)).toEqual(['all-well']);
  });

  test('who are none any more get no mail', async () => {
    const { note } = watched(await fresh(), { isOwner: false });
    expect(await note(disk)).toEqual([]);
  });

  test('hear of letters that died and a queue that waits', async () => {
    const store = await fresh();
    const sources = (now: number): ProblemSources => ({
      ...{ store, now, stale: undefined },
      freeBytes: async () => 2 ** 40,
      backup: async () => undefined,
      mailFailure: async () => undefined,
    });
    expect(await findProblems(sources(noon))).toEqual([]);
    await insertRows(store, 'outbox', [
      outboxRow({ state: 'dead', lastError: '550 No such user' }),
      outboxRow({ id: idAt(noon), runAt: noon }),
    ]);
    expect(await findProblems(sources(noon + hour))).toMatchObject([{ kind: 'dead-letters' }]);
    const problems = await findProblems(sources(noon + 3 * hour));
    expect(problems.map(({ what }) => what)).toEqual([
      '1 mail or webhook was given up and waits for you.',
      'The oldest mail or webhook that is due has waited for 3 hours.',
    ]);
  });

  test('hear of a disk, a build, a backup and a mail server, without an address', async () => {
    const problems = await findProblems({
      ...{ store: await fresh(), now: noon, stale: 'The site could not be built when that was due' },
      freeBytes: async () => 300 * 2 ** 20,
      backup: async () => ({ path: '/backup', newest: noon - 3 * day }),
      mailFailure: async () => '535 ann@example.com may not',
    });
    expect(problems.map(({ what }) => what)).toEqual([
      'The disk is nearly full: 300 MiB are free. With a full one no form can be taken.',
      'Readers do not see the newest site. The site could not be built when that was due.',
      'The newest backup in /backup is 3 days old.',
      'The mail server takes no mail: 535 [address] may not',
    ]);
    const none = await findProblems({
      ...{ store: await fresh(), now: noon, stale: undefined },
      freeBytes: async () => undefined,
      backup: async () => ({ path: '/backup', newest: noon - 30 * hour }),
      mailFailure: async () => undefined,
    });
    expect(none).toEqual([]);
  });
});
