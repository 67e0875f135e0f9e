import { expect, test } from 'vitest';
import { indexedHtml } from '#search/indexed-html.ts';
import { withoutGaps, withSigns } from '#site/search-text.ts';

/** The words that are handed to the index. */
const words = (html: string) =>
  indexedHtml(html)
    .replaceAll(/<[^>]*>/g, '')
    .split(/\s+/)
    .filter(Boolean);

test.each([
  [
    'a line of a title with a style of its own',
    '<h1>Lamps<span class="mt-1 block">A guide</span></h1>',
    ['Lamps', 'A', 'guide'],
  ],
  [
    'elements beside each other',
    '<span>File 3</span><a href="/x">Petra</a><time>2025</time>',
    ['File', '3', 'Petra', '2025'],
  ],
  ['lines of one text', 'Wick<br>Daughters', ['Wick', 'Daughters']],
])('%s do not run together', (_name, html, expected) => {
  expect(words(html)).toEqual(expected);
});

test('a word goes on where only its looks change', () => {
  expect(words('S<sub>2</sub>x, <em>fog</em>horn, lamp<b>s</b><i>!</i>')).toEqual(['S2x,', 'foghorn,', 'lamps!']);
});

test('captions and terms are parts whose text ends as a sentence does', () => {
  expect(indexedHtml('<figure><figcaption class="label">Slide one</figcaption><p>Tide</p></figure>')).toBe(
    '<figure><div class="label">Slide one</div> <p>Tide</p></figure>',
  );
});

test('addresses, code and attributes stay as they are', () => {
  const html =
    '<a href="/c#x" title="C# > C">x</a><script>const c = "C#";</script><!-- C# --><style>a{color:#fff}</style>';
  expect(indexedHtml(html)).toBe(html);
});

test.each([
  ['<b>C</b>#, F#'],
  ['<b>end.</b>Next, <b>$</b>5, <b>5</b>$, 🔦<b>灯</b>'],
  ['from $1,000 or 5 € to 5€'],
  ['.NET, and then.Next … ...and'],
  ['灯台の霧が深い。lighthouseと<em>霧</em>灯台'],
  ['が゙ 々ー 1日に'],
])('nothing of %s is lost on the way to the index and back', (html) => {
  expect(withSigns(withoutGaps(indexedHtml(html)))).toBe(html);
});
