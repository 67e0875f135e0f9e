import type { DeskQuery } from '#capture/desk.ts';
import type { Capability } from '#site/desk.ts';
import type { DeskContext, Owner } from './context.ts';

/** A page of the desk: what it takes to see it, and what it shows. */
export interface View<Shown> {
  takes: Capability;
  /** What the audit says was seen, where the page shows people; a query's `id` is added. */
  notes?: string;
  /** Undefined where what the query names is not there. */
  see(context: DeskContext, at: AtDesk): Promise<Shown | undefined>;
}

/** Who looks, what they may, and what the address asks for. */
export interface AtDesk {
  owner: Owner;
  may: ReadonlySet<Capability>;
  query: DeskQuery;
}
