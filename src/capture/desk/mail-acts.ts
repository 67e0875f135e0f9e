import { isId } from '#capture/store/tokens.ts';
import type { Act } from './act.ts';
import { addDone } from './audit.ts';

/** Puts a mail or webhook that failed back into the queue. */
export const retryMail: Act['act'] = async (context, owner, { id }) => {
  const { store, clock } = context;
  if (!isId(id) || (await store.outbox.revive(clock(), [id])) === 0) return gone;
  await store.transaction((records) => addDone(context, records, owner, `retried mail ${id}`));
  return { kind: 'done', said: 'It is in the queue again, and goes out at once.' };
};

/** Gives it up for good. */
export const discardMail: Act['act'] = async (context, owner, { id }) => {
  const { store } = context;
  if (!isId(id) || (await store.outbox.discard([id])) === 0) return gone;
  await store.transaction((records) => addDone(context, records, owner, `discarded mail ${id}`));
  return { kind: 'done', said: 'It is discarded.' };
};

const gone = {
  kind: 'conflict',
  said: 'That one does not wait any more: somebody retried or discarded it before you, or its person was erased.',
} as const;
