import { describe, expect, it } from 'vitest';
import { isShortening } from '#capture/comments/shorten.ts';
import { threadsOf } from '#capture/comments/threads.ts';
import { momentIn } from '#capture/desk/moment-in.ts';
import { previewIssue, queueDueIssues, queueIssue } from '#capture/outbox/issues.ts';
import type { Store } from '#capture/store/store.ts';
import { desk, people } from './desk-scene.ts';
import { commentRow, contactRow, insertRows, insertSubscribers, questionRow } from './rows.ts';
import { day, minute, scene } from './scene.ts';
import { forEachStore } from './stores.ts';

const dora = contactRow('dora@example.com');
const words = 'Ours fell in at the same place, and nobody heard of it for a week.';

/** A store with a comment that waits, one that is shown, and a question. */
async function talked(store: Store) {
  const waiting = commentRow({ contactId: dora.id, body: words });
  const shown = commentRow({ contactId: dora.id, state: 'approved', body: words, published: 1 });
  const question = questionRow(dora.id);
  await insertRows(store, 'contact', [dora]);
  await insertRows(store, 'comment', [waiting, shown]);
  await insertRows(store, 'question', [question]);
  return { waiting, shown, question };
}

const subscribed = (store: Store, count: number) => insertSubscribers(store, count, scene(store).context.secrets);

const entry = 'episodes/first-episode';

forEachStore('the conversation at the desk', ({ fresh }) => {
  it('is listed by how it stands, to each role what it may see', async () => {
    const store = await fresh();
    const { waiting, shown, question } = await talked(store);
    const at = desk(store);
    const owner = await at.signedIn(people.owner);
    expect(await owner.see('conversation')).toMatchObject({
      shown: { list: 'comments', total: 1, comments: [{ id: waiting.id, version: waiting.version }], questions: [] },
    });
    expect(await owner.see('conversation', { list: 'approved' })).toMatchObject({
      shown: { comments: [{ id: shown.id }] },
    });
    expect(await owner.see('conversation', { list: 'questions' })).toMatchObject({
      shown: { questions: [{ id: question.id }] },
    });
    const moderator = await at.signedIn(people.moderator);
    expect(await moderator.see('conversation', { list: 'questions' })).toMatchObject({
      shown: {
        list: 'comments',
        lists: [{ name: 'comments' }, { name: 'approved' }, { name: 'rejected' }, { name: 'spam' }],
      },
    });
    expect(await moderator.see('question', { id: question.id })).toMatchObject({ kind: 'forbidden' });
  });

  it('goes on page by page, each comment on one of them', async () => {
    const store = await fresh();
    const rows = Array.from({ length: 75 }, (_, n) =>
      commentRow({ state: 'rejected', changedAt: 1_000_000 + Math.floor(n / 3) }),
    );
    await insertRows(store, 'comment', rows);
    const owner = await desk(store).signedIn(people.owner);
    const seen: string[] = [];
    for (let before: string | undefined, page = 0; page < 5; page += 1) {
      const view = await owner.see('conversation', { list: 'rejected', ...(before !== undefined && { before }) });
      if (view.kind !== 'open') throw new Error(view.kind);
      seen.push(...view.shown.comments.map(({ id }) => id));
      before = view.shown.older;
      if (before === undefined) break;
    }
    expect(seen).toHaveLength(75);
    expect(new Set(seen).size).toBe(75);
  });

  it('has a comment shortened as it was seen, to its author’s own words alone, and says so where it is shown', async () => {
    const store = await fresh();
    const { shown } = await talked(store);
    const moderator = await desk(store).signedIn(people.moderator);
    const send = (body: string, seen = shown.version) =>
      moderator.act('shorten comment', { id: shown.id, seen: String(seen), body });
    expect(await send('Ours fell in at another place.')).toMatchObject({
      kind: 'invalid',
      errors: { shorter: /leave words out/ },
    });
    expect(await send(' ')).toMatchObject({ kind: 'invalid' });
    expect(await send('Ours fell in […]', shown.version - 1)).toMatchObject({ kind: 'conflict' });
    expect(await send('Ours fell in […]')).toMatchObject({ kind: 'done' });
    const [thread] = threadsOf(await store.reading.publishedComments())[shown.entry] ?? [];
    expect(thread).toMatchObject({ body: 'Ours fell in […]', isShortened: true });
    expect(await send(words)).toMatchObject({ kind: 'conflict' });
  });

  it('has a reply published by a host as themselves, and by an owner as any host', async () => {
    const store = await fresh();
    const { waiting, shown } = await talked(store);
    const at = desk(store);
    const host = await at.signedIn(people.host);
    expect(await host.see('comment', { id: shown.id })).toMatchObject({ shown: { hosts: [{ slug: 'gus-barnacle' }] } });
    const reply = (id: string, slug: string) => ({ id, host: slug, body: 'Guilty.' });
    expect(await host.act('reply to comment', reply(shown.id, 'petra-plimsoll'))).toMatchObject({
      errors: { host: expect.any(String) as string },
    });
    expect(await host.act('reply to comment', reply(waiting.id, 'gus-barnacle'))).toMatchObject({ kind: 'conflict' });
    expect(await host.act('reply to comment', reply(shown.id, 'gus-barnacle'))).toMatchObject({ kind: 'done' });
    const owner = await at.signedIn(people.owner);
    expect(await owner.act('reply to comment', reply(shown.id, 'gus-barnacle'))).toMatchObject({ kind: 'done' });
    const moderator = await at.signedIn(people.moderator);
    expect(await moderator.act('reply to comment', reply(shown.id, 'gus-barnacle'))).toMatchObject({
      kind: 'forbidden',
    });
    const [thread] = threadsOf(await store.reading.publishedComments())[shown.entry] ?? [];
    expect(thread?.replies).toMatchObject([{ person: 'gus-barnacle' }, { person: 'gus-barnacle' }]);
  });

  it('has a question answered once, and what was written kept where another was faster', async () => {
    const store = await fresh();
    const { question } = await talked(store);
    const at = desk(store);
    const owner = await at.signedIn(people.owner);
    const send = (fields: Record<string, string>) =>
      owner.act('answer question', { id: question.id, seen: String(question.version), ...fields });
    expect(await send({ answer: '  ' })).toMatchObject({ kind: 'invalid', errors: { answer: /Write an answer/ } });
    expect(await send({ entry: 'episodes/none' })).toMatchObject({
      kind: 'invalid',
      errors: { entry: expect.any(String) as string },
    });
    expect(await send({ answer: 'The keeper does.' })).toMatchObject({ kind: 'done' });
    expect(await send({ answer: 'Nobody does.' })).toMatchObject({ kind: 'conflict', said: /answered/ });
    expect(await at.mails()).toMatchObject([{}, { payload: { mail: 'question-answered' } }]);
  });
});

forEachStore('the newsletter at the desk', ({ fresh }) => {
  const issue = async (store: Store) => {
    const at = desk(store);
    at.context.previewIssue = (id, to, written) =>
      previewIssue({
        ...{ entry: id, to, words: written, site: at.context.site, base: at.context.address, id: 'x' },
        ...{ from: 'hello@files.example', replyTo: undefined },
      });
    let looked = 0;
    at.context.issuesChanged = () => void (looked += 1);
    const owner = await at.signedIn(people.owner);
    const due = () => queueDueIssues({ ...at.context, perSecond: 10 });
    const mails = async () => (await at.mails()).filter(({ payload }) => payload.mail === 'issue');
    return { at, owner, due, mails, looked: () => looked };
  };

  it('goes out in an owner’s own words, once to each, and not before somebody says so', async () => {
    const store = await fresh();
    await subscribed(store, 3);
    const { owner, due, mails, looked } = await issue(store);
    await due();
    expect(await mails()).toEqual([]);
    expect(
      await owner.act('write issue', { id: entry, seen: '0', subject: 'A lamp!', opening: 'Dear you,\n\nit burns.' }),
    ).toMatchObject({ kind: 'done' });
    expect(await owner.see('issue', { id: entry })).toMatchObject({
      shown: { subject: 'A lamp!', version: 1, subscribers: 3, mail: { subject: 'A lamp!', text: /it burns\./ } },
    });
    expect(await owner.act('send issue', { id: entry, seen: '0' })).toMatchObject({ kind: 'conflict' });
    expect(await owner.act('send issue', { id: entry, seen: '1' })).toMatchObject({ kind: 'done' });
    expect(looked()).toBe(3);
    for (let time = 0; time < 2; time += 1) await due();
    expect(await mails()).toHaveLength(3);
    expect(await owner.see('newsletter')).toMatchObject({
      shown: {
        subscribers: { confirmed: 3 },
        issues: expect.arrayContaining([
          expect.objectContaining({ entry, isQueued: true, subject: 'A lamp!' }),
        ]) as unknown,
      },
    });
    expect(await owner.act('write issue', { id: entry, seen: '4', subject: 'Late' })).toMatchObject({
      kind: 'conflict',
    });
  });

  it('goes out at its moment, and not at all once the plan was taken back', async () => {
    const store = await fresh();
    await subscribed(store, 1);
    const { at, owner, due, mails } = await issue(store);
    const later = new Date(at.now() + day).toISOString().slice(0, 16);
    at.context.site = { ...at.context.site, timeZone: 'UTC' };
    expect(await owner.act('send issue', { id: entry, seen: '0', at: '2001-01-01T00:00' })).toMatchObject({
      kind: 'invalid',
    });
    expect(await owner.act('send issue', { id: entry, seen: '0', at: later })).toMatchObject({
      kind: 'done',
      said: /Planned/,
    });
    await due();
    expect(await mails()).toEqual([]);
    expect(await owner.act('keep issue back', { id: entry, seen: '1' })).toMatchObject({ kind: 'done' });
    at.pass(2 * day);
    await due();
    expect(await mails()).toEqual([]);
    const again = await at.signedIn(people.owner);
    expect(await again.act('send issue', { id: entry, seen: '2' })).toMatchObject({ kind: 'done' });
    await due();
    expect(await mails()).toHaveLength(1);
  });

  it('goes on where the server ended amid it', async () => {
    const store = await fresh();
    await subscribed(store, 450);
    const { at, owner, due, mails } = await issue(store);
    await owner.act('send issue', { id: entry, seen: '0' });
    await queueDueIssues({ ...at.context, perSecond: 10, isEnding: () => true });
    expect(await mails()).toHaveLength(200);
    expect(await owner.see('issue', { id: entry })).toMatchObject({
      shown: { line: { isQueued: false, totals: { ready: 200 } } },
    });
    await due();
    expect(await mails()).toHaveLength(450);
    expect(await owner.see('issue', { id: entry })).toMatchObject({
      shown: { line: { isQueued: true, totals: { ready: 450 } } },
    });
  });

  it('counts who left in the week after, and knows what the command sent', async () => {
    const store = await fresh();
    await subscribed(store, 2);
    const { at, owner } = await issue(store);
    await queueIssue({ ...at.context, entry, perSecond: 10 });
    at.pass(minute);
    const [reader] = await at.rows('contact');
    await store.transaction((records) =>
      records.addConsentEvent({
        ...{
          id: reader?.id ?? '',
          contactId: reader?.id ?? '',
          purpose: 'newsletter',
          action: 'withdrawn',
          textId: null,
        },
        ...{ name: null, company: null, sourceUrl: '', ip: null, ua: null, at: at.now() },
      }),
    );
    at.pass(minute);
    expect(await owner.see('issue', { id: entry })).toMatchObject({ shown: { line: { left: 1, isQueued: true } } });
  });

  it('sends a test to who asks, and to nobody else', async () => {
    const store = await fresh();
    await subscribed(store, 3);
    const { at, owner, mails } = await issue(store);
    expect(await owner.act('test issue', { id: entry })).toMatchObject({
      kind: 'done',
      said: expect.stringContaining(people.owner) as string,
    });
    expect(await mails()).toEqual([]);
    expect((await at.mails()).at(-1)).toMatchObject({
      lane: 'answer',
      contactId: null,
      payload: { mail: 'issue-test' },
    });
  });
});

describe('a shortened text', () => {
  it.each([
    ['the lamp burns all night', 'the lamp burns […]', true],
    ['the lamp burns all night', '… lamp burns', true],
    ['the lamp burns all night', 'the lamp burns [...] night', true],
    ['the lamp burns all night', 'the lamp burns all night', false],
    ['the lamp burns all night', 'burns lamp', false],
    ['the lamp burns all night', 'the lamp never burns', false],
    ['the lamp burns all night', '[…]', false],
  ])('of “%s” is “%s”: %s', (before, after, is) => {
    expect(isShortening(before, after)).toBe(is);
  });
});

describe('a moment that is typed', () => {
  it.each([
    ['2026-07-01T09:30', 'Europe/Berlin', '2026-07-01T07:30:00.000Z'],
    ['2026-12-01T09:30', 'America/New_York', '2026-12-01T14:30:00.000Z'],
    // Shown twice: the first of them.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    // Left out: an hour later.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-01-01T00:00', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
    ['2026-01-01T00:00', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
  ])('%s in %s is %s', (typed, zone, moment) => {
    const found = momentIn(typed, zone);
    expect(found === undefined ? found : new Date(found).toISOString()).toBe(moment);
  });

  it.each(['', 'tomorrow', '2026-13-01T00:00', '2026-01-01', '2026-01-01T00:00Z'])('%j is none', (typed) => {
    expect(momentIn(typed, 'UTC')).toBe(undefined);
  });
});
