import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { fixtureSite } from '../fixture-site.ts';
import { files, isHidden, page, pages, text } from './built-site.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Astro and Prettier write void elements and attributes in their own forms, all valid HTML.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    'no-inline-style': 'off',
    // Links are inline text here; long titles are the authors'.
    'long-title': 'off',
  },
});

describe.each(pages)('%s', (address) => {
  const document = page(address);

  test('is valid HTML', async () => {
    const report = await validator.validateString(text(address.endsWith('/') ? `${address}index.html` : address));
    expect(
      report.results.flatMap(({ messages }) => messages.map(({ message, line }) => `${line}: ${message}`)),
    ).toEqual([]);
  });

  test('has one first-level heading, and no level is skipped', () => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map(({ localName }) => Number(localName[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, i) => i > 0 && level > levels[i - 1]! + 1)).toEqual([]);
  });

  test('has its landmarks and a link that skips to the content', () => {
    for (const landmark of ['header', 'header > nav[aria-label="Main"]', 'main#main', 'footer'])
      expect(document.querySelectorAll(`body > ${landmark}`).length, landmark).toBe(1);
    expect(document.body.querySelector('a')?.getAttribute('href')).toBe('#main');
  });

  test('says its title, its summary and its one address', () => {
    expect(document.title).toMatch(/\S/);
    expect(document.querySelector('meta[name=description]')?.getAttribute('content')).toMatch(/\S/);
    expect(document.documentElement.getAttribute('lang')).toBe('en-GB');
    const canonical = document.querySelector('link[rel=canonical]')?.getAttribute('href');
    expect(isHidden(address)).toBe(
      ['/404.html', '/listening/'].includes(address) || /^\/forms\/|^\/with\/[^/]+\/kit\/$/.test(address),
    );
    expect(canonical).toBe(isHidden(address) ? undefined : fixtureSite + address);
  });

  test('shows the way from home', () => {
    const crumbs = [...document.querySelectorAll('nav[aria-label=Breadcrumbs] a')].map((link) =>
      link.getAttribute('href'),
    );
    if (address === '/') expect(crumbs).toEqual([]);
    else if (address === '/404.html') expect(crumbs).toEqual(['/']);
    else {
      expect(crumbs[0]).toBe('/');
      expect(crumbs.at(-1)).toBe(address.replace(/page\/\d+\/$/, ''));
    }
  });

  test('asks no other host for anything', () => {
    const asked = [
      ...document.querySelectorAll('[src], [srcset], link[rel=stylesheet], link[rel=icon], link[rel=preload]'),
    ]
      .filter(({ localName }) => !['audio', 'video', 'source'].includes(localName))
      .flatMap((element) => ['src', 'srcset', 'href'].flatMap((name) => element.getAttribute(name) ?? []));
    expect(asked.filter((url) => /^(https?:)?\/\//.test(url))).toEqual([]);
  });
});

test('an episode shows what its author says beside the text', () => {
  const address = '/episodes/the-foghorn-is-not-a-strategy/';
  const document = page(address);
  const shown = document.querySelector('main')?.textContent ?? '';
  for (const words of [
    'Or how to greet six hundred strangers at once',
    'Keeper of the graphs',
    'krill, greenhouses',
    'Horns for those who want to be heard once.',
    'The graphs, on film',
  ])
    expect(shown).toContain(words);
  expect(document.querySelector('a[rel~=sponsored]')?.getAttribute('href')).toBe('https://klaxon.example.com/');
  const moment = document.querySelector('.prose a[data-moment]');
  expect([moment?.getAttribute('href'), moment?.getAttribute('data-moment')]).toEqual([`${address}audio.mp3#t=1`, '1']);
});

test('a film in a text is asked for by nobody until it is played', () => {
  const films = [...page('/posts/words-for-fog/').querySelectorAll('.prose video')];
  expect(films.map((film) => [film.getAttribute('src'), film.getAttribute('preload')])).toEqual([
    ['https://films.example.com/five-flags.mp4', 'none'],
    ['/posts/words-for-fog/the%20beam.mp4', 'none'],
  ]);
});

test('titles are different on every page', () => {
  const titles = pages.map((address) => page(address).title);
  expect(titles.length).toBeGreaterThan(30);
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
});

test('every kind of page of the design is there', () => {
  expect(pages).toEqual(
    expect.arrayContaining([
      ...[
        '/',
        '/episodes/',
        '/episodes/page/2/',
        '/posts/',
        '/hosts/',
        '/whitepapers/',
        '/topics/',
        '/search/',
        '/404.html',
      ],
      ...[
        '/about/',
        '/privacy/',
        '/episodes/number-seven-is-inland/',
        '/posts/words-for-fog/',
        '/people/gus-barnacle/',
      ],
      ...['/whitepapers/the-well-lit-pipeline/', '/topics/foghorns/', '/topics/ships-and-leads/page/2/'],
      ...[
        '/episodes/season-1/',
        '/people/gus-barnacle/entries/',
        '/people/gus-barnacle/entries/page/2/',
        '/search/2024/',
      ],
    ]),
  );
});

test('drafts and entries dated in the future are nowhere in the built site', () => {
  const telling = files.filter((file) => /\.(html|xml|json|txt|js)$/.test(file));
  const hidden = ['The lighthouse that rents itself', 'The gull wants equity', 'the-newsletter-nobody-sent'];
  expect(
    telling.filter((file) => hidden.some((words) => text(file).toLowerCase().includes(words.toLowerCase()))),
  ).toEqual([]);
});

test('no whitepaper is among the files that anyone may fetch', () => {
  expect(files.filter((file) => /\.pdf$/i.test(file))).toEqual([]);
});

test('recordings, transcripts and chapters lie at addresses that stay', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      '/episodes/number-seven-is-inland/audio.mp3',
      '/episodes/the-quarterly-tide-review/video.mp4',
      '/episodes/pricing-by-the-candle/transcript.json',
      '/episodes/pricing-by-the-candle/chapters.json',
      '/posts/words-for-fog/the beam.mp4',
    ]),
  );
});
