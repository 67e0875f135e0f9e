import type { Site } from '#site/contract.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Reads what the build wrote into `built` (`dist`). Throws when it is not there. */
export async function readSite(built: string): Promise<Site> {
  return JSON.parse(await readFile(join(built, 'gated/site.json'), 'utf8')) as Site;
}
