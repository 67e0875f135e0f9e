/** What results can be narrowed by, in the order in which it is offered; the index has a filter for each. */
export const facets = [
  { name: 'kind', title: 'Kind' },
  { name: 'topic', title: 'Topic' },
  { name: 'person', title: 'Person' },
  { name: 'side', title: 'Side' },
  { name: 'season', title: 'Season' },
  { name: 'year', title: 'Year' },
  { name: 'length', title: 'Length' },
  { name: 'has', title: 'With' },
] as const;

export type Facet = (typeof facets)[number]['name'];

/** The kinds of pages, as the index and readers name them; in the order in which they are offered. */
export const kinds = ['Episode', 'Post', 'Whitepaper', 'Person', 'Organisation', 'Topic', 'Page'] as const;
export type Kind = (typeof kinds)[number];

/** Lengths of recordings and texts, shortest first. */
export const lengths = ['Under 10 minutes', '10 to 30 minutes', '30 to 60 minutes', 'Over an hour'] as const;

/** The sides in words, since colour alone tells nobody anything. */
export const sideNames = { marketing: 'Marketing', sales: 'Sales', both: 'Both sides' } as const;

/** What a page may bring along. */
export const extras = { transcript: 'Transcript', whitepaper: 'Whitepaper' } as const;
