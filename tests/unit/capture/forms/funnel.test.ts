import { describe, expect, it } from 'vitest';
import { openViews } from '#capture/forms/funnel.ts';
import { StoreUnavailable } from '#capture/store/store.ts';
import { day, paper, scene, site } from '../../../capture/scene.ts';
import { sqlite } from '../../../capture/stores.ts';

const page = `/whitepapers/${paper}/`;

describe('views', () => {
  it('are added up by day, page and sender, and written when they are flushed', async () => {
    const at = scene(await sqlite.fresh());
    const views = openViews(at.context);
    for (let view = 0; view < 3; view++) views.count(page, 'from=first-episode');
    views.count(page, '');
    views.count(page, 'from=nobody+we+know');
    expect(await at.totals()).toEqual([]);
    await views.flush();
    at.pass(day);
    views.count(page, 'from=episodes/first-episode');
    await views.flush();
    expect(await at.totals()).toEqual([`view ${page} : 2`, `view ${page} episodes/first-episode: 4`]);
    expect((await at.rows('funnelDay')).map((row) => row.day).toSorted()).toEqual([
      '2026-01-15',
      '2026-01-15',
      '2026-01-16',
    ]);
  });

  it('are told apart by the partner and the campaign that the link names, and by no others', async () => {
    const partners = [{ slug: 'haddock', name: 'Haddock', url: '/with/haddock/' }];
    const at = scene(await sqlite.fresh(), { site: { ...site, partners } });
    const views = openViews(at.context);
    for (const query of [
      'partner=haddock&from=first-post',
      'partner=nobody',
      'from=first-post',
      'utm_medium=email',
      'utm_source=elsewhere',
    ])
      views.count(page, query);
    await views.flush();
    const rows = await at.rows('funnelDay');
    expect(rows.map(({ source, partner, fromEntry }) => [source, partner, fromEntry]).toSorted()).toEqual([
      ['newsletter', '', ''],
      ['other', '', ''],
      ['partner', 'haddock', 'posts/first-post'],
      ['post', '', 'posts/first-post'],
      ['unknown', '', ''],
    ]);
  });

  it('of the page to subscribe at are those of the newsletter', async () => {
    const at = scene(await sqlite.fresh());
    const views = openViews(at.context);
    views.count('/subscribe/', 'from=first-post');
    views.count('/subscribe/', '');
    await views.flush();
    expect(await at.totals()).toEqual(['view /newsletter/ : 1', 'view /newsletter/ posts/first-post: 1']);
  });

  it('of a paper that a later build added are counted', async () => {
    const at = scene(await sqlite.fresh());
    const views = openViews(at.context);
    const [paper] = at.context.site.whitepapers;
    if (!paper) throw new Error('There is no whitepaper.');
    at.context.site = { ...at.context.site, whitepapers: [{ ...paper, slug: 'new', url: '/whitepapers/new/' }] };
    views.count('/whitepapers/new/', '');
    await views.flush();
    expect(await at.totals()).toEqual(['view /whitepapers/new/ : 1']);
  });

  it('of other pages are not counted, whoever sends them', async () => {
    const at = scene(await sqlite.fresh());
    const views = openViews(at.context);
    for (let n = 0; n < 1000; n++) views.count(`/nothing-${n}/`, `from=x${n}`);
    await views.flush();
    expect(await at.totals()).toEqual([]);
  });

  it('that the store could not take are written later, once', async () => {
    const store = await sqlite.fresh();
    let full = true;
    const at = scene({
      ...store,
      async count(totals) {
        if (full) throw new StoreUnavailable('disk full');
        await store.count(totals);
      },
    });
    const views = openViews(at.context);
    views.count(page, '');
    const failed = views.flush();
    views.count(page, '');
    await expect(failed).rejects.toThrow(StoreUnavailable);
    full = false;
    await views.flush();
    await views.flush();
    expect(await at.totals()).toEqual([`view ${page} : 2`]);
  });
});
