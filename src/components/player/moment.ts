/** The address at which a recording starts at a moment. */
export function addressAt(page: string | URL, seconds: number): string {
  const address = new URL(page);
  address.hash = '';
  address.search = `?t=${Math.floor(seconds)}`;
  return address.href;
}
