import { expect, test } from 'vitest';
import { momentsOf } from '#components/search/moments.ts';
import { ranking } from '#components/search/ranking.ts';
import type { Result } from '#components/search/search-index.ts';
import { useSite } from './site.ts';

/** What somebody asks, the page that they want first, and of words that are spoken the moments that hold them. */
const wanted: [query: string, page: string, ...moments: string[]][] = [
  // Words of titles.
  ['candle', '/episodes/pricing-by-the-candle/'],
  ['foghorn strategy', '/episodes/the-foghorn-is-not-a-strategy/'],
  ['tide review', '/episodes/the-quarterly-tide-review/'],
  ['discount', '/episodes/torchys-discount-beacons/'],
  ['handover rowed', '/episodes/the-handover-nobody-rowed/'],
  ['letter from the gull', '/episodes/a-letter-from-the-gull/'],
  ['qualified mist', '/posts/marketing-qualified-mist/'],
  ['words for fog', '/posts/words-for-fog/'],
  ['gull', '/episodes/a-letter-from-the-gull/'],
  ['brochures', '/episodes/one-beam-two-brochures/'],
  ['swapped jobs', '/posts/we-swapped-jobs-for-one-week/'],
  ['warm leads', '/posts/answer-within-one-tide/'],
  ['file 007', '/episodes/keeping-the-keepers/'],
  // People and organisations.
  ['petra plimsoll', '/people/petra-plimsoll/'],
  ['gus', '/people/gus-barnacle/'],
  ['bram kelp', '/people/bram-kelp/'],
  ['captain fathom', '/people/odile-fathom/'],
  ['guild of keepers', '/people/guild-of-part-time-keepers/'],
  // Topics, pages and whitepapers.
  ['pricing', '/topics/pricing/'],
  ['customer advocacy', '/topics/advocacy/'],
  ['forecasting', '/topics/forecasting/'],
  ['meetings', '/topics/meetings/'],
  ['handovers', '/topics/handovers/'],
  ['foghorns', '/topics/foghorns/'],
  ['privacy', '/privacy/'],
  ['subscribe', '/subscribe/'],
  ['well-lit pipeline', '/whitepapers/the-well-lit-pipeline/'],
  ['decibels', '/whitepapers/a-short-guide-to-long-foghorns/'],
  // Words of texts.
  ['biscuit', '/episodes/forecast-fog-later/'],
  ['goat', '/episodes/pricing-by-the-candle/'],
  ['harp', '/episodes/one-beam-two-brochures/'],
  ['logo', '/episodes/a-letter-from-the-gull/'],
  // Words that are spoken; several stand together in one paragraph.
  ['cabbage field', '/episodes/number-seven-is-inland/', 't-0'],
  ['cow', '/episodes/what-counts-as-a-ship/', 'chapter-3', 't-3', 't-7'],
  ['solicitor', '/episodes/the-contract-read-aloud/', 't-12'],
  ['whales', '/episodes/the-foghorn-is-not-a-strategy/', 't-5'],
  ['bottle balcony', '/episodes/the-handover-nobody-rowed/', 't-3'],
  ['waves gulls colleagues', '/episodes/number-seven-is-inland/', 't-29'],
  ['booked until march', '/episodes/number-seven-is-inland/', 't-36'],
  ['filled in the form', '/episodes/what-counts-as-a-ship/', 't-7'],
  ['agreed on the kettle', '/episodes/welcome-to-the-rock/', 't-10'],
  // Other forms of spoken words.
  ['honking', '/episodes/the-foghorn-is-not-a-strategy/', 't-11'],
  ['pockets asked', '/episodes/pricing-by-the-candle/', 't-4'],
  ['whispering', '/episodes/the-foghorn-is-not-a-strategy/', 't-11'],
  // Phrases.
  ['"so first we whisper"', '/episodes/the-foghorn-is-not-a-strategy/', 't-11'],
  ['"there was another window"', '/episodes/the-handover-nobody-rowed/', 't-8'],
  // Titles of chapters.
  ['matter of the cow', '/episodes/what-counts-as-a-ship/', 'chapter-3'],
  ['upside-down map', '/episodes/number-seven-is-inland/', 'chapter-8', 't-9'],
  ['the other window', '/episodes/the-handover-nobody-rowed/', 'chapter-3', 't-5', 't-8'],
];

/** How many of them come first, at least; a change that makes one better may not make others worse. */
const first = 0.95;

const visit = useSite();

test('what readers look for comes first', async () => {
  const results = await answers();
  const places = wanted.map(([query, page, ...moments], i) => {
    const place = results[i]?.findIndex(({ url }) => url === page) ?? -1;
    const moment = results[i]?.[place]?.moments[0];
    const isRight = moments.length === 0 || (moment !== undefined && moments.includes(moment));
    return { query, place, moment, isRight };
  });
  const among = (most: number) => places.filter(({ place, isRight }) => place >= 0 && place < most && isRight).length;
  const reciprocal = places.reduce((sum, { place, isRight }) => sum + (place < 0 || !isRight ? 0 : 1 / (place + 1)), 0);
  const rank = (reciprocal / places.length).toFixed(3);
  console.log(`${among(1)} of ${places.length} first, ${among(3)} in the first three, mean reciprocal rank ${rank}`);
  for (const [i, { query, place, moment, isRight }] of places.entries())
    if (place !== 0 || !isRight)
      console.log(
        `  ${query}: ${place < 0 ? 'not found' : `place ${place + 1}`}, ${moment ?? 'no moment'}; first ${results[i]?.[0]?.url}`,
      );
  expect(among(1) / places.length).toBeGreaterThanOrEqual(first);
});

/** The first results of each query, in their order, with the moments that the search shows of them. */
async function answers(): Promise<{ url: string; moments: string[] }[][]> {
  const page = await visit();
  await page.goto('/about/');
  // As text: an `import()` of the test's own would be taken for one of Node's.
  const found = await page.evaluate<Result[][]>(`(async () => {
    const { createInstance } = await import('/pagefind/pagefind.js');
    const index = createInstance(${JSON.stringify({ noWorker: true, ranking })});
    const answers = [];
    for (const query of ${JSON.stringify(wanted.map(([query]) => query))}) {
      const { results } = await index.search(query);
      const found = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      // Pagefind hands out the same objects again for the next query.
      answers.push(structuredClone(found));
    }
    return answers;
  })()`);
  return found.map((answer) =>
    answer.map(({ url, sub_results }) => ({
      url,
      moments: momentsOf(sub_results).map((moment) => moment.url.split('#')[1] ?? ''),
    })),
  );
}
