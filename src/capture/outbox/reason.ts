import { redacted } from '#site/redaction.ts';

/** Why something failed, in one short line that names no person: servers like to repeat whom a mail was for. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return redacted(message).replace(/\s+/g, ' ').trim().slice(0, longest);
}

const longest = 300;
