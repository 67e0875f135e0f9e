import { ServerIsRunning } from '#capture/store/server-running.ts';
import { NewerDatabase, StoreUnavailable } from '#capture/store/store.ts';

/** Why a store could not be used. */
export type StoreRefusal =
  /** It does not answer or cannot keep anything now. */
  | { kind: 'unavailable'; message: string }
  /** A newer version wrote it, or a server has it. */
  | { kind: 'not-ours'; message: string };

/** Why the store could not be used, where that is what ended a use case; undefined for any other error. */
export function storeRefusal(error: unknown): StoreRefusal | undefined {
  if (error instanceof StoreUnavailable) return { kind: 'unavailable', message: withCause(error) };
  if (error instanceof NewerDatabase || error instanceof ServerIsRunning)
    return { kind: 'not-ours', message: error.message };
  return undefined;
}

/** An error and its cause, where that says more. */
function withCause({ message, cause }: Error): string {
  return cause instanceof Error && !message.includes(cause.message) ? `${message}: ${cause.message}` : message;
}
