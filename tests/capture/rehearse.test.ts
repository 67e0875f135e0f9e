import { expect, it } from 'vitest';
import { rehearse } from '#capture/forms/rehearse.ts';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { StoreUnavailable } from '#capture/store/store.ts';
import { paperForm, scene, site, visit } from './scene.ts';
import { forEachStore } from './stores.ts';
import { counted } from './watched-store.ts';

forEachStore('a rehearsal', ({ fresh }) => {
  it.each([
    ['papers', site],
    ['no paper', { ...site, whitepapers: [] }],
  ])('of a site with %s goes all the way of a form, and leaves nothing', async (_, built) => {
    const store = await fresh();
    const way = async (make: (context: ReturnType<typeof scene>['context']) => Promise<unknown>, forms: number) => {
      const made = { commits: 0, reads: 0, writes: 0, turns: 0 };
      await make({ ...scene(counted(store, made)).context, site: built });
      return { reads: made.reads / forms, writes: made.writes / forms };
    };
    const rehearsed = await way((context) => rehearse(context, 20), 20);
    expect(Object.values(await store.reading.counts()).every((rows) => rows === 0)).toBe(true);
    expect(await store.outbox.oldestDue(scene(store).context.clock())).toBeUndefined();
    // Every form makes the same number of statements, whoever sends it.
    expect(
      await way((context) => requestWhitepaper({ ...context, site }, paperForm('a@example.com'), visit), 1),
    ).toEqual(rehearsed);
  });

  it('takes nothing from what readers may send', async () => {
    const { context } = scene(await fresh());
    await rehearse(context, 100);
    expect(await context.store.limits.taken('rehearsal', context.clock())).toBe(0);
    expect(await context.limits.mailDelay(false)).toBe(0);
  });

  it('ends with the first form that cannot be kept', async () => {
    const { context } = scene(await fresh());
    let tried = 0;
    const away = async () => {
      tried += 1;
      throw new StoreUnavailable('It is away');
    };
    await rehearse({ ...context, store: { ...context.store, transaction: away } }, 1000);
    expect(tried).toBe(10);
  });
});
