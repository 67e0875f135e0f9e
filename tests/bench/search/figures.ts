/** The middle of all values, and the most. */
export function spread(values: readonly number[], shown: (value: number) => string): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `${shown(sorted[sorted.length >> 1] ?? 0).padStart(9)} (at most ${shown(sorted.at(-1) ?? 0)})`;
}

export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
export const milliseconds = (time: number): string => `${Math.round(time)} ms`;
export const seconds = (time: number): string => `${(time / 1000).toFixed(1)} s`;
