import { type ListPage, listPages } from './pages.ts';
import type { AnyCard, PersonPage, PersonRecord } from './records.ts';

/** How many of each list are on the page of somebody who made more than one page holds. */
const newest = 6;

/** Somebody's page: with all that they made if it fits on one, or else with the newest of each list. */
export function personPage(record: PersonRecord, pageSize: number): PersonPage {
  const { hosted, appeared, wrote, entries, ...person } = record;
  const isCut = hosted.length + appeared.length + wrote.length > pageSize;
  const shown = <Card extends AnyCard>(list: Card[]) => {
    const cards = new Set<AnyCard>(list);
    return isCut ? entries.filter((card): card is Card => cards.has(card)).slice(0, newest) : list;
  };
  return { person, isCut, hosted: shown(hosted), appeared: shown(appeared), wrote: shown(wrote) };
}

/** The pages of everything that somebody made; none for whom it fits on their own page. */
export const personEntryPages = (record: PersonRecord, pageSize: number): ListPage<AnyCard>[] =>
  personPage(record, pageSize).isCut ? listPages(record.entries, pageSize) : [];
