/** What decides the order of results, where it differs from Pagefind's own; what a part of a page weighs, the page says. */
export interface Ranking {
  /** What a match in a field of the record counts beside those in the text, the more the more of the query it is. */
  metaWeights: Record<'title' | 'name' | 'label' | 'people' | 'topics', number>;
}

export const ranking: Ranking = {
  metaWeights: {
    title: 5,
    // People and topics have a page: who asks for one means that page, not an entry that has the name in its title.
    name: 3,
    // "File 003" is what an episode is called by.
    label: 2,
    // An entry is not about its hosts, and little about each of its topics.
    people: 0.5,
    topics: 0.5,
  },
};
