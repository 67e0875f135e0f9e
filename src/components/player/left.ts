/** What played when the last page of this tab went, as a text. */
export const left = {
  keep(text: string | undefined): void {
    try {
      if (text === undefined) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, text);
    } catch {
      // Where nothing may be stored, nothing goes on.
    }
  },
  take(): string | undefined {
    try {
      const text = sessionStorage.getItem(key) ?? undefined;
      sessionStorage.removeItem(key);
      return text;
    } catch {
      return undefined;
    }
  },
};

/** Left.astro looks for it. */
const key = 'player:left';
