import { capabilities } from '#site/desk.ts';
import type { Act } from './act.ts';
import { addDone } from './audit.ts';

/** Ends the session that the form was sent from. */
export const signOut: Act['act'] = (context, owner) =>
  context.store.transaction(async (records) => {
    await records.endSession(owner.session, owner.id);
    await addDone(context, records, owner, 'signed out');
    return { kind: 'signed-out' };
  });

/** Ends one of one's own sessions; who looks after the server ends those of others too. */
export const endSession: Act['act'] = (context, owner, { id = '' }) =>
  context.store.transaction(async (records) => {
    const isOthers = capabilities[owner.role].has('system');
    if (!(await records.endSession(id, isOthers ? undefined : owner.id))) return { kind: 'unknown' };
    await addDone(context, records, owner, `ended session ${id}`);
    return id === owner.session ? { kind: 'signed-out' } : { kind: 'done', said: 'That browser is signed out.' };
  });

/** Ends all of one's own sessions but this one. */
export const endOtherSessions: Act['act'] = (context, owner) =>
  context.store.transaction(async (records) => {
    const count = await records.endOtherSessions(owner.id, owner.session);
    await addDone(context, records, owner, `ended sessions ${count}`);
    return { kind: 'done', said: count === 0 ? 'You are signed in nowhere else.' : 'All others are signed out.' };
  });

export const removePasskey: Act['act'] = (context, owner, { id = '' }) =>
  context.store.transaction(async (records) => {
    if (!(await records.deletePasskey(owner.id, id))) return { kind: 'unknown' };
    await addDone(context, records, owner, 'removed a passkey');
    return { kind: 'done', said: 'The passkey signs nobody in any more. Delete it in your browser too.' };
  });
