import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '#site/contract.ts';
import { fixtureOutput } from '../../fixture-site.ts';

/** The environment of a server of the fixture series that is under load: no limit but the machine's. */
export function serverEnvironment(kept: string) {
  return {
    DIST_DIR: fixtureOutput,
    VAR_DIR: kept,
    SITE_URL: 'http://127.0.0.1',
    SECRET: 'a secret of benches, which is long enough',
    FORMS_PER_NETWORK: '1000000',
    FORMS_PER_HOUR: '100000000',
  };
}

/** What a reader's browser sends from the first whitepaper's page, but for the address. */
export function formFor(built: string): Record<string, string> {
  const site = siteIn(built);
  return {
    whitepaper: site.whitepapers[0]?.slug ?? '',
    name: 'A reader',
    company: '',
    newsletter: site.consent.newsletter.id,
    wording: site.consent.whitepaper.id,
    website: '',
  };
}

/** The same from the page to subscribe at. */
export const newsletterForm = (built: string): Record<string, string> => ({
  newsletter: siteIn(built).consent.newsletter.id,
  website: '',
});

/** What the build says of the site. */
export function siteIn(built: string): Site {
  read ??= JSON.parse(readFileSync(join(built, 'gated/site.json'), 'utf8')) as Site;
  return read;
}

let read: Site | undefined;
