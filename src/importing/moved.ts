import { fixedPages } from '#site/url.ts';
import { keyOfAddress } from './addresses.ts';
import type { Lost } from './archive.ts';

/** Where what was on the old site is now, and which of its addresses can lead there. */
export class Moved {
  readonly #to = new Map<string, string | null>();
  /** Addresses that aliases may not have, since something is there. */
  readonly #occupied = new Set<string>();

  constructor() {
    for (const page of fixedPages) this.occupy(page);
  }

  occupy(address: string): void {
    const key = keyOfAddress(address);
    if (key !== undefined) this.#occupied.add(key);
  }

  /** Notes where an old address leads; null where no reader gets to see it yet. The first one to have it keeps it. */
  add(address: string, to: string | null): void {
    const key = keyOfAddress(address);
    if (key !== undefined && !this.#to.has(key)) this.#to.set(key, to);
  }

  /** Where an old address leads: null to what is not published yet, undefined to nothing that came over. */
  find(address: string): string | null | undefined {
    return this.#to.get(keyOfAddress(address) ?? '');
  }

  /** Of old addresses those that can lead on: that nothing else has. They are taken then. */
  aliases(addresses: readonly string[], lost: Lost[]): string[] | undefined {
    const found = addresses.filter((address) => {
      const key = keyOfAddress(address);
      if (key === undefined || key === '/' || key === '') {
        if (address !== '/') lost.push({ what: 'address', detail: `${address} is no address that can lead on` });
        return false;
      }
      if (this.#occupied.has(key)) return false;
      this.#occupied.add(key);
      return true;
    });
    return found.length > 0 ? found.map((address) => address.replaceAll(/\s/g, encodeURIComponent)) : undefined;
  }
}
