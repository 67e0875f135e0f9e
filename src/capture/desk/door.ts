import type { Acted, Desk, DeskQuery, DeskVisit, Seen, ViewName, Views } from '#capture/desk.ts';
import { unlessUnavailable } from '#capture/store/store.ts';
import { capabilities, deskFields } from '#site/desk.ts';
import type { FormFields } from '#site/form-fields.ts';
import { acts } from './acts.ts';
import { askToSignIn } from './ask.ts';
import { addSeen } from './audit.ts';
import type { DeskContext } from './context.ts';
import { frameOf } from './frame.ts';
import { requestOptions, signInByPasskey } from './passkeys.ts';
import { isFormToken, ownerAt } from './session.ts';
import { lookSignIn, signIn } from './sign-in.ts';
import type { View } from './view.ts';
import { views } from './views.ts';

/** The desk's use cases in their context; `queued` is called when one of them may have queued something. */
export function deskDoor(context: DeskContext, queued: () => void): Desk {
  const then = async <Outcome>(outcome: Promise<Outcome>) => {
    const reached = await outcome;
    queued();
    return reached;
  };
  return {
    askToSignIn: (form, visit) => then(askToSignIn(context, form, visit)),
    lookSignIn: (token, visit) => lookSignIn(context, token, visit),
    signIn: (token, visit) => signIn(context, token, visit),
    passkeyOptions: () => requestOptions(context),
    signInByPasskey: (form, visit) => signInByPasskey(context, form, visit),
    see: (name, query, visit) => unlessUnavailable(() => see(context, name, query, visit)),
    act: (form, visit) => then(unlessUnavailable(() => act(context, form, visit))),
  };
}

/** Who is not signed in sees nothing, and nobody sees what their role does not let them. Here, for every view. */
async function see<Name extends ViewName>(
  context: DeskContext,
  name: Name,
  query: DeskQuery,
  visit: DeskVisit,
): Promise<Seen<Views[Name]>> {
  const entered = await ownerAt(context, visit);
  if (!entered) return { kind: 'signed-out' };
  const { owner, ...cookie } = entered;
  const may = capabilities[owner.role];
  const view: View<Views[Name]> = views[name];
  const frame = await frameOf(context, owner);
  if (!may.has(view.takes)) return { kind: 'forbidden', frame, ...cookie };
  const shown = await view.see(context, { owner, may, query });
  if (shown === undefined) return { kind: 'unknown', frame, ...cookie };
  if (view.notes !== undefined)
    await addSeen(context, owner, [view.notes, ...(query['id'] ? [query['id'].slice(0, 40)] : [])].join(' '));
  return { kind: 'open', frame, shown, ...cookie };
}

/** The same for every act, which moreover has to come from a page of the same session. */
async function act(context: DeskContext, form: FormFields, visit: DeskVisit): Promise<Acted> {
  const entered = await ownerAt(context, visit);
  if (!entered) return { kind: 'signed-out' };
  const { owner, ...cookie } = entered;
  if (!isFormToken(form[deskFields.token], owner.session, context.secrets)) return { kind: 'forged', ...cookie };
  const name = form[deskFields.act] ?? '';
  const asked = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (!asked) return { kind: 'unknown', ...cookie };
  if (!capabilities[owner.role].has(asked.takes)) return { kind: 'forbidden', ...cookie };
  return { ...cookie, ...(await asked.act(context, owner, form, visit)) };
}
