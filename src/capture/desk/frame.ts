import type { Frame } from '#capture/desk.ts';
import { capabilities, deskRooms, type DeskRoom } from '#site/desk.ts';
import type { DeskContext, Owner } from './context.ts';
import { formToken } from './session.ts';
import { waitingFilter } from './waiting.ts';

/** What every page of the desk has round it. */
export async function frameOf(context: DeskContext, owner: Owner): Promise<Frame> {
  const { site, secrets, clock } = context;
  const { email, role, person } = owner;
  const may = capabilities[role];
  const waiting = await waitingIn(context, owner);
  const name = site.hosts.find(({ slug }) => slug === person)?.name ?? email;
  return {
    who: { name, email, role, ...(person !== undefined && { person }) },
    may: [...may],
    rooms: deskRooms
      .filter(({ takes }) => may.has(takes))
      .map(({ name, title, url }) => ({ name, title, url, waiting: waiting[name] ?? 0 })),
    token: formToken(owner.session, secrets),
    now: clock(),
  };
}

/** How much waits in each room that the owner may enter. */
async function waitingIn(context: DeskContext, owner: Owner): Promise<Partial<Record<DeskRoom['name'], number>>> {
  const { store } = context;
  const may = capabilities[owner.role];
  const [leads, counts, dead] = await Promise.all([
    may.has('leads') ? store.reading.waitingLeads(waitingFilter(context, owner, may)) : undefined,
    store.reading.stateCounts(),
    may.has('system') ? store.outbox.deadCount() : 0,
  ]);
  return {
    leads: leads?.total ?? 0,
    conversation: (counts.comments.pending ?? 0) + (may.has('questions') ? (counts.questions.open ?? 0) : 0),
    system: dead,
  };
}
