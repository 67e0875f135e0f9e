import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { routes } from '#server/routes.ts';
import { servedRoutes, servedSegments } from '#site/routes.ts';

/** The pages that are made when they are asked for: all others are files of the built site. */
const onDemand = globSync('src/pages/**/*.{astro,ts}')
  .filter((file) => /^export const prerender = false;$/m.test(readFileSync(file, 'utf8')))
  .map((file) => `/${file.replaceAll('\\', '/').replace(/^src\/pages\/|(\/?index)?\.\w+$/g, '')}/`)
  // A file that is made, such as leads.csv, has no slash at its end.
  .map((path) => path.replace(/(\.\w+)\/$/, '$1'));

test('the pages that are made on demand are those that the site names, and the server leads to each', () => {
  const pages = servedRoutes.filter(({ by }) => by === 'page').map(({ path }) => path);
  expect(onDemand.toSorted()).toEqual(pages.toSorted());
  expect([...routes.keys()].toSorted()).toEqual(servedRoutes.map(({ path }) => path).toSorted());
});

test('no page or alias can take the place of what the server answers', () => {
  expect(servedSegments).toEqual([
    ...[
      'forms',
      'confirm',
      'download',
      'unsubscribe',
      'erase',
      'preferences',
      'comment',
      'question',
      'replies',
      'partner-report',
      'hooks',
      'newsletter',
      'decision',
      'desk',
      'healthz',
      'readyz',
    ],
  ]);
});
