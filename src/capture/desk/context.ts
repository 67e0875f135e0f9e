import type { Context } from '#capture/context.ts';
import { parseAddress } from '#capture/forms/email-address.ts';
import type { DeskOwner } from '#capture/environment.ts';

/** What the desk works with. */
export interface DeskContext extends Context {
  /** How many forms a network may send in its window. */
  perNetwork: number;
  /** When a file was written last, or the newest of a folder's, in milliseconds since 1970; null where there is none. */
  writtenAt: (path: string) => Promise<number | null>;
  /** What each backup writes, if the owner named it. */
  backup: string | undefined;
}

/** Who is at the desk: by the environment as it is now, so that nobody stays who was taken out of it. */
export interface Owner extends DeskOwner {
  /** The address, normalised: what an owner is known by in the store and in the audit. */
  id: string;
  /** The session's id. */
  session: string;
}

/** The owner whose address this is, normalised. */
export const ownerWith = (owners: readonly DeskOwner[], id: string): (DeskOwner & { id: string }) | undefined =>
  ownersOf(owners).find((owner) => owner.id === id);

/** All owners with what they are known by. */
export const ownersOf = (owners: readonly DeskOwner[]): (DeskOwner & { id: string })[] =>
  owners.flatMap((owner) => {
    const parsed = parseAddress(owner.email);
    return parsed.kind === 'address' ? { ...owner, id: parsed.address.norm } : [];
  });
