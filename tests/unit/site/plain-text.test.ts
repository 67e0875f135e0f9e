import { describe, expect, test } from 'vitest';
import { paragraphsOf } from '#site/plain-text.ts';

const linksIn = (text: string) =>
  paragraphsOf(text)
    .flat(2)
    .flatMap(({ url }) => url ?? []);
const wordsOf = (text: string) => paragraphsOf(text).map((lines) => lines.map((line) => line.map(({ text }) => text)));

describe('a text without markup', () => {
  test('has a paragraph for each empty line, and keeps the lines of each', () => {
    expect(wordsOf('One\ntwo\n\n \nthree\n')).toEqual([[['One'], ['two']], [['three']]]);
    expect(paragraphsOf(' \n\n ')).toEqual([]);
  });

  test('leads to the pages that it names, and to nothing else', () => {
    expect(paragraphsOf('See https://slates.example/by-the-jetty/ or http://x.example:8080/?a=1#b.')).toEqual([
      [
        [
          { text: 'See ' },
          { text: 'slates.example/by-the-jetty', url: 'https://slates.example/by-the-jetty/' },
          { text: ' or ' },
          { text: 'x.example:8080/?a=1#b', url: 'http://x.example:8080/?a=1#b' },
          { text: '.' },
        ],
      ],
    ]);
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'www.x.example',
      'a@x.example',
      'xhttps://x.example',
    ])
      expect(linksIn(text)).toEqual([]);
  });

  test.for([
    ['(https://x.example/a)', 'https://x.example/a'],
    ['https://x.example/a_(b)', 'https://x.example/a_(b)'],
    ['(https://x.example/a_(b))', 'https://x.example/a_(b)'],
    ['https://x.example/a?!…', 'https://x.example/a'],
    ['„https://x.example/a“, “https://x.example/a”', 'https://x.example/a'],
    ['https://x.example。', 'https://x.example/'],
    ['<https://x.example/a>', 'https://x.example/a'],
  ] as const)('ends the address in %s where a reader does', ([text, url]) => {
    expect(new Set(linksIn(text))).toEqual(new Set([url]));
  });

  test('leads to no page by an address that reads as another one', () => {
    expect(linksIn('https://bank.example@evil.example/ https://a:b@evil.example')).toEqual([]);
    expect(wordsOf('https://bänk.example')).toEqual([[['xn--bnk-qla.example']]]);
  });

  test('shows an address that cannot be read as words', () => {
    expect(wordsOf('http://[::1 https://')).toEqual([[['http://[::1 https://']]]);
  });
});
