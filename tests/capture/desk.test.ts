import { randomUUID } from 'node:crypto';
import { expect, describe, it } from 'vitest';
import { acts } from '#capture/desk/acts.ts';
import { ownersOf } from '#capture/desk/context.ts';
import { idleLife, longestLife } from '#capture/desk/session.ts';
import { views } from '#capture/desk/views.ts';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { confirm } from '#capture/links/confirm.ts';
import type { Seen, System, ViewName } from '#capture/desk.ts';
import type { Store } from '#capture/store/store.ts';
import { capabilities, deskRoles, type Capability } from '#site/desk.ts';
import { fakePasskey } from '../fakes/passkey.ts';
import { desk, people } from './desk-scene.ts';
import { commentRow, contactRow, insertRows, outboxRow, questionRow } from './rows.ts';
import { day, minute, paperForm, site, visit } from './scene.ts';
import { forEachStore } from './stores.ts';
import { counted } from './watched-store.ts';

const hour = 60 * minute;

forEachStore('asking to be let in', ({ fresh }) => {
  it('mails a link to an owner, however they write their address, and to nobody else', async () => {
    const at = desk(await fresh());
    expect(await at.door.askToSignIn({ email: ' ann@EXAMPLE.com' }, visit)).toEqual({
      kind: 'accepted',
      browser: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    expect(await at.mails()).toMatchObject([{ lane: 'answer', contactId: null, payload: { mail: 'sign-in' } }]);
    await at.door.askToSignIn({ email: 'stranger@example.com' }, visit);
    expect(await at.state()).toMatchObject({ signIn: 1, outbox: 1, contact: 0, submission: 0 });
  });

  it('is answered the same, after as much work, whoever asks', async () => {
    const seen: Record<string, unknown> = {};
    for (const email of [people.owner, people.moderator, 'stranger@example.com', 'capped']) {
      const store = await fresh();
      const made = { commits: 0, reads: 0, writes: 0, turns: 0 };
      const { door, context } = desk(store);
      if (email === 'capped')
        for (let asked = 0; asked < 6; asked += 1) await door.askToSignIn({ email: people.owner }, visit);
      const at = desk(counted(store, made), { random: context.random });
      const { kind } = await at.door.askToSignIn({ email: email === 'capped' ? people.owner : email }, visit);
      seen[email] = { kind, made, woken: at.queued() };
    }
    const [one] = Object.values(seen);
    expect(one).toMatchObject({ kind: 'accepted', made: { commits: 2 } });
    for (const [email, result] of Object.entries(seen)) expect({ [email]: result }).toEqual({ [email]: one });
  });

  it('causes a few mails from one network, and the owner can still ask from another', async () => {
    const at = desk(await fresh());
    for (let asked = 0; asked < 9; asked += 1) await at.door.askToSignIn({ email: people.owner }, visit);
    expect(await at.mails()).toHaveLength(5);
    await at.door.askToSignIn({ email: people.owner }, { ...visit, ip: '198.51.100.9' });
    expect(await at.mails()).toHaveLength(6);
  });

  it('lets either of two mails be opened, where a browser asked twice', async () => {
    const at = desk(await fresh());
    const first = await at.asked(people.owner);
    const second = await at.asked(people.owner, first.from);
    expect(second.from.browser).toBe(first.from.browser);
    expect(await at.door.signIn(first.link, second.from)).toMatchObject({ kind: 'signed-in' });
  });

  it('takes no address for another one’s', async () => {
    const at = desk(await fresh());
    for (const email of ['ann+x@example.com', 'an@example.com', 'ann@example.com.evil.example'])
      await at.door.askToSignIn({ email }, visit);
    expect(await at.mails()).toEqual([]);
    expect(await at.door.askToSignIn({ email: 'ann' }, visit)).toMatchObject({ kind: 'invalid' });
  });
});

forEachStore('the link that signs in', ({ fresh }) => {
  it('does nothing when a scanner opens it, as often as it likes', async () => {
    const at = desk(await fresh());
    const { link, from } = await at.asked(people.owner);
    const before = await at.rows('signIn');
    for (let opened = 0; opened < 20; opened += 1) {
      expect(await at.door.lookSignIn(link, visit)).toEqual({ kind: 'gone' });
      expect(await at.door.lookSignIn(link, from)).toEqual({ kind: 'valid', email: people.owner, role: 'owner' });
    }
    expect(await at.rows('signIn')).toEqual(before);
    expect(await at.state()).toMatchObject({ deskSession: 0, audit: 0 });
    expect(await at.door.signIn(link, from)).toMatchObject({ kind: 'signed-in' });
  });

  it('works once', async () => {
    const at = desk(await fresh());
    const { link, from } = await at.asked(people.owner);
    const outcomes = await Promise.all([at.door.signIn(link, from), at.door.signIn(link, from)]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['gone', 'signed-in']);
    expect(await at.door.signIn(link, from)).toEqual({ kind: 'gone' });
    expect(await at.door.lookSignIn(link, from)).toEqual({ kind: 'gone' });
    expect(await at.state()).toMatchObject({ deskSession: 1 });
  });

  it('works in the browser that asked, and in no other', async () => {
    const at = desk(await fresh());
    const { link, from } = await at.asked(people.owner);
    const other = await at.asked('stranger@example.com');
    for (const browser of [undefined, '', 'x', 'x'.repeat(43), other.from.browser])
      expect(await at.door.signIn(link, { ...visit, browser })).toEqual({ kind: 'gone' });
    expect(await at.door.signIn(link, from)).toMatchObject({ kind: 'signed-in' });
  });

  it('works for fifteen minutes', async () => {
    const at = desk(await fresh());
    const { link, from } = await at.asked(people.owner);
    at.pass(15 * minute - 1);
    expect(await at.door.lookSignIn(link, from)).toMatchObject({ kind: 'valid' });
    at.pass(1);
    expect(await at.door.signIn(link, from)).toEqual({ kind: 'gone' });
  });

  it('cannot be guessed from its id, nor be one of another kind', async () => {
    const at = desk(await fresh());
    const { link, from } = await at.asked(people.owner);
    const [id, key, signature = ''] = link.split('.');
    const turned = `${signature.slice(0, -2)}${signature.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const forged of [id, `${id}.${key}.${turned}`, `${randomUUID()}.${key}.${signature}`, '', 'x'])
      expect(await at.door.signIn(forged ?? '', from)).toEqual({ kind: 'gone' });
    at.pass(minute);
    await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
    expect(await at.door.signIn(await at.link(), from)).toEqual({ kind: 'gone' });
  });

  it('opens nothing for who was taken out of the owners in the meantime', async () => {
    const at = desk(await fresh());
    const { link, from } = await at.asked(people.host);
    at.rename(at.named.filter(({ email }) => email !== people.host));
    expect(await at.door.lookSignIn(link, from)).toEqual({ kind: 'gone' });
    expect(await at.door.signIn(link, from)).toEqual({ kind: 'gone' });
  });

  it('begins a session whose cookie is new, whatever cookie the browser came with', async () => {
    const at = desk(await fresh());
    const planted = 'p'.repeat(43);
    const { link, from } = await at.asked(people.owner, { ...visit, browser: planted, session: planted });
    const outcome = await at.door.signIn(link, { ...from, session: planted });
    expect(outcome).toMatchObject({ kind: 'signed-in' });
    expect(outcome).not.toMatchObject({ session: planted });
    expect(await at.browserOf(planted).see('today')).toEqual({ kind: 'signed-out' });
    // Whoever planted the cookie of the browser that asked has no link.
    expect(await at.door.signIn('', { ...visit, browser: planted })).toEqual({ kind: 'gone' });
  });
});

forEachStore('a session', ({ fresh }) => {
  it('is kept as hashes, from which nobody can sign in', async () => {
    const at = desk(await fresh());
    const { jar } = await at.signedIn(people.owner);
    const rows = JSON.stringify([await at.rows('deskSession'), await at.rows('signIn'), await at.rows('audit')]);
    expect(rows).not.toContain(jar.session);
    const [row] = await at.rows('deskSession');
    expect(await at.browserOf(row?.hash ?? '').see('you')).toEqual({ kind: 'signed-out' });
    expect(await at.browserOf(row?.id ?? '').see('you')).toEqual({ kind: 'signed-out' });
  });

  it('ends at once when its owner is taken out, and follows a change of role', async () => {
    const at = desk(await fresh());
    const browser = await at.signedIn(people.owner);
    expect(await browser.see('system')).toMatchObject({ kind: 'open' });
    at.rename(at.named.map((owner) => ({ ...owner, role: 'moderator' as const })));
    expect(await browser.see('system')).toMatchObject({ kind: 'forbidden' });
    expect(await browser.see('today')).toMatchObject({ kind: 'open', frame: { who: { role: 'moderator' } } });
    at.rename([]);
    expect(await browser.see('today')).toEqual({ kind: 'signed-out' });
    expect(await browser.act('sign out', { token: 'x' })).toEqual({ kind: 'signed-out' });
    expect(await at.state()).toMatchObject({ deskSession: 0 });
  });

  it('has another cookie every hour, and takes the one before while the answer is under way', async () => {
    const at = desk(await fresh());
    const browser = await at.signedIn(people.owner);
    const first = browser.jar.session;
    at.pass(hour);
    await browser.see('today');
    expect(browser.jar.session).not.toBe(first);
    // Another tab had asked before the new one came.
    expect(await at.browserOf(first).see('today')).toMatchObject({ kind: 'open' });
    at.pass(1000);
    expect(await browser.see('today')).toMatchObject({ kind: 'open' });
    at.pass(minute / 2);
    expect(await at.browserOf(first).see('today')).toMatchObject({ kind: 'open' });
  });

  it('ends where a cookie comes back long after another took its place: somebody copied it', async () => {
    const at = desk(await fresh());
    const browser = await at.signedIn(people.owner);
    const copied = browser.jar.session;
    at.pass(hour);
    await browser.see('today');
    await browser.see('today');
    at.pass(2 * minute);
    expect(await at.browserOf(copied).see('today')).toEqual({ kind: 'signed-out' });
    expect(await browser.see('today')).toEqual({ kind: 'signed-out' });
    expect((await at.rows('audit')).map(({ action }) => action)).toContainEqual(
      expect.stringMatching(/^session ended /),
    );
  });

  it('goes on where the answer with its new cookie was lost', async () => {
    const at = desk(await fresh());
    const browser = await at.signedIn(people.owner);
    const first = browser.jar.session;
    at.pass(hour);
    await browser.see('today');
    at.pass(2 * hour);
    const again = at.browserOf(first);
    expect(await again.see('today')).toMatchObject({ kind: 'open' });
    expect(again.jar.session).not.toBe(first);
    expect(await again.see('today')).toMatchObject({ kind: 'open' });
  });

  it('gives one cookie to many requests of the same moment', async () => {
    const at = desk(await fresh());
    const { jar } = await at.signedIn(people.owner);
    at.pass(hour);
    const seen = await Promise.all(Array.from({ length: 8 }, () => at.browserOf(jar.session).see('today')));
    expect(seen.every(({ kind }) => kind === 'open')).toBe(true);
    expect(seen.filter(({ session }) => session !== undefined)).toHaveLength(1);
  });

  it('is over after a day without use, and after a week with it', async () => {
    const at = desk(await fresh());
    const idle = await at.signedIn(people.owner);
    const used = await at.signedIn(people.host);
    at.pass(idleLife - 1);
    expect(await used.see('today')).toMatchObject({ kind: 'open' });
    at.pass(1);
    expect(await idle.see('today')).toEqual({ kind: 'signed-out' });
    for (let passed = idleLife; passed < longestLife - hour; passed += hour) {
      expect(await used.see('you')).toMatchObject({ kind: 'open' });
      at.pass(hour);
    }
    at.pass(hour);
    expect(await used.see('you')).toEqual({ kind: 'signed-out' });
  });

  it('is listed, and ended by its owner, and by nobody else who may not look after the server', async () => {
    const at = desk(await fresh());
    const phone = await at.signedIn(people.host, { ...visit, userAgent: 'Mozilla/5.0 (iPhone) Version/26 Safari/604' });
    const host = await at.signedIn(people.host);
    const [moderator, owner] = [await at.signedIn(people.moderator), await at.signedIn(people.owner)];
    const seen = await host.see('you');
    if (seen.kind !== 'open') throw new Error(seen.kind);
    expect(seen.shown.sessions.map(({ browser, isThis }) => [browser, isThis]).toSorted()).toEqual([
      ['A browser', true],
      ['Safari on iPhone', false],
    ]);
    const id = seen.shown.sessions.find(({ isThis }) => !isThis)?.id ?? '';
    expect(await moderator.act('end session', { id })).toEqual({ kind: 'unknown' });
    expect(await phone.see('you')).toMatchObject({ kind: 'open' });
    expect(await host.act('end session', { id })).toMatchObject({ kind: 'done' });
    expect(await phone.see('you')).toEqual({ kind: 'signed-out' });
    const others = (await at.rows('deskSession')).find((row) => row.owner === people.moderator);
    expect(await owner.act('end session', { id: others?.id })).toMatchObject({ kind: 'done' });
    expect(await moderator.see('today')).toEqual({ kind: 'signed-out' });
    expect(await host.act('sign out')).toEqual({ kind: 'signed-out' });
    expect(await host.see('today')).toEqual({ kind: 'signed-out' });
  });
});

forEachStore('what a role may', ({ fresh }) => {
  it('is asked for at every view and every act, of every role', async () => {
    const at = desk(await fresh());
    for (const role of deskRoles) {
      const browser = await at.signedIn(people[role]);
      const may = (takes: Capability) => capabilities[role].has(takes);
      for (const [name, { takes }] of Object.entries(views)) {
        const { kind } = await browser.see(name as ViewName);
        expect({ [`${role} sees ${name}`]: kind === 'forbidden' }).toEqual({ [`${role} sees ${name}`]: !may(takes) });
      }
      for (const [name, { takes }] of Object.entries(acts).filter(([name]) => name !== 'sign out')) {
        const { kind } = await browser.act(name);
        expect({ [`${role} does ${name}`]: kind === 'forbidden' }).toEqual({ [`${role} does ${name}`]: !may(takes) });
      }
    }
  });

  it('leaves a moderator the conversation, a host their leads too, and an owner all', () => {
    expect([...capabilities.moderator]).toEqual(['sign-in', 'today', 'conversation']);
    expect(capabilities.host.has('leads')).toBe(true);
    for (const owners of ['all leads', 'funnel', 'newsletter', 'system'] as const)
      expect([capabilities.owner, capabilities.host, capabilities.moderator].map((may) => may.has(owners))).toEqual([
        ...[true, false, false],
      ]);
  });

  it('shows nobody anything of the desk who is not signed in', async () => {
    const at = desk(await fresh());
    for (const name of Object.keys(views) as ViewName[])
      for (const session of [undefined, '', 'x'.repeat(43), "' or 1=1"])
        expect(await at.door.see(name, {}, { ...visit, session })).toEqual({ kind: 'signed-out' });
    for (const act of Object.keys(acts)) expect(await at.door.act({ act }, visit)).toEqual({ kind: 'signed-out' });
  });

  it('gives a moderator no leads, no mail that failed and no limits on Today', async () => {
    const at = desk(await fresh());
    await withWork(at.context.store);
    const seen = await (await at.signedIn(people.moderator)).see('today');
    expect(seen).toMatchObject({
      kind: 'open',
      frame: { rooms: [{ name: 'today', waiting: 0 }, { name: 'conversation' }] },
    });
    if (seen.kind !== 'open') return;
    expect(Object.keys(seen.shown).toSorted()).toEqual(['last', 'said']);
    expect(seen.shown.last).not.toHaveProperty('limited');
    expect(seen.shown.said.questions).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain('dora@example.com');
  });
});

forEachStore('a form of the desk', ({ fresh }) => {
  it('does nothing without the token of its own session', async () => {
    const at = desk(await fresh());
    const [letter] = await withWork(at.context.store);
    const [owner, other] = [await at.signedIn(people.owner), await at.signedIn(people.owner)];
    const seen = await other.see('you');
    const foreign = seen.kind === 'open' ? seen.frame.token : '';
    for (const token of [undefined, '', foreign, `${foreign}x`])
      expect(await owner.act('discard mail', { id: letter, token })).toEqual({ kind: 'forged' });
    expect(await at.context.store.outbox.deadCount()).toBe(1);
    expect(await owner.act('discard mail', { id: letter })).toMatchObject({ kind: 'done' });
  });

  it('does nothing that is no act', async () => {
    const at = desk(await fresh());
    const owner = await at.signedIn(people.owner);
    for (const act of ['', 'erase all', 'constructor', '__proto__', 'toString'])
      expect(await owner.act(act)).toEqual({ kind: 'unknown' });
  });

  it('does nothing to an id that is guessed', async () => {
    const at = desk(await fresh());
    await withWork(at.context.store);
    const owner = await at.signedIn(people.owner);
    const before = await at.state();
    for (const id of [randomUUID(), '', "' or 1=1", '../../etc'])
      for (const act of ['retry mail', 'discard mail', 'end session', 'remove passkey', 'decide comment'])
        expect((await owner.act(act, { id, to: 'approve', seen: '2' })).kind).toMatch(/^(unknown|conflict)$/);
    const { audit: _, ...after } = await at.state();
    expect(before).toMatchObject(after);
  });

  it('tells that another decided before, and overwrites nothing', async () => {
    const at = desk(await fresh());
    await withWork(at.context.store);
    const [comment] = await at.rows('comment');
    const decide = { id: comment?.id ?? '', seen: String(comment?.version) };
    const [owner, moderator] = [await at.signedIn(people.owner), await at.signedIn(people.moderator)];
    expect(await moderator.act('decide comment', { ...decide, to: 'approve' })).toMatchObject({
      kind: 'done',
      said: expect.stringContaining('approved') as string,
    });
    expect(await owner.act('decide comment', { ...decide, to: 'spam' })).toEqual({
      kind: 'conflict',
      said: 'Dora was approved (mo@example.com) before you decided. Nothing was changed.',
    });
    expect((await at.rows('comment'))[0]).toMatchObject({ state: 'approved', decidedBy: people.moderator });
    const [question] = await at.rows('question');
    const close = { id: question?.id, seen: String(question?.version) };
    expect(await owner.act('close question', { ...close, to: 'close' })).toMatchObject({ kind: 'done' });
    expect(await owner.act('close question', { ...close, to: 'spam' })).toMatchObject({ kind: 'conflict' });
  });

  it('puts a mail that failed back into the queue, once', async () => {
    const at = desk(await fresh());
    const [id = ''] = await withWork(at.context.store);
    const owner = await at.signedIn(people.owner);
    const woken = at.queued();
    expect(await owner.act('retry mail', { id })).toMatchObject({ kind: 'done' });
    expect(at.queued()).toBeGreaterThan(woken);
    expect((await at.rows('outbox')).find((row) => row.id === id)).toMatchObject({ state: 'ready', attempts: 0 });
    expect(await owner.act('retry mail', { id })).toMatchObject({ kind: 'conflict' });
    expect(await owner.act('discard mail', { id })).toMatchObject({ kind: 'conflict' });
  });
});

forEachStore('the audit', ({ fresh }) => {
  it('says who saw and changed what, by ids, and who looks again is noted once an hour', async () => {
    const at = desk(await fresh());
    const [letter] = await withWork(at.context.store);
    const [comment] = await at.rows('comment');
    const owner = await at.signedIn(people.owner);
    at.pass(1);
    for (let looked = 0; looked < 3; looked += 1) await owner.see('today');
    at.pass(1);
    await owner.act('decide comment', { id: comment?.id, seen: String(comment?.version), to: 'reject' });
    at.pass(1);
    await owner.act('discard mail', { id: letter });
    at.pass(hour);
    await owner.see('today');
    const done = (await at.rows('audit')).filter(({ actor }) => actor === 'ann@example.com');
    expect(done.map(({ action }) => action)).toEqual([
      ...['signed in by mail', 'saw today', `comment reject ${comment?.id}`, `discarded mail ${letter}`, 'saw today'],
    ]);
    expect(JSON.stringify(done)).not.toMatch(/dora|Dora/);
    const seen = await owner.see('system');
    expect(seen.kind === 'open' && seen.shown.audit.map(({ action }) => action).slice(0, 2)).toEqual([
      'saw today',
      `discarded mail ${letter}`,
    ]);
  });

  it('is kept for as long as it is said, and erasures for good', async () => {
    const at = desk(await fresh());
    await at.signedIn(people.owner);
    await at.context.store.transaction((records) =>
      records.addAudit({ id: randomUUID(), actor: 'owner', action: 'erase', subjectHmac: 'ab', at: at.now() }),
    );
    at.pass(site.retention.audit * day + 1);
    await prune(at);
    expect((await at.rows('audit')).map(({ action }) => action)).toEqual(['erase']);
  });

  it('reads on where its list ends', async () => {
    const at = desk(await fresh());
    const owner = await at.signedIn(people.owner);
    await at.context.store.transaction(async (records) => {
      for (let index = 0; index < 120; index += 1)
        await records.addAudit({
          ...{ id: randomUUID(), actor: 'x', action: `step ${index}`, subjectHmac: null },
          at: at.now() - 1 - Math.floor(index / 2),
        });
    });
    const read: string[] = [];
    for (let query: Record<string, string> | undefined = {}; query;) {
      const seen: Seen<System> = await owner.see('system', query);
      if (seen.kind !== 'open') throw new Error(seen.kind);
      read.push(...seen.shown.audit.map(({ id }) => id));
      query = seen.shown.older === undefined ? undefined : { before: seen.shown.older };
    }
    expect(new Set(read).size).toBe(read.length);
    expect(read.length).toBeGreaterThanOrEqual(121);
  });
});

forEachStore('System', ({ fresh }) => {
  it('counts what waits, is under way and has failed, by lane, and since when the oldest waits', async () => {
    const at = desk(await fresh());
    const rows = [
      ...[{ state: 'dead' as const }, { state: 'leased' as const, leaseUntil: at.now() + minute }],
      ...[{ kind: 'webhook' as const }, { kind: 'webhook' as const }, { state: 'done' as const }],
    ];
    await insertRows(
      at.context.store,
      'outbox',
      rows.map((row) => outboxRow({ runAt: at.now() - hour, ...row })),
    );
    const seen = await (await at.signedIn(people.owner)).see('system');
    if (seen.kind !== 'open') throw new Error(seen.kind);
    expect(seen.shown.lanes).toEqual([
      { lane: 'answer', totals: { dead: 1, leased: 1, ready: 1 } },
      { lane: 'issue', totals: {} },
      { lane: 'webhook', totals: { ready: 2 } },
    ]);
    expect(seen.shown.oldestDue).toBe(at.now() - hour);
    expect(seen.shown.dead.letters).toMatchObject([{ what: 'confirm', to: null, attempts: 0 }]);
    expect(seen.shown.owners.map(({ role }) => role)).toEqual(['owner', 'host', 'moderator']);
    expect(seen.shown.last).toMatchObject({ built: at.now(), limited: 0 });
  });

  it('says how many networks may send nothing now', async () => {
    const at = desk(await fresh());
    for (let sent = 0; sent < 30; sent += 1)
      await at.context.store.limits.take('network:ab12', { most: 30, milliseconds: 10 * minute }, at.now());
    await at.context.store.limits.take('network:cd34', { most: 30, milliseconds: 10 * minute }, at.now());
    const owner = await at.signedIn(people.owner);
    expect(await owner.see('today')).toMatchObject({ shown: { last: { limited: 1 } } });
    at.pass(10 * minute);
    expect(await owner.see('today')).toMatchObject({ shown: { last: { limited: 0 } } });
  });
});

forEachStore('what the desk keeps', ({ fresh }) => {
  it('goes with the owner who was taken out, and when its time is over', async () => {
    const at = desk(await fresh());
    await at.signedIn(people.host);
    await at.signedIn(people.owner);
    await insertRows(at.context.store, 'passkey', [
      {
        ...{ id: 'k1', owner: people.host, publicKey: '', counter: 0, transports: '[]', name: 'Phone' },
        ...{ at: at.now(), usedAt: null },
      },
    ]);
    at.rename(at.named.filter(({ email }) => email !== people.host));
    await prune(at);
    expect(await at.state()).toMatchObject({ deskSession: 1, passkey: 0, signIn: 2 });
    at.pass(2 * day);
    await prune(at);
    expect(await at.state()).toMatchObject({ deskSession: 0, signIn: 0 });
  });

  it('lists who waits for a first answer, the longest first', async () => {
    const at = desk(await fresh());
    for (const email of ['anna@example.com', 'bob@example.com']) {
      await requestWhitepaper(at.context, paperForm(email), visit);
      at.pass(minute);
    }
    const links = (await at.rows('token')).filter(({ kind }) => kind === 'confirm');
    expect(links).toHaveLength(2);
    await confirm(at.context, await at.link(), visit);
    at.pass(day);
    const seen = await (await at.signedIn(people.owner)).see('today');
    expect(seen).toMatchObject({
      kind: 'open',
      shown: {
        leads: { total: 1, late: 1, leads: [{ email: 'bob@example.com', paper: { slug: 'keeping-the-keepers' } }] },
      },
    });
  });
});

forEachStore('a passkey', ({ fresh }) => {
  const origin = 'https://files.example';
  const optionsOf = async (browser: Awaited<ReturnType<ReturnType<typeof desk>['signedIn']>>) => {
    const seen = await browser.see('you');
    return seen.kind === 'open' ? seen.shown.options : '';
  };

  it('signs in without a mail', async () => {
    const at = desk(await fresh());
    const host = await at.signedIn(people.host);
    const passkey = fakePasskey(origin);
    const response = passkey.created(await optionsOf(host));
    expect(await host.act('add passkey', { response, name: 'Phone' })).toMatchObject({ kind: 'done' });
    const outcome = await at.door.signInByPasskey({ response: passkey.used(await at.door.passkeyOptions()) }, visit);
    if (outcome.kind !== 'signed-in') throw new Error(outcome.kind);
    expect(await at.browserOf(outcome.session).see('you')).toMatchObject({
      kind: 'open',
      frame: { who: { role: 'host' } },
      shown: { passkeys: [{ name: 'Phone' }] },
    });
  });

  it('is used once for a challenge, which is not that of another purpose or session, and not old', async () => {
    const at = desk(await fresh());
    const [host, other] = [await at.signedIn(people.host), await at.signedIn(people.host)];
    const passkey = fakePasskey(origin);
    const foreign = passkey.created(await optionsOf(other));
    expect(await host.act('add passkey', { response: foreign })).toMatchObject({ kind: 'invalid' });
    const response = passkey.created(await optionsOf(host));
    expect(await host.act('add passkey', { response })).toMatchObject({ kind: 'done' });
    expect(await host.act('add passkey', { response })).toMatchObject({ kind: 'invalid' });
    expect(await at.door.signInByPasskey({ response: passkey.used(await optionsOf(host)) }, visit)).toEqual({
      kind: 'gone',
    });
    const used = passkey.used(await at.door.passkeyOptions());
    expect(await at.door.signInByPasskey({ response: used }, visit)).toMatchObject({ kind: 'signed-in' });
    expect(await at.door.signInByPasskey({ response: used }, visit)).toEqual({ kind: 'gone' });
    const old = passkey.used(await at.door.passkeyOptions());
    at.pass(10 * minute);
    expect(await at.door.signInByPasskey({ response: old }, visit)).toEqual({ kind: 'gone' });
  });

  it('of another site, another key, or one that did not know its person opens nothing', async () => {
    const at = desk(await fresh());
    const host = await at.signedIn(people.host);
    const passkey = fakePasskey(origin);
    await host.act('add passkey', { response: passkey.created(await optionsOf(host)) });
    const options = async () => at.door.passkeyOptions();
    for (const response of [
      fakePasskey('https://evil.example').used(await options()),
      fakePasskey(origin).used(await options()),
      passkey.used(await options(), 0x01),
      'x',
      '{"id":"x"}',
      undefined,
    ])
      expect(await at.door.signInByPasskey({ response }, visit)).toEqual({ kind: 'gone' });
  });

  it('opens nothing once it was removed, or its owner was', async () => {
    const at = desk(await fresh());
    const host = await at.signedIn(people.host);
    const passkey = fakePasskey(origin);
    await host.act('add passkey', { response: passkey.created(await optionsOf(host)) });
    at.rename(at.named.filter(({ email }) => email !== people.host));
    const tried = async () =>
      at.door.signInByPasskey({ response: passkey.used(await at.door.passkeyOptions()) }, visit);
    expect(await tried()).toEqual({ kind: 'gone' });
    at.rename(at.named);
    const again = await at.signedIn(people.host);
    const [row] = await at.rows('passkey');
    const moderator = await at.signedIn(people.moderator);
    expect(await moderator.act('remove passkey', { id: row?.id })).toEqual({ kind: 'unknown' });
    expect(await tried()).toMatchObject({ kind: 'signed-in' });
    expect(await again.act('remove passkey', { id: row?.id })).toMatchObject({ kind: 'done' });
    expect(await tried()).toEqual({ kind: 'gone' });
  });
});

describe('owners', () => {
  it('are known by their addresses as any other address is', () => {
    expect(ownersOf([{ email: 'Ann@EXAMPLE.com', role: 'owner', person: undefined }])).toMatchObject([
      { id: 'ann@example.com' },
    ]);
  });
});

/** A comment and a question that wait, and a mail that failed, whose id is returned. */
async function withWork(store: Store): Promise<[string]> {
  const dora = contactRow('dora@example.com', { name: 'Dora' });
  const letter = outboxRow({ state: 'dead', attempts: 8, lastError: '452 mailbox full', contactId: dora.id });
  await insertRows(store, 'contact', [dora]);
  await insertRows(store, 'comment', [commentRow({ contactId: dora.id })]);
  await insertRows(store, 'question', [questionRow(dora.id)]);
  await insertRows(store, 'outbox', [letter]);
  return [letter.id];
}

const prune = ({ context, now }: ReturnType<typeof desk>) =>
  context.store.pruneDesk({
    owners: ownersOf(context.owners).map(({ id }) => id),
    ...{ expired: now() - day, seen: now() - idleLife, begun: now() - longestLife },
    audited: now() - site.retention.audit * day,
  });
