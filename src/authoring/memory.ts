import { statSync } from 'node:fs';

/**
 * What was worked out for the last edition: the next one works out only what is made of something else. One build has
 * one edition and no use for it; `dev` has an edition a save.
 */
export class Memory {
  readonly #kept = new Map<string, { inputs: readonly unknown[]; value: unknown }>();

  /** What `make` gave under this name, if it was made of the same; what it gives now, if not. */
  keep<T>(name: string, inputs: readonly unknown[], make: () => T): T {
    const last = this.#kept.get(name);
    if (last?.inputs.length === inputs.length && last.inputs.every((input, i) => input === inputs[i]))
      return last.value as T;
    const value = make();
    this.#kept.set(name, { inputs, value });
    if (value instanceof Promise) value.catch(() => this.#kept.delete(name));
    return value;
  }

  /** The same for what is made of a file, by the bytes that it has, as far as its times and size tell them. */
  keepFile<T>(name: string, path: string, make: () => T): T {
    const { mtimeMs, ctimeMs, size, ino } = statSync(path);
    return this.keep(`${name} ${path}`, [mtimeMs, ctimeMs, size, ino], make);
  }
}
