import { setup } from '../fixture-site.ts';

/** Builds the fixture series, from which the benches of the server and the search begin. */
export async function buildFixture(): Promise<void> {
  console.error('Building the fixture series …');
  await setup();
}
