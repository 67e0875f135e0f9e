import { describe, expect, test } from 'vitest';
import { plainHtml } from '#feeds/plain-html.ts';

const page = new URL('https://files.example/episodes/e1/');
const plain = (html: string) => plainHtml(html, page);

describe('what a feed reader must not get is left out', () => {
  test.each([
    ['a script and its code', '<p>Hi</p><script>alert(1)</script>', '<p>Hi</p>'],
    ['a style sheet and its rules', '<style>p { color: red }</style><p>Hi</p>', '<p>Hi</p>'],
    [
      'a form with all its fields',
      '<form action="/x"><label>E-mail <input></label><p>Now</p></form><p>Hi</p>',
      '<p>Hi</p>',
    ],
    ['a button', '<p>Hi <button>Copy</button></p>', '<p>Hi </p>'],
    ['a drawing with its title', '<p><svg><title>Icon</title><path d="M0 0"/></svg>Hi</p>', '<p>Hi</p>'],
    ['words for those without script', '<noscript>Switch it on</noscript><p>Hi</p>', '<p>Hi</p>'],
    ['a frame', '<iframe src="https://example.com"></iframe><p>Hi</p>', '<p>Hi</p>'],
    ['what only decorates', '<div aria-hidden="true"><span>Cover</span> of it</div><p>Hi</p>', '<p>Hi</p>'],
    ['a sign that only decorates', '<p>Hi<span aria-hidden="true">→</span></p>', '<p>Hi</p>'],
    ['that something does not only decorate', '<p aria-hidden="false">Hi</p>', '<p>Hi</p>'],
    ['comments', '<p>Hi<!-- not this --></p>', '<p>Hi</p>'],
    ['event handlers', '<p onclick="alert(1)">Hi</p>', '<p>Hi</p>'],
    [
      'event handlers of pictures',
      '<img src="/a.png" onerror="alert(1)">',
      '<img src="https://files.example/a.png" />',
    ],
    ['classes, ids, styles and data', '<p class="a" id="b" style="color:red" data-c="d">Hi</p>', '<p>Hi</p>'],
    [
      'a field, but not its words',
      '<ul><li><label><input type="text"> Do it</label></li></ul>',
      '<ul><li> Do it</li></ul>',
    ],
  ])('%s', (_, html, expected) => {
    expect(plain(html)).toBe(expected);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '&#106;avascript:alert(1)',
    'vbscript:x',
    'ftp://files.example/a',
    'data:text/html,<script>alert(1)</script>',
  ])('the address of a link to %j', (href) => {
    expect(plain(`<a href="${href}">Hi</a>`)).toBe('<a>Hi</a>');
  });

  test('a picture whose address no reader could follow', () => {
    expect(plain('<p>Hi</p><img src="data:image/png;base64,AAAA" alt="x"><img alt="x">')).toBe('<p>Hi</p>');
  });

  test('an address that cannot be read, without losing the rest', () => {
    expect(plain('<p><a href="http://[">Hi</a> <img src="https://:0x"></p>')).toBe('<p><a>Hi</a> </p>');
  });
});

describe('an address becomes absolute', () => {
  test.each([
    ['from the root of the site', '/posts/a/', 'https://files.example/posts/a/'],
    ['from the page', 'said.vtt', 'https://files.example/episodes/e1/said.vtt'],
    ['from the folder above', '../e2/', 'https://files.example/episodes/e2/'],
    ['a place on the page', '#the-goal', 'https://files.example/episodes/e1/#the-goal'],
    ['a query', '?page=2', 'https://files.example/episodes/e1/?page=2'],
    ['another host by the same protocol', '//cdn.example/a', 'https://cdn.example/a'],
    ['another site', 'http://example.com/a?b=c#d', 'http://example.com/a?b=c#d'],
    ['an e-mail address', 'mailto:joel@example.com', 'mailto:joel@example.com'],
  ])('%s', (_, href, absolute) => {
    expect(plain(`<a href="${href}">Hi</a>`)).toBe(`<a href="${absolute}">Hi</a>`);
  });
});

test('a picture keeps its words and its size', () => {
  expect(
    plain('<img src="/_astro/a.webp" alt="A gull" width="640" height="480" srcset="/b.webp 2x" loading="lazy">'),
  ).toBe('<img src="https://files.example/_astro/a.webp" alt="A gull" width="640" height="480" />');
});

test('sections become plain blocks, and what only looks bold or italic is so in earnest', () => {
  expect(plain('<section class="callout"><aside><b>Note</b> <i>well</i></aside></section>')).toBe(
    '<div><div><strong>Note</strong> <em>well</em></div></div>',
  );
});

describe('what a page shows in its own way is still to be read', () => {
  test.each([
    [
      'tasks, open and done',
      '<ul><li class="task"><input type="checkbox" disabled> To do</li><li><p><input type="checkbox" checked disabled> Done</p></li></ul>',
      '<ul><li>☐ To do</li><li><p>☑ Done</p></li></ul>',
    ],
    [
      'the summary of a detail',
      '<details><summary>More</summary><p>Hidden</p></details>',
      '<div><p>More</p><p>Hidden</p></div>',
    ],
    ['terms', '<dl><dt>Term</dt><dd>Meaning</dd></dl>', '<dl><dt>Term</dt><dd>Meaning</dd></dl>'],
    ['a small heading', '<h5>Five</h5><h6>Six</h6>', '<h4>Five</h4><h4>Six</h4>'],
    ['a quotation in a line', '<p>He said <q>fog</q>.</p>', '<p>He said <q>fog</q>.</p>'],
    [
      'blocks of any name',
      '<header>A</header><article>B</article><footer>C</footer>',
      '<div>A</div><div>B</div><div>C</div>',
    ],
    [
      'a recording',
      '<audio controls src="https://m.example.com/the%20gull.mp3"></audio>',
      '<a href="https://m.example.com/the%20gull.mp3">Listen: the gull.mp3</a>',
    ],
    [
      'a film beside the entry',
      '<video src="film.mp4" controls></video>',
      '<a href="https://files.example/episodes/e1/film.mp4">Watch: film.mp4</a>',
    ],
    [
      'a recording in two forms, and what stood there in place of a player',
      '<audio><source src="/a.mp3" type="audio/mpeg"><source src="/a.ogg" type="audio/ogg"><p>No player</p></audio>',
      '<div><a href="https://files.example/a.mp3">Listen: a.mp3</a><a href="https://files.example/a.ogg">Listen: a.ogg</a><p>No player</p></div>',
    ],
    ['a recording that is nowhere', '<p>Hi</p><audio src="http://["></audio>', '<p>Hi</p><div></div>'],
    [
      'a picture of several sizes',
      '<picture><source srcset="/a.avif"><img src="/a.png" alt="A"></picture>',
      '<img src="https://files.example/a.png" alt="A" />',
    ],
  ])('%s', (_, html, expected) => {
    expect(plain(html)).toBe(expected);
  });
});

test('the markup of prose stays as it is', () => {
  const html = [
    '<h2>The goal</h2><p>One <em>two</em> <strong>three</strong> <del>four</del> <code>five</code><br />six</p>',
    '<ol start="3"><li>a</li></ol><blockquote><p>Said.</p></blockquote><pre><code>x &lt; y</code></pre><hr />',
    '<figure><figcaption>A line</figcaption></figure>',
    '<table><thead><tr><th align="right">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
  ].join('');
  expect(plain(html)).toBe(html);
});

test('text stays text: what was escaped is so still', () => {
  expect(plain('<p>&lt;script&gt; &amp;amp; ]]&gt; مرحبا 🦞</p>')).toBe(
    '<p>&lt;script&gt; &amp;amp; ]]&gt; مرحبا 🦞</p>',
  );
});

test('a tag of any name is no more than an unknown tag', () => {
  expect(plain('<constructor>Hi</constructor><x-y>you</x-y>')).toBe('Hiyou');
});

test('a link around nothing is left out, and one around a picture is not', () => {
  expect(plain('<p>A<a href="/b/"> </a><strong></strong></p>')).toBe('<p>A<strong></strong></p>');
  expect(plain('<a href="/b/"><img src="/c.png" alt="C"></a>')).toContain('<img ');
});

test('a block of code has its language where that is asked for', () => {
  const html = '<pre class="a"><code class="language-js b">x</code></pre>';
  expect(plain(html)).toBe('<pre><code>x</code></pre>');
  expect(plainHtml(html, page, { languages: true })).toBe('<pre><code class="language-js">x</code></pre>');
});
