import type { DeskOwner, Environment, Secret } from '#capture/environment.ts';
import type { Store } from '#capture/store/store.ts';
import type { Randomness } from '#capture/store/tokens.ts';
import type { Site } from '#site/contract.ts';

/** What the use cases work with. */
export interface Context {
  store: Store;
  /** As it was built last: another one may take its place between two forms. */
  site: Site;
  /** The first one signs, all verify. */
  secrets: readonly Secret[];
  limits: Limits;
  /** The address that mails and consents name, with a slash at its end. */
  address: URL;
  /** Host names that pages of the site are read under. */
  hosts: Environment['hosts'];
  /** The folder that was built, where the whitepapers' files are. */
  built: string;
  /** Whether events are queued for a webhook. */
  hasWebhook: boolean;
  /** Deletes the mails to an address that were written into files in place of being sent. */
  forgetMails?: ((address: string) => Promise<void>) | undefined;
  /** Who may use the desk, as the environment names them now. */
  owners: readonly DeskOwner[];
  /** Within which time the owners mean to answer a lead, in milliseconds. */
  answerWithin: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  random: Randomness;
}

/** How many forms are taken, and how fast they are answered. */
export interface Limits {
  /**
   * Takes one from what a reader's network may send in ten minutes. Resolves to nothing, or to in how many seconds it may
   * again; throws `StoreUnavailable`.
   */
  ofNetwork(ip: string): Promise<number | undefined>;
  /** Whether more than half of what a reader's network may send is used up. */
  isBusy(ip: string): Promise<boolean>;
  /**
   * Adds one to what everybody sends, or those whose networks are busy, and returns how long its mail has to wait where
   * nobody confirmed the address, in milliseconds. No form is refused for what others send.
   */
  mailDelay(isBusy: boolean): Promise<number>;
}
