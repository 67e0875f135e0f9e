import type { LeadDesk } from '#capture/lead-desk.ts';
import { changeLead } from './change.ts';
import type { LeadContext } from './context.ts';
import { leadCsv } from './csv.ts';
import { readFunnel, readHeard } from './funnel.ts';
import { listLeads } from './list.ts';
import { erasePerson, exportPerson } from './person.ts';
import { readLead } from './record.ts';

/** What owners do with leads; `then` is given whatever may have queued something. */
export function leadsDoor(
  context: LeadContext,
  then: <Outcome>(outcome: Promise<Outcome>) => Promise<Outcome>,
): LeadDesk {
  return {
    leads: (query, reader) => listLeads(context, query, reader),
    leadCsv: (query, after, reader) => leadCsv(context, query, after, reader),
    lead: (id, reader) => readLead(context, id, reader),
    changeLead: (id, change, reader) => then(changeLead(context, id, change, reader)),
    exportPerson: (id, reader) => exportPerson(context, id, reader),
    erasePerson: (id, address, reader) => then(erasePerson(context, id, address, reader)),
    funnel: (query) => readFunnel(context, query),
    heard: (query) => readHeard(context, query),
  };
}
