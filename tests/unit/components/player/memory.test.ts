import { afterEach, expect, test, vi } from 'vitest';
import { recall, remember } from '#components/player/memory.ts';

afterEach(() => vi.unstubAllGlobals());

/** A storage that a browser's settings keep shut: the getter itself throws there. */
const shut = new Proxy({} as Storage, {
  get: () => {
    throw new DOMException('denied', 'SecurityError');
  },
});

test('where nothing may be stored, nothing is remembered and nothing fails', () => {
  vi.stubGlobal('localStorage', shut);
  expect(() => remember('speed', 2)).not.toThrow();
  expect(recall('speed')).toBeUndefined();
});

test('what is remembered is recalled until it is forgotten', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  remember('speed', 1.5);
  expect(recall('speed')).toBe('1.5');
  remember('speed');
  expect(recall('speed')).toBeUndefined();
});
