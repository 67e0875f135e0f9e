import { describe, expect, test } from 'vitest';
import { documents, files, fixture, isHidden, page, pages, text } from './built-site.ts';
import { isFor, pageRules } from './page-rules.ts';

describe.each(documents)('%s', (address) => {
  const document = page(address);
  const rules = pageRules.filter((rule) => isFor(rule, fixture, address));

  test.each(rules)('$says', async ({ broken }) => {
    expect(await broken(fixture, address, document)).toEqual([]);
  });
});

test('search engines are to know all but lost links, answers to forms, lists of a listener and what partners are sent', () => {
  const isKept = (address: string) =>
    ['/404.html', '/listening/'].includes(address) || /^\/forms\/|^\/with\/[^/]+\/kit\/$/.test(address);
  expect(pages.filter(isHidden)).toEqual(pages.filter(isKept));
});

test('the language of every page is that of the series', () => {
  expect(new Set(pages.map((address) => page(address).documentElement.getAttribute('lang')))).toEqual(
    new Set(['en-GB']),
  );
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
