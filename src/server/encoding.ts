import { weightsOf } from './weights.ts';

/** The encodings that a build lays beside a file, the smallest first; `ending` is what their names end with. */
export const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;
export type Encoding = (typeof encodings)[number]['name'];

/**
 * The encoding in which a reader gets a file, out of those that there are (RFC 9110, section 12.5.3). Undefined for
 * the file as it is.
 */
export function chosenEncoding(accepted: string | undefined, there: readonly Encoding[]): Encoding | undefined {
  if (!accepted) return undefined;
  const weights = weightsOf(accepted);
  const taken = (name: string) => (weights.get(name) ?? weights.get('*') ?? 0) > 0;
  return encodings.find(({ name }) => there.includes(name) && taken(name))?.name;
}
