import { type Edition, type EditionSource, readEdition } from './edition.ts';
import { Memory } from './memory.ts';

/**
 * The edition of this process. Astro loads this module more than once, the configuration by Node and the collections by
 * Vite, so what they share is stored where each finds it.
 */
interface Current {
  source?: () => EditionSource;
  edition?: Promise<Edition> | undefined;
  listeners: Map<string, (edition: Edition) => void>;
  memory: Memory;
  /** The renewal that began last. */
  renewal?: Promise<Edition>;
}

const key = Symbol.for('d-files.edition');
const current = ((globalThis as { [key]?: Current })[key] ??= {
  listeners: new Map(),
  memory: new Memory(),
});

/** Says what the edition of this process is to be made from; `source` is asked once for each edition. */
export function setEditionSource(source: () => EditionSource): void {
  Object.assign(current, { source, edition: undefined, memory: new Memory() });
}

/** The edition of this process, made when it is first asked for. */
export function currentEdition(): Promise<Edition> {
  return (current.edition ??= readAnew());
}

/**
 * Reads the folder anew, after an author saved a file, and hands the new edition to all who wait for one. Rejects where
 * the folder cannot be read, a file having gone meanwhile; the last edition is then still the current one.
 */
export function renewEdition(): Promise<Edition> {
  const renewal: Promise<Edition> = readAnew().then((edition) => {
    // A renewal that began later knows more.
    if (current.renewal && current.renewal !== renewal) return current.renewal;
    current.edition = renewal;
    for (const listener of current.listeners.values()) listener(edition);
    return edition;
  });
  return (current.renewal = renewal);
}

/** Has `listener` called with each new edition. A name has one listener, the last. */
export function onRenewal(name: string, listener: (edition: Edition) => void): void {
  current.listeners.set(name, listener);
}

async function readAnew(): Promise<Edition> {
  if (!current.source) throw new Error('No integration has said what the edition is made from');
  return readEdition(current.source(), current.memory);
}
