import { expect, it } from 'vitest';
import { subscribe } from '#capture/forms/subscribe.ts';
import { confirm } from '#capture/links/confirm.ts';
import { archive, sentIssue } from '#capture/links/archive.ts';
import { previewIssue, queueDueIssues } from '#capture/outbox/issues.ts';
import type { Store } from '#capture/store/store.ts';
import { chosenEntry } from '#site/form-fields.ts';
import { desk, people } from './desk-scene.ts';
import { day, minute, newsletterForm, visit } from './scene.ts';
import { forEachStore } from './stores.ts';

const [episode, post] = ['episodes/first-episode', 'posts/first-post'];
/** The day of the scene. */
const today = 'digest/2026-01-15';
const both = { [chosenEntry(episode)]: 'on', [chosenEntry(post)]: 'on' };

async function opened(store: Store) {
  const at = desk(store);
  at.context.previewIssue = (entry, to, words) =>
    previewIssue({
      ...{ entry, to, words, site: at.context.site, base: new URL('https://files.example/'), id: 'preview' },
      from: 'hello@files.example',
    });
  const owner = await at.signedIn(people.owner);
  const newsletter = async () => {
    const seen = await owner.see('newsletter');
    if (seen.kind !== 'open') throw new Error('The newsletter is not open.');
    return seen.shown;
  };
  const page = async (id = today) => {
    const seen = await owner.see('issue', { id });
    return seen.kind === 'open' ? seen.shown : undefined;
  };
  return { ...at, owner, newsletter, page, queue: () => queueDueIssues({ ...at.context, perSecond: 10 }) };
}

forEachStore('a digest', ({ fresh }) => {
  it('tells of what was published in the last month and went out in no issue, without anybody having begun it', async () => {
    const { context, newsletter, page } = await opened(await fresh());
    const [one] = context.site.entries;
    if (!one) throw new Error('The site has no entry.');
    const old = { ...one, id: 'episodes/old', title: 'Long ago', publishedAt: '2025-11-01T00:00:00Z' };
    const newest = { ...one, id: 'episodes/newest', title: 'Of today', publishedAt: '2026-01-15T00:00:00Z' };
    context.site = { ...context.site, entries: [...context.site.entries, old, newest] };
    expect((await newsletter()).next).toMatchObject({
      line: { entry: today, kind: 'digest', subject: 'Of today, and 2 more' },
      titles: ['Of today', 'The first episode', 'The first post'],
    });
    expect((await page())?.mail?.text).toMatch(/What is new\n\nOf today\n.*\n.*\nhttps:[^]*The first episode\n/);
    expect(await context.store.reading.issues()).toEqual([]);
  });

  it('tells of what its owner chose, and of one entry at least', async () => {
    const { owner, page, rows } = await opened(await fresh());
    expect(await owner.act('write issue', { id: today, seen: '0', subject: 'None' })).toMatchObject({
      kind: 'invalid',
      errors: { entries: expect.any(String) as string },
    });
    const chosen = { id: today, seen: '0', opening: 'Dear you', [chosenEntry(post)]: 'on' };
    expect(await owner.act('write issue', chosen)).toMatchObject({ kind: 'done' });
    expect(await rows('issue')).toMatchObject([{ entry: today, entries: JSON.stringify([post]), version: 1 }]);
    const shown = await page();
    expect(shown?.entries).toEqual([
      { id: episode, title: 'The first episode', isIn: false },
      { id: post, title: 'The first post', isIn: true },
    ]);
    expect(shown?.mail?.text).not.toContain('The first episode');
  });

  it('goes out once to each subscriber, stands in the archive, and is told in no digest again', async () => {
    const at = await opened(await fresh());
    const { context, owner, newsletter, page, pass, rows } = at;
    await subscribe(context, newsletterForm('ann@example.com'), visit);
    await confirm(context, await at.link(), visit);
    expect(await owner.act('send issue', { id: today, seen: '0', ...both })).toMatchObject({ kind: 'done' });
    await at.queue();
    await at.queue();
    const mails = (await rows('outbox')).filter(({ lane }) => lane === 'issue');
    expect(mails.map(({ payload }) => JSON.parse(payload) as object)).toMatchObject([{ mail: 'issue', entry: today }]);
    expect(await archive(context, 1)).toMatchObject({
      archive: { issues: [{ entry: today, subject: 'The first episode, and 1 more' }] },
    });
    expect(await sentIssue(context, today)).toMatchObject({
      issue: { about: [{ title: 'The first episode' }, { title: 'The first post' }] },
    });
    pass(16 * 60 * minute);
    expect(await newsletter()).toMatchObject({
      next: { line: { entry: 'digest/2026-01-16' }, titles: [] },
      digests: [{ entry: today, isQueued: true }],
    });
    expect((await page('digest/2026-01-16'))?.entries).toEqual([]);
    expect(await owner.act('send issue', { id: 'digest/2026-01-16', seen: '0' })).toMatchObject({ kind: 'unknown' });
  });

  it('that was begun is the next one on other days too, until it is sent', async () => {
    const { owner, newsletter, pass } = await opened(await fresh());
    await owner.act('write issue', { id: today, seen: '0', subject: 'In winter', ...both });
    pass(16 * 60 * minute);
    expect((await newsletter()).next.line).toMatchObject({ entry: today, subject: 'In winter' });
  });

  it('leaves out what has an issue of its own, sent or planned', async () => {
    const { owner, now, newsletter } = await opened(await fresh());
    const later = new Date(now() + day).toISOString().slice(0, 16);
    await owner.act('send issue', { id: episode, seen: '0', at: later });
    expect((await newsletter()).next.titles).toEqual(['The first post']);
  });

  it('is tested by its owner as it is shown', async () => {
    const { owner, rows } = await opened(await fresh());
    expect(await owner.act('test issue', { id: today, [chosenEntry(post)]: 'on' })).toMatchObject({ kind: 'done' });
    expect(await rows('issue')).toMatchObject([{ entry: today, entries: JSON.stringify([post]) }]);
    expect(await owner.act('test issue', { id: 'digest/2026-01-14' })).toMatchObject({ kind: 'unknown' });
    expect(await owner.act('test issue', { id: 'digest/of-old', ...both })).toMatchObject({ kind: 'unknown' });
  });

  it('has nothing of an entry that the site does not have any more', async () => {
    const { context, owner, page, queue, rows } = await opened(await fresh());
    await owner.act('write issue', { id: today, seen: '0', ...both });
    await owner.act('send issue', { id: today, seen: '1' });
    context.site = { ...context.site, entries: [] };
    await queue();
    expect((await rows('outbox')).filter(({ lane }) => lane === 'issue')).toEqual([]);
    expect(await sentIssue(context, today)).toEqual({ kind: 'gone' });
    expect((await page())?.mail).toBeUndefined();
  });
});
