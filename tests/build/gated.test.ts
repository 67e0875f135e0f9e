import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSite } from '#capture/compose.ts';
import { paletteOf } from '#site/palette.ts';
import { defaultRetention, type Retention, retentionNames } from '#site/retention.ts';
import { fixtureOutput, fixtureSite } from '../fixture-site.ts';
import { addresses, documents, html, isRedirect } from './built-site.ts';

const site = await readSite(fixtureOutput);

describe('what the server knows of the site', () => {
  test('is its address, its wordings, its colours, and all that is published', () => {
    expect(site.url).toBe(`${fixtureSite}/`);
    expect(site.entries.map(({ url }) => url).toSorted()).toEqual(
      addresses
        .filter(
          (address) => /^\/(episodes|posts)\/(?!page\/|season-\d+\/)[^/]+\/$/.test(address) && !isRedirect(address),
        )
        .toSorted(),
    );
    expect(site.whitepapers.map(({ url }) => url).toSorted()).toEqual(
      documents.filter((address) => /^\/whitepapers\/[^/]+\/$/.test(address)).toSorted(),
    );
    expect(site.consent.newsletter.id).toMatch(/^[\da-f]{64}$/);
    expect(site.palette).toEqual(paletteOf(readFileSync('src/styles/tokens.css', 'utf8')));
  });

  test('is for how long things are kept, in the numbers that its privacy page shows', () => {
    expect(site.retention).toEqual({ ...defaultRetention, evidence: 730 });
    const rows = [...html('/privacy/').matchAll(/<tr[^>]*>\s*<td[^>]*>([^<]+)<\/td>\s*<td[^>]*>([\d,]+) days<\/td>/g)];
    expect(Object.fromEntries(rows.map(([, name = '', days = '']) => [name, Number(days.replace(',', ''))]))).toEqual(
      Object.fromEntries(
        (Object.keys(retentionNames) as (keyof Retention)[]).map((name) => [
          retentionNames[name],
          site.retention[name],
        ]),
      ),
    );
  });

  test('names for each paper the file that its author laid there', () => {
    for (const { slug, file, filename } of site.whitepapers) {
      expect(filename).toMatch(/^[^/\\:*?"<>|]+\.pdf$/);
      expect(readFileSync(join(fixtureOutput, file)).subarray(0, 5).toString()).toBe('%PDF-');
      expect(file).toBe(`gated/papers/${slug}.pdf`);
    }
  });
});

test('every page has the same policy, with a place for every inline script and style of the site', () => {
  const policies = documents.map(
    (address) => /<meta http-equiv="content-security-policy" content="([^"]*)"/.exec(html(address))?.[1],
  );
  const own = documents.map((address) => /<style data-first="([^"]+)"/.exec(html(address))?.[1] ?? '');
  expect(own.filter(Boolean).length).toBeGreaterThan(documents.length / 2);
  for (const [i, digest] of own.entries()) expect(policies[i]).toContain(digest);
  expect(new Set(policies.map((policy, i) => policy?.replace(own[i] ? `${own[i]} ` : '', ''))).size).toBe(1);
  expect(policies[0]).toMatch(/^default-src 'none'; /);
  expect(policies[0]).not.toMatch(/script-src[^;]*('unsafe-inline'|'unsafe-eval'|https?:)/);
});
