/** The order in which the fields of an entry are read best, of whatever collection: what it is called comes first. */
export const fieldOrder: readonly string[] = [
  ...['name', 'url', 'readers', 'title', 'subtitle', 'kind', 'side', 'role', 'number', 'season', 'episodeType'],
  ...['publishedAt', 'updatedAt', 'summary', 'promise', 'learn', 'hosts', 'guests', 'roles', 'authors'],
  ...['topics', 'keywords', 'sharedGoal', 'marketingView', 'salesView', 'cover', 'coverFocus', 'photo', 'logo'],
  ...['file', 'pages', 'audio', 'video', 'alternates', 'transcript', 'chapters', 'soundbites', 'theyOffer', 'weOffer'],
  ...[
    'kit',
    'podcast',
    'links',
    'sponsors',
    'whitepaper',
    'related',
    'source',
    'language',
    'explicit',
    'aliases',
    'guid',
  ],
  ...['comments', 'draft'],
];

/** Sorts names of fields into that order; those that are not in it come last, as they were. */
export function byFieldOrder<T>(items: readonly T[], name: (item: T) => string): T[] {
  const place = (item: T) => {
    const at = fieldOrder.indexOf(name(item));
    return at < 0 ? fieldOrder.length : at;
  };
  return items.toSorted((a, b) => place(a) - place(b));
}
