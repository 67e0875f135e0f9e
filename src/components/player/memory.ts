/** What the player remembers on the reader's device. Where a browser refuses to store, nothing is remembered. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(key(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Without a value, forgets. */
export function remember(name: string, value?: string | number): void {
  try {
    if (value === undefined) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), String(value));
  } catch {
    // See above: the player works as before, for this page.
  }
}

export const forget = (name: string): void => remember(name);

/** The names that begin with `prefix`, of all that is remembered. */
export function remembered(prefix: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((each) => each.startsWith(key(prefix)))
      .map((each) => each.slice(key('').length));
  } catch {
    return [];
  }
}

const key = (name: string) => `player:${name}`;
