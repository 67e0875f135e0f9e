import { fixtureOutput, fixtureSite } from '../fixture-site.ts';
import { siteIn } from './site-in.ts';

/** The built fixture. */
export const fixture = siteIn(fixtureOutput, fixtureSite);
export const { files, text, bytes, has, addresses, documents, pages, html, page, isRedirect, isHidden, graph } =
  fixture;
export const { redirects } = fixture.gated;
