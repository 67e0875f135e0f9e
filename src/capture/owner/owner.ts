import { existsSync } from 'node:fs';
import { mailForgetter, openStore } from '#capture/compose.ts';
import type { Secret } from '#capture/environment.ts';
import { secretsOf } from '#capture/store/secrets.ts';
import type { Store } from '#capture/store/store.ts';
import type { Randomness } from '#capture/store/tokens.ts';
import type { Environment, Setup } from './setup.ts';

export type { Randomness };

/** What the owner's use cases work with. */
export interface Owner {
  environment: Environment;
  store: Store;
  /** Whether a webhook is set. */
  hasWebhook: boolean;
  /** Deletes the mails to an address that were written into files in place of being sent. */
  forgetMails: (address: string) => Promise<void>;
  /** Milliseconds since 1970. */
  clock: () => number;
  random: Randomness;
}

export interface OpenOwner extends Owner {
  /** The names of the migrations that opening did. */
  migrated: string[];
  close(): Promise<void>;
}

/**
 * Opens the store for the owner, beside a running server or without one, and brings it to its newest form. Where no
 * server has kept anything yet it `makes` one, or is undefined. Throws what `storeRefusal` explains.
 */
export async function openOwner(
  { environment }: Pick<Setup, 'environment'>,
  { clock, random, makes = false }: Pick<Owner, 'clock' | 'random'> & { makes?: boolean },
): Promise<OpenOwner | undefined> {
  const { database, webhook } = environment;
  if (database.kind === 'sqlite' && !makes && !existsSync(database.file)) return undefined;
  const store = await openStore(environment);
  try {
    const migrated = await store.migrate();
    const hasWebhook = webhook !== undefined;
    const forgetMails = mailForgetter(environment);
    return { environment, store, hasWebhook, forgetMails, clock, random, migrated, close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The same with the secrets, for what signs links or recognises addresses. */
export async function withSecrets(owner: Owner): Promise<Owner & { secrets: Secret[] }> {
  return { ...owner, secrets: await secretsOf(owner.environment) };
}
