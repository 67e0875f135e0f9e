import { expect, test } from 'vitest';
import { FirstStyles } from '#integrations/first-styles.ts';
import { pageFacts, withFirstStyles, withPolicy } from '#integrations/page-facts.ts';

const first = (css: string, html: string) => new FirstStyles(css).of(html);
const order = '@layer theme,base,components,utilities;';

test('a page has the rules whose classes, ids, attributes and elements it has, and no others', () => {
  const css = '.a{top:1px}.b{top:2px}#c{top:3px}[data-d]{top:4px}e-e{top:5px}.a .b{top:6px}p,.a>x{top:7px}';
  expect(first(css, '<p class="a">')).toBe(`${order}.a{top:1px}p,.a>x{top:7px}`);
  expect(first(css, '<e-e id="c" data-d><i class="x b"></i></e-e>')).toBe(
    `${order}.b{top:2px}#c{top:3px}[data-d]{top:4px}e-e{top:5px}`,
  );
});

test('classes with signs in them are found as HTML writes them', () => {
  const css = [
    String.raw`.sm\:grid-cols-\[1fr_auto\]{top:1px}`,
    String.raw`.w-\[min\(100\%\,20rem\)\]{top:2px}`,
    String.raw`.\[\&\>a\]\:p-1>a{top:3px}`,
    String.raw`.\32 xl\:p-2{top:4px}`,
    String.raw`.mt-1\.5{top:5px}`,
  ];
  for (const [i, name] of [
    'sm:grid-cols-[1fr_auto]',
    'w-[min(100%,20rem)]',
    '[&amp;&gt;a]:p-1',
    '2xl:p-2',
    'mt-1.5',
  ].entries()) {
    expect(first(css.join(''), `<a class="${name}">`)).toBe(`${order}${css[i]}`);
    expect(first(css.join(''), '<a class="other">')).toBe(order);
  }
});

test('what a selector asks by a function counts as given', () => {
  expect(first('.a:not(.b):has(> [c]){top:1px}:is(x,y) .a{top:2px}', '<p class="a">')).toBe(
    `${order}.a:not(.b):has(> [c]){top:1px}:is(x,y) .a{top:2px}`,
  );
});

test('what comes only by a pointer, the keyboard or on paper waits', () => {
  const css = 'a:hover{top:1px}a:focus-visible{top:2px}@media print{a{top:3px}}@media (hover:hover){a{top:4px}}';
  expect(first(css, '<a>')).toBe(order);
  expect(first('input::-webkit-slider-thumb{top:1px}', '<input>')).toBe(`${order}input::-webkit-slider-thumb{top:1px}`);
  expect(first('@media (width>=40rem){a{top:1px}}', '<a>')).toBe(`${order}@media (width>=40rem){a{top:1px}}`);
});

test('the layers of all pages are whole in each of them, and not in the rest', () => {
  const css = '@layer theme{:root{--a:1px}}@layer base{p{top:0}}@layer utilities{.a{top:var(--a)}.b{top:0}}';
  const styles = new FirstStyles(css);
  expect(styles.of('<i class="a">')).toBe(
    `${order}@layer theme{:root{--a:1px}}@layer base{p{top:0}}@layer utilities{.a{top:var(--a)}}`,
  );
  expect(styles.rest).toBe('@layer utilities{.a{top:var(--a)}.b{top:0}}');
});

test('what rules call by name comes with them', () => {
  const css =
    '@layer utilities{.a{animation:turn 1s;top:var(--x)}}@keyframes turn{to{top:0}}@keyframes other{}@property --x{syntax:"*"}';
  expect(first(css, '<i class="a">')).toMatch(/@keyframes turn\{.*@property --x\{/);
  expect(first(css, '<i>')).toBe(order);
});

const page = (links: string) =>
  `<html><head><meta http-equiv="content-security-policy" content="style-src 'self'">${links}</head><body><p>A</p></body></html>`;

test('a page is painted from its own bytes, and its stylesheet holds nothing up', () => {
  const html = withPolicy(
    withFirstStyles(page('<link rel="stylesheet" href="/s.css">'), () => 'p{}'),
    "style-src 'self'",
  );
  const [, digest] =
    /<style data-first="('sha256-[^"]+')" data-whole="\/s\.css">p\{\}<\/style><\/head>/.exec(html) ?? [];
  expect(html).toContain(`content="style-src ${digest} 'self'"`);
  expect(html).toContain('<p>A</p><link rel="stylesheet" href="/s.rest.css"></body>');
  expect(withFirstStyles(html, () => 'p{}')).toBe(html);
  expect(withPolicy(html, "style-src 'none'")).toContain(`content="style-src ${digest} 'none'"`);
});

test('a page of several stylesheets, or of none, is left as it is', () => {
  const sheet = (links: string) => pageFacts(page(links), true).stylesheet;
  expect(sheet('<link rel="stylesheet" href="/s.css">')).toBe('/s.css');
  expect(sheet('<link rel="stylesheet" href="/s.css"><link rel="stylesheet" href="/t.css">')).toBeUndefined();
  expect(sheet('')).toBeUndefined();
});
