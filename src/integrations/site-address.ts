import { siteAddressProblem } from '#site/site-address.ts';

/** The address that a site is built for, where its owner names none. */
const local = 'http://localhost:4321';

/** The address that the site is built for. Nothing is built for one that it cannot be at: its owner is told why. */
export function siteAddress(written: string | undefined): string {
  const address = written?.trim() || local;
  const problem = siteAddressProblem(address);
  if (!problem) return address;
  // Thrown, it would be printed as a failure of the software.
  console.error(`\nSITE_URL ${problem.what}. Nothing was built. Fix it:\n\n  ${problem.fix}\n`);
  process.exit(1);
}
