import { expect, test } from 'vitest';
import { inlineHashes, isPicture, pageFacts, unitedPolicy, withPolicy } from '#integrations/page-facts.ts';

test('a united policy lets be what any of its parts does, and says nothing twice', () => {
  const policies = [
    "default-src 'none';img-src 'self'; style-src 'self' 'sha256-b';",
    "default-src 'none'; img-src 'self'; style-src 'self' 'sha256-a' 'sha256-b';",
  ];
  const pages = policies.map((policy) => ({ policy, inlined: ["'sha256-a'", "'sha256-b'"] }));
  const united = "default-src 'none'; img-src 'self'; style-src 'self' 'sha256-a' 'sha256-b'";
  expect(unitedPolicy(pages)).toBe(united);
  expect(unitedPolicy(pages.toReversed())).toBe(united);
});

test('a united policy names nothing that is in no page', () => {
  const page = { policy: "script-src 'self' 'sha256-a' 'sha256-b';", inlined: ["'sha256-b'"] };
  expect(unitedPolicy([page, {}])).toBe("script-src 'self' 'sha256-b'");
});

test('scripts and styles are known by what is between their tags', () => {
  // printf 'a()' | openssl dgst -sha256 -binary | base64
  const script = "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='";
  expect(inlineHashes('<script type="module">a()</script><style>p{}</style><scripted>a()</scripted>')).toHaveLength(2);
  expect(inlineHashes('<script>a()</script>')).toEqual([script]);
});

const head = (more: string) => `<!doctype html><html><head>${more}</head><body>A page.</body></html>`;

test('a page says whether search engines may know it, and when it changed', () => {
  expect(pageFacts(head(''), true)).toMatchObject({ hidden: false });
  expect(pageFacts(head('<meta name="robots" content="noindex">'), true)).toMatchObject({ hidden: true });
  expect(pageFacts(head('<meta property="article:modified_time" content="2026-01-01T00:00:00Z">'), true)).toMatchObject(
    { changed: '2026-01-01T00:00:00Z' },
  );
  expect(pageFacts('<title>Moved</title><meta name="robots" content="noindex"><body>', true)).toMatchObject({
    hidden: true,
  });
});

test.each([
  ['as it is', '<img src="/_astro/cover.Dv8UtrVZ_Z1d7.webp">', 'cover.Dv8UtrVZ_Z1d7.webp'],
  ['with spaces', '<img src="/_astro/my photo.Dv8UtrVZ.jpg">', 'my photo.Dv8UtrVZ.jpg'],
  ['percent-coded', '<img src="/_astro/my%20photo.Dv8UtrVZ.jpg">', 'my photo.Dv8UtrVZ.jpg'],
  ['of another script', 'url(/_astro/%E6%B5%B7.Dv8UtrVZ.jpg)', '海.Dv8UtrVZ.jpg'],
  ['with an apostrophe', '<img src="/_astro/ida&#39;s.Dv8UtrVZ.jpg">', "ida's.Dv8UtrVZ.jpg"],
  ['with dots in its name', '<img src="/_astro/a.b.jpg.Dv8UtrVZ.jpg">', 'a.b.jpg.Dv8UtrVZ.jpg'],
  ['of Markdown', '![A gull](https://you.example/_astro/a%20\\(1\\)_b\\&c.Dv8UtrVZ.jpg)', 'a (1)_b&c.Dv8UtrVZ.jpg'],
  ['in JSON', '{"image":"https://you.example/_astro/cover.Dv8UtrVZ.jpg"}', 'cover.Dv8UtrVZ.jpg'],
])('a picture is found in a text %s', (_, text, name) => {
  expect(pageFacts(text, false).pictures).toEqual([name]);
  expect(isPicture(name)).toBe(true);
});

test('of a set of sizes each is found, each once; fonts and styles are no pictures', () => {
  const text =
    '<link href="/_astro/Head.abc.css"><link href="/_astro/fonts/abc.woff2"><img srcset="/_astro/a.x_1.webp 160w, /_astro/a.x_2.webp 320w" src="/_astro/a.x_1.webp">';
  expect(pageFacts(text, true).pictures).toEqual(['a.x_1.webp', 'a.x_2.webp']);
});

test('a page under another policy is the same page else', () => {
  const page = (policy: string) => head(`<meta http-equiv="content-security-policy" content="${policy}">`);
  expect(withPolicy(page("default-src 'self'"), "default-src 'none'; $& $1")).toBe(page("default-src 'none'; $& $1"));
  expect(withPolicy(head(''), 'x')).toBe(head(''));
});
