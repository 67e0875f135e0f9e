/** Knows since when the comments in the store differ from those that the site was built from. */
export interface CommentChanges {
  /** When the site is to be built for them, in milliseconds since 1970; undefined where it has them all. */
  readonly due: number | undefined;
  /** Asks the store, and resolves when that is known. A store that is away changes nothing. */
  check(): Promise<void>;
}

export interface CommentChangesOptions {
  /** The state of the comments in the store. */
  version(): Promise<number | undefined>;
  /** The one that the site that is served was built from. */
  built(): number | undefined;
  now(): number;
}

/** Who decides on one comment often decides on more: a build has them all. In milliseconds. */
const batch = 10_000;

export function commentChanges({ version, built, now }: CommentChangesOptions): CommentChanges {
  let since: number | undefined;
  return {
    get due() {
      return since === undefined ? undefined : since + batch;
    },
    async check() {
      const stored = await version().catch(() => 'unknown' as const);
      if (stored === 'unknown') return;
      since = stored === undefined || stored === built() ? undefined : (since ?? now());
    },
  };
}
