/** The address in `The D-Files <hello@example.com>`, or in the address alone. */
export function addressIn(mailbox: string): string {
  return /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim();
}
