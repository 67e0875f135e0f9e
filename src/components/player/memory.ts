/** What the player remembers on the reader's device. Where a browser refuses to store, nothing is remembered. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`player:${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Without a value, forgets. */
export function remember(name: string, value?: string | number): void {
  try {
    if (value === undefined) localStorage.removeItem(`player:${name}`);
    else localStorage.setItem(`player:${name}`, String(value));
  } catch {
    // See above: the player works as before, for this page.
  }
}
