/** The address at which a recording starts at a moment; with `end`, it plays up to there. Seconds. */
export function addressAt(page: string | URL, seconds: number, end?: number): string {
  const address = new URL(page);
  address.hash = '';
  address.search = momentQuery(seconds, end);
  return address.href;
}

/** The query of such an address. */
export const momentQuery = (seconds: number, end?: number): string =>
  `?t=${Math.floor(seconds)}${end === undefined ? '' : `,${Math.ceil(end)}`}`;
