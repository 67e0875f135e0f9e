import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { imapMailbox } from '#capture/bounces/adapters/imap-mailbox.ts';
import { takeHook } from '#capture/bounces/hook.ts';
import { openRefusals } from '#capture/bounces/refused.ts';
import { takeReport } from '#capture/bounces/reports.ts';
import { mailOfTag, returnPath, returnTag, tagsIn } from '#capture/bounces/return-path.ts';
import { secret } from '#capture/environment.ts';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { subscribe } from '#capture/forms/subscribe.ts';
import { confirm } from '#capture/links/confirm.ts';
import { resubscribe } from '#capture/links/resubscribe.ts';
import { MailRefused } from '#capture/mail/mailer.ts';
import { mailHandlers } from '#capture/outbox/handlers.ts';
import { queueIssue } from '#capture/outbox/issues.ts';
import { forgive } from '#capture/owner/erasure.ts';
import { pauseSending } from '#capture/owner/issue.ts';
import { findLeads } from '#capture/owner/leads.ts';
import type { Store } from '#capture/store/store.ts';
import { fakeImapServer } from '../fakes/imap-server.ts';
import { fakeMailer } from '../fakes/mailer.ts';
import { complaints, hardBounces, notSpam, otherBounces, outOfOffice, type Returned } from '../fakes/returned-mails.ts';
import { insertSubscribers, outboxRow } from './rows.ts';
import { day, newsletterForm, paperForm, scene, site, visit } from './scene.ts';
import { forEachStore, sqlite } from './stores.ts';

const bounceAddress = 'bounces@files.example';
const entry = 'episodes/first-episode';
const anna = 'anna@inbox.example';

/** A subscriber to whom an issue was sent, and the report that would come of it. */
async function sentIssue(store: Store, email = anna) {
  const at = scene(store);
  await subscribe(at.context, newsletterForm(email), visit);
  await confirm(at.context, await at.link(), visit);
  const { context } = at;
  await queueIssue({
    ...{ store, site, secrets: context.secrets, entry, perSecond: 10 },
    ...{ clock: context.clock, random: context.random },
  });
  const mails = fakeMailer();
  const handlers = mailHandlers(
    {
      ...{ store, mailer: mails.mailer, secrets: context.secrets, address: context.address, clock: context.clock },
      ...{ mail: { from: 'hello@files.example', replyTo: undefined, perSecond: 10 }, hasDesk: false },
      ownerAddress: () => undefined,
      bouncesOf: (id) => ({
        returnPath: returnPath(id, bounceAddress, context.secrets),
        address: bounceAddress,
        tag: returnTag(id, context.secrets),
      }),
      ...openRefusals(context),
    },
    () => site,
  );
  /** Sends all that waits in a lane, as the worker does. */
  const send = async (lane: 'issue' | 'answer') => {
    const handler = handlers.find((each) => each.lane === lane);
    const before = mails.taken.length;
    for (const row of await store.outbox.lease(lane, 100, at.now() + day, at.now() + 2 * day)) {
      await handler?.deliver(row);
      await store.outbox.finish(row);
    }
    return mails.taken.slice(before);
  };
  await send('answer');
  const [mail] = await send('issue');
  if (!mail?.returnPath) throw new Error('No issue was sent.');
  const of: Returned = { returnPath: mail.returnPath, recipient: email, tag: mail.headers['CFBL-Feedback-ID'] ?? '' };
  const reports = { ...context, bounceAddress };
  const take = (source: string) => takeReport(reports, Buffer.from(source));
  const status = async () => (await at.rows('subscription'))[0]?.status;
  const reasons = async () => (await at.rows('suppression')).map(({ reason }) => reason);
  return { ...at, mail, mails, of, take, send, handlers, status, reasons };
}

describe('the return path of a mail', () => {
  const [one, other] = [
    secret('a secret of more than thirty-two characters'),
    secret('another of the same length or so'),
  ];
  const id = '0193b9a0-1234-7abc-8def-0123456789ab';

  it('names the mail, fits into the local part of an address, and may be written in any case', () => {
    const path = returnPath(id, bounceAddress, [one]);
    expect(path).toMatch(/^bounces\+[\da-v]{42}@files\.example$/);
    expect(path.indexOf('@')).toBeLessThanOrEqual(64);
    const [tag = ''] = tagsIn(`Delivered-To: <${path.toUpperCase()}>`, bounceAddress);
    expect(mailOfTag(tag, [one])).toBe(id);
  });

  it('holds under a former secret, and not under another one or with any letter changed', () => {
    const tag = returnTag(id, [one]);
    expect(mailOfTag(tag, [other, one])).toBe(id);
    expect(mailOfTag(tag, [other])).toBeUndefined();
    for (let i = 0; i < tag.length; i++)
      expect(mailOfTag(`${tag.slice(0, i)}${tag[i] === '0' ? '1' : '0'}${tag.slice(i + 1)}`, [one])).toBeUndefined();
  });

  it('is looked for in the owner’s address alone', () => {
    const tag = returnTag(id, [one]);
    for (const text of [
      `bounces+${tag}@files.example.org`,
      `xbounces+${tag}@files.example`,
      `bounces-${tag}@files.example`,
    ])
      expect(tagsIn(text, bounceAddress)).toEqual([]);
  });
});

forEachStore('mails that come back', ({ fresh }) => {
  it.each(Object.entries(hardBounces))('suppress the address by themselves as reported by %s', async (_, report) => {
    const at = await sentIssue(await fresh());
    expect(await at.take(report(at.of))).toBe(true);
    expect(await at.reasons()).toEqual(['bounced']);
    expect(await at.status()).toBe('bounced');
    expect(await at.rows('bounce')).toMatchObject([{ kind: 'hard', entry, way: 'report', suppressed: 1 }]);
    expect((await at.events()).at(-1)).toMatchObject({ type: 'contact.bounced', data: { email: anna } });
    expect(await at.context.store.reading.issueBounces(entry)).toEqual({ hard: 1 });
  });

  it.each(Object.entries(complaints))('end the newsletter for good as a complaint by %s', async (_, report) => {
    const at = await sentIssue(await fresh());
    expect(await at.take(report(at.of))).toBe(true);
    expect(await at.reasons()).toEqual(['complained']);
    expect(await at.status()).toBe('unsubscribed');
    expect((await at.events()).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['contact.complained', 'subscriber.unsubscribed']),
    );
    // Nobody brings it back, by the link of an old mail or by a form.
    await resubscribe(at.context, await at.link('preferences'), visit);
    at.pass(2 * day);
    expect(await subscribe(at.context, newsletterForm(anna), visit)).toEqual({ kind: 'accepted' });
    expect(await at.status()).toBe('unsubscribed');
    expect(await at.send('answer')).toEqual([]);
  });

  it('change nothing more when the same is reported again', async () => {
    const at = await sentIssue(await fresh());
    const report = hardBounces['Gmail']?.(at.of) ?? '';
    await at.take(report);
    const before = await at.state();
    expect(await at.take(report)).toBe(true);
    expect(await at.state()).toEqual(before);
  });

  it('change nothing where the tag is forged, old, of another recipient, or of no mail', async () => {
    const at = await sentIssue(await fresh());
    const before = await at.state();
    const report = hardBounces['Postfix'] ?? (() => '');
    const forged = at.of.returnPath.replace(/.(?=@)/, (letter) => (letter === '0' ? '1' : '0'));
    const none = returnPath('0193b9a0-1234-7abc-8def-0123456789ab', bounceAddress, at.context.secrets);
    const strange = returnPath(at.mail.messageId.slice(1, 37), bounceAddress, [secret('x'.repeat(40))]);
    for (const of of [
      ...[forged, none, strange, bounceAddress].map((path) => ({ ...at.of, returnPath: path, tag: 'x' })),
      { ...at.of, recipient: 'bob@inbox.example' },
    ])
      expect(await at.take(report(of))).toBe(false);
    for (const complaint of Object.values(complaints))
      expect(await at.take(complaint({ ...at.of, returnPath: forged, tag: forged }))).toBe(false);
    at.pass(15 * day);
    expect(await at.take(report(at.of))).toBe(false);
    expect(await at.state()).toEqual(before);
  });

  it('are left to the owner where they are no reports: an answer of a person, an empty mail, half a report', async () => {
    const at = await sentIssue(await fresh());
    const half = (hardBounces['Gmail']?.(at.of) ?? '').slice(0, 400);
    for (const mail of [outOfOffice(at.of), '', 'x', half]) expect(await at.take(mail)).toBe(false);
    expect(await at.reasons()).toEqual([]);
  });

  it('suppress nobody for what is not the mailbox’s: a policy, spam, a delay, a report of no spam', async () => {
    const at = await sentIssue(await fresh());
    for (const report of [otherBounces.policy, otherBounces.spam, otherBounces.delayed, notSpam])
      expect(await at.take(report(at.of))).toBe(true);
    expect(await at.reasons()).toEqual([]);
    expect(await at.status()).toBe('confirmed');
    expect((await at.rows('bounce')).map(({ kind }) => kind)).toEqual(['blocked']);
  });

  it('suppress an address that was full on three days of ninety, and not one that was on two', async () => {
    const at = await sentIssue(await fresh());
    const hook = (id: string) => signedHook(at, [{ kind: 'soft', email: anna, status: '4.2.2' }], { id });
    expect(await at.take(otherBounces.full(at.of))).toBe(true);
    expect(await at.take(otherBounces['gmail rate'](at.of))).toBe(true);
    await hook('the same day');
    at.pass(100 * day);
    await hook('far later');
    at.pass(day);
    await hook('the day after');
    expect(await at.reasons()).toEqual([]);
    at.pass(day);
    await hook('and one more');
    expect(await at.reasons()).toEqual(['bounced']);
    expect(await at.status()).toBe('bounced');
  });
});

forEachStore('an address that mail came back from', ({ fresh }) => {
  it('is sent nothing that waits, and a day later what it asks for; by that mail its person comes back', async () => {
    const at = await sentIssue(await fresh());
    await at.take(hardBounces['Gmail']?.(at.of) ?? '');
    expect(await requestWhitepaper(at.context, paperForm(anna), visit)).toEqual({ kind: 'accepted' });
    expect(await at.send('answer')).toEqual([]);
    at.pass(day);
    await subscribe(at.context, newsletterForm(anna), visit);
    const [mail] = await at.send('answer');
    expect(mail).toMatchObject({ kind: 'confirm', to: anna });
    expect(await at.reasons()).toEqual(['bounced']);
    expect(await confirm(at.context, await at.link(), visit)).toMatchObject({ kind: 'confirmed' });
    expect(await at.reasons()).toEqual([]);
    expect(await at.status()).toBe('confirmed');
    expect((await Array.fromAsync(findLeads(at.context, {})))[0]).toMatchObject({
      mail: null,
      newsletter: 'confirmed',
    });
  });

  it('is shown to the owner, in the record of the person too, and can be forgiven', async () => {
    const at = await sentIssue(await fresh());
    await at.take(complaints['Yahoo']?.(at.of) ?? '');
    const first = async () => (await Array.fromAsync(findLeads(at.context, {})))[0];
    expect(await first()).toMatchObject({ email: anna, mail: 'complained', newsletter: 'unsubscribed' });
    expect(await forgive(at.context, anna)).toMatchObject({ kind: 'done', known: true });
    expect(await first()).toMatchObject({ mail: null });
    expect(await at.reasons()).toEqual([]);
  });

  it('who called the newsletter spam is still answered when they ask for a paper, without the newsletter', async () => {
    const at = await sentIssue(await fresh());
    await at.take(complaints['Yahoo']?.(at.of) ?? '');
    at.pass(day);
    await requestWhitepaper(at.context, paperForm(anna, { newsletter: site.consent.newsletter.id }), visit);
    expect(await at.send('answer')).toMatchObject([{ kind: 'download' }]);
    expect(await at.status()).toBe('unsubscribed');
  });

  it('who never confirmed and called the mail spam is sent nothing that a stranger asks for', async () => {
    const store = await fresh();
    const at = await sentIssue(store);
    await requestWhitepaper(at.context, paperForm('bob@inbox.example'), visit);
    const [mail] = await at.send('answer');
    await at.take(
      complaints['Yahoo']?.({ returnPath: mail?.returnPath ?? '', recipient: 'x@y.example', tag: '' }) ?? '',
    );
    expect(await at.reasons()).toEqual(['complained']);
    at.pass(2 * day);
    expect(await requestWhitepaper(at.context, paperForm('bob@inbox.example'), visit)).toEqual({ kind: 'accepted' });
    expect(await at.send('answer')).toEqual([]);
  });
});

forEachStore('a mail server that refuses a mail to a reader at once', ({ fresh }) => {
  const refuse = async (store: Store, reply: string, permanent = true) => {
    const at = await sentIssue(store);
    const [row] = (await at.rows('outbox')).filter(({ lane }) => lane === 'issue');
    const handler = at.handlers.find(({ lane }) => lane === 'issue');
    if (!row || !handler?.giveUp) throw new Error('There is no row to give up.');
    return { ...at, isNoDeadLetter: await handler.giveUp(row, new MailRefused(reply, permanent, reply)) };
  };

  it.each([
    ['550 5.1.1 <anna@inbox.example>: Recipient address rejected: User unknown', ['bounced']],
    ['550 no such user here', ['bounced']],
    ['552 5.2.2 Mailbox full', []],
    ['550 5.7.1 Service unavailable; client host blocked using a block list', []],
    ['554 5.7.26 Unauthenticated mail is not accepted', []],
    ['550 5.1.8 Sender address rejected: Domain not found', []],
    ['452 4.2.2 The email account that you tried to reach is over quota', []],
    ['421 4.7.0 Try again later', []],
    ['451 4.3.0 Local error in processing', []],
    ['552 5.3.4 Message size exceeds fixed limit', []],
  ])('with “%s” suppresses: %j', async (reply, reasons) => {
    const at = await refuse(await fresh(), reply, reply.startsWith('5'));
    expect(await at.reasons()).toEqual(reasons);
  });

  it('has no dead letter where the mailbox is why, and one where it is the owner’s to fix', async () => {
    expect((await refuse(await fresh(), '550 5.1.1 User unknown')).isNoDeadLetter).toBe(true);
    expect((await refuse(await fresh(), '550 5.7.1 Relaying denied')).isNoDeadLetter).toBe(false);
    const at = await sentIssue(await fresh());
    const [row] = (await at.rows('outbox')).filter(({ lane }) => lane === 'issue');
    if (!row) throw new Error('There is no row.');
    // No word of the recipient: the connection ended.
    expect(await openRefusals(at.context).refused(row, new MailRefused('Connection timeout', false))).toBe(false);
    expect(await at.rows('bounce')).toEqual([]);
  });

  it('suppresses nobody more where every mailbox is called unknown, until a mail is taken again', async () => {
    const store = await fresh();
    const { context, rows } = scene(store);
    await insertSubscribers(store, 30, context.secrets);
    const { refused, taken } = openRefusals(context);
    const people = await rows('contact');
    const refuse = async (i: number) => {
      const row = { ...outboxRow({ kind: 'mail', lane: 'issue' }), contactId: people[i]?.id ?? null };
      return refused(row, new MailRefused('550 5.1.1 User unknown', true, '550 5.1.1 User unknown'));
    };
    for (let i = 0; i < 20; i += 1) expect(await refuse(i)).toBe(true);
    // A dead letter, which the owner is mailed about.
    for (let i = 20; i < 25; i += 1) expect(await refuse(i)).toBe(false);
    expect(await rows('suppression')).toHaveLength(20);
    taken();
    expect(await refuse(25)).toBe(true);
    expect(await rows('suppression')).toHaveLength(21);
  });
});

const hookSecret = `whsec_${Buffer.from('a secret of the hook, which is long').toString('base64')}`;

/** Sends a request of a provider's relay, signed as it should be unless it says otherwise. */
function signedHook(
  at: Pick<Awaited<ReturnType<typeof sentIssue>>, 'context' | 'now'>,
  events: unknown,
  { id = 'msg_1', seconds = Math.floor(at.now() / 1000), body = JSON.stringify({ events }), signature = '' } = {},
) {
  const key = Buffer.from(hookSecret.replace('whsec_', ''), 'base64');
  const right = `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  return takeHook(
    { ...at.context, secret: hookSecret },
    { id, timestamp: `${seconds}`, signatures: signature || `v1,AAAA ${right}`, body: Buffer.from(body) },
  );
}

forEachStore('what a provider reports by the hook', ({ fresh }) => {
  it('suppresses the address, and counts for the issue that its Message-ID names', async () => {
    const at = await sentIssue(await fresh());
    const { messageId } = at.mail;
    expect(await signedHook(at, [{ kind: 'hard', email: 'Anna@INBOX.example', messageId, status: '5.1.1' }])).toEqual({
      ...{ kind: 'taken', events: 1, recorded: 1 },
    });
    expect(await at.reasons()).toEqual(['bounced']);
    expect(await at.context.store.reading.issueBounces(entry)).toEqual({ hard: 1 });
  });

  it('is refused where it is forged, of another time, or there twice, and nothing is changed by it', async () => {
    const at = await sentIssue(await fresh());
    const events = [{ kind: 'complaint', email: anna }];
    const before = await at.rows('suppression');
    const now = Math.floor(at.now() / 1000);
    expect(await signedHook(at, events, { signature: `v1,${Buffer.alloc(32).toString('base64')}` })).toEqual({
      kind: 'forged',
    });
    for (const seconds of [now - 301, now + 301, -1])
      expect(await signedHook(at, events, { seconds })).toEqual({ kind: 'forged' });
    expect(
      await takeHook(
        { ...at.context, secret: undefined },
        { id: '1', timestamp: '1', signatures: '', body: Buffer.alloc(0) },
      ),
    ).toEqual({ kind: 'no-hook' });
    expect(await at.rows('suppression')).toEqual(before);
    expect(await signedHook(at, [])).toMatchObject({ kind: 'taken' });
    expect(await signedHook(at, [])).toEqual({ kind: 'repeated' });
  });

  it('is told what is wrong with it, and changes nothing for strangers and for mails of others', async () => {
    const at = await sentIssue(await fresh());
    const { messageId } = at.mail;
    await subscribe(at.context, newsletterForm('bob@inbox.example'), visit);
    for (const [body, what] of [
      ['[', 'The body is not JSON.'],
      ['[]', 'The body has no list "events".'],
      ['{"events":[{"kind":"bad"}]}', 'Event 1: "kind" is one of hard, soft, blocked, complaint.'],
      ['{"events":[{"kind":"hard"}]}', 'Event 1: "email" is missing.'],
    ] as const)
      expect(await signedHook(at, [], { body, id: body })).toEqual({ kind: 'invalid', what });
    expect(
      await signedHook(at, [
        { kind: 'hard', email: 'nobody@inbox.example' },
        { kind: 'hard', email: 'bob@inbox.example', messageId },
        { kind: 'hard', email: 'no address' },
      ]),
    ).toEqual({ kind: 'taken', events: 3, recorded: 0 });
    expect(await at.reasons()).toEqual([]);
  });
});

describe('the mailbox in which they arrive', () => {
  it('is read by IMAP: each report suppresses its address and is put away; the rest stays where it is', async () => {
    const server = await fakeImapServer();
    onTestFinished(() => server.close());
    const store = await sqlite.fresh();
    const mailbox = imapMailbox({ url: server.url });
    const names = Object.keys(hardBounces);
    let last: Awaited<ReturnType<typeof sentIssue>> | undefined;
    const readers: string[] = [];
    for (const [index, name] of names.entries()) {
      const email = `reader-${index}@inbox.example`;
      readers.push(email);
      last = await sentIssue(index === 0 ? store : await sqlite.fresh(), email);
      const { of, context, reasons } = last;
      server.arrive(outOfOffice(of));
      server.arrive(hardBounces[name]?.(of) ?? '');
      server.arrive('From: a@b.example\r\nTo: bounces@files.example\r\n\r\nA letter.\r\n');
      const take = (source: Buffer) => takeReport({ ...context, bounceAddress }, source);
      expect(await mailbox.readNew(take)).toBe(1);
      expect(await reasons()).toEqual(['bounced']);
    }
    expect(server.folders.get('Handled')).toHaveLength(names.length);
    expect(server.folders.get('INBOX')).toHaveLength(2 * names.length);
    expect(server.folders.get('INBOX')?.every(({ flags }) => flags.size === 0)).toBe(true);
    // What was looked at is not fetched again.
    const before = server.asked.filter((line) => line.includes('FETCH')).length;
    expect(await mailbox.readNew(() => Promise.resolve(true))).toBe(0);
    expect(server.asked.filter((line) => line.includes('FETCH'))).toHaveLength(before);
  });

  it('is unavailable in words where it lets nobody in, has no such folder, or is not there', async () => {
    const server = await fakeImapServer();
    onTestFinished(() => server.close());
    const open = (change: (url: URL) => void) => {
      const url = new URL(server.url);
      change(url);
      return imapMailbox({ url, timeouts: { connect: 1000, silence: 1000 } }).check();
    };
    await expect(open((url) => (url.password = 'wrong'))).rejects.toMatchObject({ name: 'MailboxUnavailable' });
    await expect(open((url) => (url.pathname = '/Nowhere'))).rejects.toMatchObject({ name: 'MailboxUnavailable' });
    await expect(open((url) => (url.port = '1'))).rejects.toMatchObject({ name: 'MailboxUnavailable' });
    expect(await open(() => {})).toEqual({ folder: 'INBOX', mails: 0 });
  });
});

forEachStore('an issue that an owner pauses', ({ fresh }) => {
  it('sends no more until it goes on, queues nobody meanwhile, and then goes to each once', async () => {
    const store = await fresh();
    const at = scene(store);
    const { context } = at;
    await insertSubscribers(store, 5, context.secrets);
    const issue = { store, site, secrets: context.secrets, entry, perSecond: 10 };
    const queue = () => queueIssue({ ...issue, clock: context.clock, random: context.random });
    expect(await queue()).toEqual({ kind: 'queued', queued: 5, already: 0 });
    const lease = (n: number) => store.outbox.lease('issue', n, at.now() + day, at.now() + 2 * day);
    const sent = await lease(2);
    for (const row of sent) await store.outbox.finish(row);
    expect(await pauseSending(context, entry, true)).toBe(true);
    expect(await pauseSending(context, entry, true)).toBe(false);
    expect(await lease(10)).toEqual([]);
    expect(await queue()).toEqual({ kind: 'paused' });
    at.pass(2 * day);
    expect(await lease(10)).toEqual([]);
    expect(await pauseSending(context, entry, false)).toBe(true);
    const rest = await lease(10);
    expect(new Set([...sent, ...rest].map(({ contactId }) => contactId)).size).toBe(5);
    expect(rest).toHaveLength(3);
    expect(await queue()).toEqual({ kind: 'queued', queued: 0, already: 5 });
    expect(await pauseSending(context, 'posts/first-post', true)).toBe(false);
  });

  it('shows whom it went to, and what became of it for each', async () => {
    const at = await sentIssue(await fresh());
    const { reading } = at.context.store;
    expect(await reading.issueRecipients(entry, { most: 10 })).toMatchObject([{ email: anna, became: 'got' }]);
    await at.take(hardBounces['Gmail']?.(at.of) ?? '');
    expect(await reading.issueRecipients(entry, { became: 'bounced', most: 10 })).toMatchObject([
      { email: anna, became: 'bounced', status: '5.1.1' },
    ]);
    expect(await reading.issueRecipients(entry, { became: 'got', most: 10 })).toEqual([]);
  });
});
