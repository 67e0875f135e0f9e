import { recall, remember } from './memory.ts';

/** Readers who speak to their browser, or press keys by accident, can keep single keys to the player (WCAG 2.1.4). */
export function keysWorkEverywhere(): boolean {
  return recall('keys') !== 'in-player';
}

export function setKeysEverywhere(isEverywhere: boolean): void {
  remember('keys', isEverywhere ? undefined : 'in-player');
}
