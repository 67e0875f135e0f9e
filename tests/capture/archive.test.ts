import { expect, it } from 'vitest';
import { archive, sentIssue } from '#capture/links/archive.ts';
import { queueDueIssues, queueIssue } from '#capture/outbox/issues.ts';
import type { Store } from '#capture/store/store.ts';
import { desk, people } from './desk-scene.ts';
import { day, minute } from './scene.ts';
import { forEachStore } from './stores.ts';

const [episode, post] = ['episodes/first-episode', 'posts/first-post'];

async function opened(store: Store) {
  const at = desk(store);
  const owner = await at.signedIn(people.owner);
  return {
    ...at,
    owner,
    send: (entry: string) => queueIssue({ ...at.context, entry, perSecond: 10 }),
    list: async (page = 1) => archive(at.context, page),
    issue: (entry: string) => sentIssue(at.context, entry),
  };
}

const empty = { kind: 'valid', archive: { issues: [], page: 1, pages: 1 } };

forEachStore('the archive of the newsletter', ({ fresh }) => {
  it('has no issue before it begins to go out, whatever was written and planned', async () => {
    const { owner, context, now, pass, list, issue } = await opened(await fresh());
    expect(await list()).toEqual(empty);
    await owner.act('write issue', { id: episode, seen: '0', subject: 'A lamp!', opening: 'Dear you' });
    const later = new Date(now() + day).toISOString().slice(0, 16);
    expect(await owner.act('send issue', { id: episode, seen: '1', at: later })).toMatchObject({ kind: 'done' });
    await queueDueIssues({ ...context, perSecond: 10 });
    expect([await list(), await issue(episode)]).toEqual([empty, { kind: 'gone' }]);
    pass(day);
    await queueDueIssues({ ...context, perSecond: 10 });
    expect(await list()).toMatchObject({ archive: { issues: [{ entry: episode, subject: 'A lamp!', at: now() }] } });
  });

  it('lists the newest first, under the subject that each was sent with, and shows what was sent', async () => {
    const { owner, now, pass, send, list, issue } = await opened(await fresh());
    await send(post);
    pass(minute);
    await owner.act('write issue', {
      id: episode,
      seen: '0',
      subject: '<b>Lamp</b>',
      opening: 'Dear you,\n\nit burns.',
    });
    await send(episode);
    expect(await list()).toEqual({
      kind: 'valid',
      archive: {
        issues: [
          { entry: episode, subject: '<b>Lamp</b>', at: now() },
          { entry: post, subject: 'The first post', at: now() - minute },
        ],
        ...{ page: 1, pages: 1 },
      },
    });
    expect(await issue(episode)).toMatchObject({
      kind: 'valid',
      issue: {
        ...{ subject: '<b>Lamp</b>', at: now(), opening: ['Dear you,', 'it burns.'] },
        about: [{ title: 'The first episode', summary: 'What it is about', url: '/episodes/first-episode/' }],
      },
    });
  });

  it('has nothing of what an owner keeps out, before it is sent or after, until it is put back', async () => {
    const { owner, send, list, issue, rows } = await opened(await fresh());
    expect(await owner.act('unlist issue', { id: episode, seen: '0' })).toMatchObject({ kind: 'done' });
    await send(episode);
    expect([await list(), await issue(episode)]).toEqual([empty, { kind: 'gone' }]);
    const page = await owner.see('issue', { id: episode });
    const version = page.kind === 'open' && 'version' in page.shown ? String(page.shown.version) : '';
    expect(await owner.act('unlist issue', { id: episode, seen: version })).toMatchObject({ kind: 'conflict' });
    expect(await owner.act('list issue', { id: episode, seen: version })).toMatchObject({ kind: 'done' });
    expect(await issue(episode)).toMatchObject({ kind: 'valid' });
    const done = (await rows('audit')).map(({ action }) => action);
    expect(done).toEqual(
      expect.arrayContaining([`kept out of the archive: issue ${episode}`, `put into the archive: issue ${episode}`]),
    );
  });

  it('is for those who may send the newsletter to change, by a form of their own session', async () => {
    const at = await opened(await fresh());
    const { door, owner, issue, send } = at;
    await send(episode);
    const moderator = await at.signedIn(people.moderator);
    expect(await moderator.act('unlist issue', { id: episode, seen: '2' })).toMatchObject({ kind: 'forbidden' });
    const forged = { token: 'guessed', act: 'unlist issue', id: episode, seen: '2' };
    const visit = { ip: '192.0.2.7', userAgent: undefined, referer: undefined, session: owner.jar.session };
    expect(await door.act(forged, visit)).toMatchObject({ kind: 'forged' });
    expect(await issue(episode)).toMatchObject({ kind: 'valid' });
  });

  it('has no entry that the site does not have any more, and no page beyond its last', async () => {
    const { context, send, list } = await opened(await fresh());
    await send(episode);
    for (const page of [0, 2, 1.5, Number.NaN]) expect(await list(page), String(page)).toEqual({ kind: 'gone' });
    const site = { ...context.site, entries: [] };
    expect(await archive({ ...context, site }, 1)).toEqual(empty);
    expect(await sentIssue({ ...context, site }, episode)).toEqual({ kind: 'gone' });
  });

  it('goes on with the next page after fifty issues', async () => {
    const { context, send, pass } = await opened(await fresh());
    const [one] = context.site.entries;
    if (!one) throw new Error('The site has no entry.');
    const entries = Array.from({ length: 51 }, (_, i) => ({ ...one, id: `episodes/e${i}`, title: `Number ${i}` }));
    context.site = { ...context.site, entries };
    for (const { id } of entries) {
      await send(id);
      pass(minute);
    }
    expect(await archive(context, 2)).toMatchObject({
      archive: { issues: [{ subject: 'Number 0' }], page: 2, pages: 2 },
    });
  });
});
