import type { Acted } from '#capture/desk.ts';
import { changeLead as change } from '#capture/leads/change.ts';
import { erasePerson as erase } from '#capture/leads/person.ts';
import { parseValue } from '#capture/leads/value.ts';
import { capabilities } from '#site/desk.ts';
import type { FormFields } from '#site/form-fields.ts';
import { leadStateNames, type LeadChange, type LeadMoment, type LeadReader } from '#site/lead-desk.ts';
import { valueText } from '#site/value.ts';
import { waited } from '#site/waited.ts';
import type { Act } from './act.ts';
import type { Owner } from './context.ts';

const readerOf = ({ id, role }: Owner): LeadReader => ({
  owner: id,
  seesAll: capabilities[role].has('all leads'),
});

/** Notes, answers, assigns or ends a lead as it was seen; a note is kept in any case. */
export const changeLead: Act['act'] = async (context, owner, form) => {
  const wanted = changeIn(form);
  if ('errors' in wanted) return { kind: 'invalid', errors: wanted.errors };
  const reader = readerOf(owner);
  // Who sees only their own and nobody's may take one and give it back, and no more.
  if (!reader.seesAll && wanted.owner && wanted.owner !== owner.id) return { kind: 'forbidden' };
  const outcome = await change(context, form['id'] ?? '', wanted, reader);
  switch (outcome.kind) {
    case 'done':
      return { kind: 'done', said: saidOf(outcome.did, wanted) };
    case 'conflict':
      return { kind: 'conflict', said: conflictOf(outcome, wanted, context.clock()) };
    case 'refused':
      return { kind: 'invalid', errors: refusals[outcome.why] };
    case 'gone':
      return { kind: 'unknown' };
  }
};

/** Erases a lead's person, whose address has to be typed. */
export const erasePerson: Act['act'] = async (context, owner, { id = '', email = '' }): Promise<Acted> => {
  const outcome = await erase(context, id, email, readerOf(owner));
  if (outcome === undefined) return { kind: 'unknown' };
  if (outcome === 'mistyped')
    return { kind: 'invalid', errors: { email: 'That is not the address on this file. Nothing was erased.' } };
  return { kind: 'done', said: 'Erased, for good. Counts stay, and nothing is sent to the address from now on.' };
};

const states = ['waiting', 'answered', 'won', 'lost', 'unwanted'] as const;

/** What a form asks for, or a message for each field that is wrong. */
function changeIn(form: FormFields): LeadChange | { errors: Record<string, string> } {
  const { seen, note, owner } = form;
  const state = states.find((each) => each === form['state']);
  const value = state === 'won' ? parseValue(form['value']) : undefined;
  if (state === 'won' && form['value'] !== undefined && value === undefined)
    return { errors: { value: 'Write the value as a number, such as 1450 or 1,450.50.' } };
  return {
    seen: Number(seen),
    ...(note !== undefined && { note }),
    ...(state !== undefined && { state }),
    ...(value !== undefined && { value }),
    ...(owner !== undefined && { owner: owner === '' ? null : owner }),
  };
}

const refusals = {
  unconfirmed: { state: 'The address is not confirmed yet: until it is, it is nobody’s to answer.' },
  'no such owner': { owner: 'Whoever that was is not at this desk any more. Choose another.' },
  'long note': { note: 'The note is longer than 5,000 characters. Shorten it.' },
};

function saidOf(did: readonly ('state' | 'owner' | 'note')[], { state, owner }: LeadChange): string {
  const said = [
    ...(did.includes('note') ? ['The note is kept.'] : []),
    ...(did.includes('owner') ? [owner === null ? 'It is nobody’s now.' : 'It has its owner.'] : []),
    ...(did.includes('state') && state ? [`Set: ${leadStateNames[state].toLowerCase()}.`] : []),
  ];
  return said.length > 0 ? said.join(' ') : 'It was so already.';
}

function conflictOf(
  { last, isNoted }: { last?: LeadMoment | undefined; isNoted: boolean },
  { state, owner }: LeadChange,
  now: number,
) {
  const note = isNoted ? ' Your note was, and stands below.' : '';
  const yours = state ? `“${leadStateNames[state].toLowerCase()}”` : owner === undefined ? 'change' : 'assignment';
  return `${last ? whatDid(last, now) : 'It is not any more what you saw.'} Your ${yours} was not written.${note}`;
}

/** "Gus Barnacle marked this lead as won 2 min ago, for 1,450." */
function whatDid(moment: LeadMoment, now: number): string {
  const ago = `${waited(now - moment.at)} ago`;
  if (moment.kind === 'state') {
    const { by, after, value } = moment;
    const what = leadStateNames[after].toLowerCase();
    return `${by.name} marked this lead as ${what} ${ago}${value === null ? '' : `, for ${valueText(value)}`}.`;
  }
  if (moment.kind === 'assigned') return `${moment.by.name} gave this lead to ${moment.to?.name ?? 'nobody'} ${ago}.`;
  return 'It is not any more what you saw.';
}
