import type { ViewName, Views } from '#capture/desk.ts';
import { seeFunnel, seeHeard, seeLead, seeLeadCsv, seeLeads, seePerson } from './leads.ts';
import { seeSystem } from './system.ts';
import { seeToday } from './today.ts';
import type { View } from './view.ts';
import { seeYou } from './you.ts';

/** Every view of the desk; the door lets nobody see what is not here. */
export const views: { readonly [Name in ViewName]: View<Views[Name]> } = {
  today: { takes: 'today', notes: 'today', see: seeToday },
  system: { takes: 'system', notes: 'system', see: seeSystem },
  you: { takes: 'sign-in', see: seeYou },
  leads: { takes: 'leads', notes: 'leads', see: seeLeads },
  lead: { takes: 'leads', notes: 'lead', see: seeLead },
  'leads as CSV': { takes: 'all leads', see: seeLeadCsv },
  person: { takes: 'all leads', see: seePerson },
  funnel: { takes: 'funnel', see: seeFunnel },
  heard: { takes: 'heard', see: seeHeard },
};
