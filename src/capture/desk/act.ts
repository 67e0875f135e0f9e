import type { Acted, DeskVisit } from '#capture/desk.ts';
import type { Capability } from '#site/desk.ts';
import type { FormFields } from '#site/form-fields.ts';
import type { DeskContext, Owner } from './context.ts';

/**
 * Something that a form of the desk does. It does so in one unit of work and notes it there (`addDone`); what was changed by
 * another since its page was shown it leaves, and answers `conflict`.
 */
export interface Act {
  takes: Capability;
  act(context: DeskContext, owner: Owner, form: FormFields, visit: DeskVisit): Promise<Acted>;
}
