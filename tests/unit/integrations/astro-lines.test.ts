import type { AstroLoggerMessage } from 'astro';
import { beforeEach, describe, expect, test } from 'vitest';
import { AstroLines } from '#integrations/astro-lines.ts';

let shown: string[];
let lines: AstroLines;
let now: number;
beforeEach(() => {
  shown = [];
  now = 0;
  const write = ({ level, label, message }: AstroLoggerMessage) =>
    void shown.push(`${level === 'info' ? '' : `${level}: `}${label ? `[${label}] ` : ''}${message}`);
  lines = new AstroLines({ write }, () => now);
});

type Said = Partial<AstroLoggerMessage> & { message: string };
const say = (event: Said) => lines.write({ level: 'info', label: null, newLine: true, ...event });

/** What Astro says of a path that it renders. */
function path(address: string, { meanwhile, note = '' }: { meanwhile?: Said; note?: string } = {}): void {
  say({ message: `  ├─ ${address}`, newLine: false });
  if (meanwhile) say(meanwhile);
  say({ label: 'SKIP_FORMAT', message: ` (+5ms) ${note}` });
}

/** What Astro says of a picture. */
const picture = (number: number, count: number, made = '(before: 49kB, after: 18kB)') =>
  say({ message: `  ▶ /_astro/cover.${number}.webp ${made} (+20ms) (${number}/${count})` });
const reused = '(reused cache entry)';

describe('paths', () => {
  test('have a line each where they are few', () => {
    lines.expectPaths(100);
    path('/about/index.html');
    path('/rss.xml');
    expect(shown).toEqual(['  ├─ /about/index.html (+5ms)', '  ├─ /rss.xml (+5ms)']);
  });

  test('have none where they are many, but for those of which there is nothing to write', () => {
    lines.expectPaths(101);
    path('/about/index.html');
    path('/feed.xml', { note: '(file not created, response body was empty)' });
    expect(shown).toEqual(['  ├─ /feed.xml (+5ms) (file not created, response body was empty)']);
  });

  test.each(['warn', 'error'] as const)('hide no %s, which is on a line of its own', (level) => {
    lines.expectPaths(5000);
    path('/about/index.html', { meanwhile: { level, label: 'build', message: 'The Moon is full' } });
    expect(shown).toEqual([`${level}: [build] The Moon is full`]);
  });
});

describe('pictures', () => {
  test('have a line each where they are few and new; those that there were are counted', () => {
    picture(1, 3, reused);
    picture(2, 3);
    picture(3, 3, '(revalidated cache entry)');
    expect(shown).toEqual([
      '  ▶ /_astro/cover.2.webp (before: 49kB, after: 18kB) (+20ms) (2/3)',
      '[assets] Made 1 of 3 pictures; 2 are as they were',
    ]);
  });

  test('are counted where they are many', () => {
    for (let number = 1; number <= 120; number += 1) {
      picture(number, 120, number > 118 ? reused : undefined);
      now += 50;
    }
    expect(shown).toEqual([
      '[assets] Made 61 of 120 pictures',
      '[assets] Made 118 of 120 pictures; 2 are as they were',
    ]);
  });
});

test('all else goes through as it is', () => {
  lines.expectPaths(5000);
  say({ label: 'vite', message: '✓ built in 1.18s' });
  say({ label: 'SKIP_FORMAT', message: '\n prerendering static routes ' });
  say({ message: '  ▶ without a count' });
  expect(shown).toEqual([
    '[vite] ✓ built in 1.18s',
    '[SKIP_FORMAT] \n prerendering static routes ',
    '  ▶ without a count',
  ]);
});
