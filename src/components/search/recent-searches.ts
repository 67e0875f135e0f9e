/** What the reader searched for, on their device alone. Where a browser refuses to store, nothing is kept. */
const key = 'search:recent';
const most = 8;

/** The latest first. */
export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((words) => typeof words === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function keepSearch(words: string): void {
  const kept = words.trim();
  if (kept) store([kept, ...others(kept)].slice(0, most));
}

export function forgetSearch(words: string): void {
  store(others(words));
}

export function forgetSearches(): void {
  store([]);
}

const others = (words: string) => recentSearches().filter((each) => each.toLowerCase() !== words.toLowerCase());

function store(searches: string[]): void {
  try {
    if (searches.length > 0) localStorage.setItem(key, JSON.stringify(searches));
    else localStorage.removeItem(key);
  } catch {
    // See above: the search works as before.
  }
}
