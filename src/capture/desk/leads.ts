import { leadCsv } from '#capture/leads/csv.ts';
import { readFunnel, readHeard } from '#capture/leads/funnel.ts';
import { listLeads } from '#capture/leads/list.ts';
import { exportPerson } from '#capture/leads/person.ts';
import { readLead } from '#capture/leads/record.ts';
import type { Views } from '#capture/desk.ts';
import type { LeadReader } from '#site/lead-desk.ts';
import type { AtDesk, View } from './view.ts';

/** What the desk shows of leads: to an owner those of all, to others their own and nobody's. */
type See<Name extends keyof Views> = View<Views[Name]>['see'];

const readerAt = ({ owner, may }: AtDesk): LeadReader => ({ owner: owner.id, seesAll: may.has('all leads') });

export const seeLeads: See<'leads'> = (context, at) => listLeads(context, at.query, readerAt(at));
export const seeLead: See<'lead'> = (context, at) => readLead(context, at.query['id'] ?? '', readerAt(at));
export const seeLeadCsv: See<'leads as CSV'> = (context, at) =>
  leadCsv(context, at.query, at.query['after'], readerAt(at));
export const seePerson: See<'person'> = (context, at) => exportPerson(context, at.query['id'] ?? '', readerAt(at));
export const seeFunnel: See<'funnel'> = (context, { query }) => readFunnel(context, query);
export const seeHeard: See<'heard'> = (context, { query }) => readHeard(context, query);
