import type { FormOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import type { Store } from '#capture/store/store.ts';
import { requestWhitepaper } from './request-whitepaper.ts';
import { subscribe } from './subscribe.ts';

/** As many as the store has connections: each keeps what it has read of a statement to itself. */
const atOnce = 10;

/**
 * Takes forms whose units are rolled back, so that the first readers' ones find code that is compiled, and on each connection
 * statements that are read: without it those wait for a quarter of a second. Of a store that is not there it is no more than
 * tried.
 */
export async function rehearse(context: Context, forms: number): Promise<void> {
  const { limits } = context.store;
  // A count of its own, as no reader's may be used up.
  const own = 'rehearsal';
  const rehearsed: Context = {
    ...context,
    store: withoutTrace(context.store),
    limits: {
      ofNetwork: async () => undefined,
      isBusy: async () => (await limits.taken(own, context.clock())) > 0,
      mailDelay: () => limits.addLoad(own, 0, context.clock()),
    },
  };
  for (let taken = 0; taken < forms; taken += atOnce) {
    const outcomes = await Promise.all(Array.from({ length: atOnce }, (_, index) => takeOne(rehearsed, index)));
    if (outcomes.some(({ kind }) => kind === 'unavailable')) return;
  }
}

function takeOne(context: Context, index: number): Promise<FormOutcome> {
  const { whitepapers, consent } = context.site;
  const visit: Visit = { ip: '192.0.2.1', userAgent: undefined, referer: undefined };
  const form = { email: `rehearsal-${index}@example.com`, newsletter: consent.newsletter.id };
  const [paper] = whitepapers;
  return paper
    ? requestWhitepaper(context, { ...form, whitepaper: paper.slug, wording: consent.whitepaper.id }, visit)
    : subscribe(context, form, visit);
}

/** The store, with units that are rolled back when their work is done. */
function withoutTrace(store: Store): Store {
  return {
    ...store,
    async transaction<T>(work: Parameters<typeof store.transaction<T>>[0]): Promise<T> {
      const done = Promise.withResolvers<T>();
      const over = new Error('This was a rehearsal');
      await store
        .transaction(async (records) => {
          done.resolve(await work(records));
          throw over;
        })
        .catch((error: unknown) => {
          if (error !== over) throw error;
        });
      return done.promise;
    },
  };
}
