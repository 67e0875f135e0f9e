import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { findBrowser, launchBrowser } from '../../e2e/browser.ts';
import { serveFixture } from '../../e2e/site.ts';
import { fixtureOutput } from '../../fixture-site.ts';
import { median } from '../build/table.ts';
import { buildFixture } from '../fixture.ts';
import { benchOptions, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { buildRival } from './rival.ts';
import { serveFolder } from './static-server.ts';
import { type Visit, visitFirst } from './visit.ts';

/**
 * What the first visit to a page costs a reader with a bad phone on a bad line, beside a post of Eleventy's.
 *
 *   npm run bench:page -- --help
 */
const options = benchOptions({
  name: 'bench:page',
  summary: "measures the first visit to pages of the fixture series, beside a post of Eleventy's",
  options: {
    runs: { value: 'n', description: 'how often each page is visited; the medians count: 5' },
    ...printOnly,
  },
  examples: ['npm run bench:page', 'npm run bench:page -- --runs 1 --print-only'],
});
const runs = countOf('--runs', options.runs, 5);
const kilobyte = 1024;
const post = '/posts/answer-within-one-tide/';
/** Kilobytes and requests without its own pictures, and the largest paint as a multiple of the rival's, at most. */
const pages = [
  { title: 'a post', path: post, most: { bytes: 45, requests: 5, paint: 1.3 } },
  { title: 'home', path: '/', most: { bytes: 45, requests: 5 } },
  { title: 'a person', path: '/people/petra-plimsoll/', most: { bytes: 45, requests: 5 } },
  { title: 'a whitepaper', path: '/whitepapers/the-well-lit-pipeline/', most: { bytes: 45, requests: 5 } },
  { title: 'an episode', path: '/episodes/number-seven-is-inland/', most: { bytes: 60, requests: 7, paint: 1.6 } },
  { title: 'an embedded player', path: '/episodes/number-seven-is-inland/embed/', most: { bytes: 60, requests: 7 } },
] as const;

const report = openReport('bench:page', options);
await buildFixture();
const { document } = parseHTML(await readFile(join(fixtureOutput, 'client', post, 'index.html'), 'utf8'));
const rival = await buildRival(document.querySelector('.prose')?.innerHTML ?? '');
const other = typeof rival === 'string' ? undefined : await serveFolder(rival.folder);
const site = await serveFixture();
const browser = await launchBrowser(await findBrowser());

const subjects = [
  ...(typeof rival === 'string' || !other
    ? []
    : [{ title: `a post, ${rival.title}`, address: other.origin + rival.path }]),
  ...pages.map(({ title, path }) => ({ title, address: site.origin + path })),
];
const visits = new Map<string, Visit[]>(subjects.map(({ title }) => [title, []]));
for (let run = 0; run < runs; run += 1)
  for (const { title, address } of subjects) {
    console.error(`${title} …`);
    visits.get(title)?.push(await visitFirst(browser, address));
  }
await Promise.all([browser.close(), site.stop()]);
other?.close();

const of = (title: string, fact: (visit: Visit) => number) => median((visits.get(title) ?? []).map(fact));
const reference = typeof rival === 'string' ? NaN : of(`a post, ${rival.title}`, ({ largestPaint }) => largestPaint);
const rows = subjects.map(({ title }) => [
  title,
  (of(title, ({ bytes }) => bytes) / kilobyte).toFixed(1),
  String(of(title, ({ requests }) => requests)),
  (of(title, ({ pictures }) => pictures) / kilobyte).toFixed(1),
  of(title, ({ firstPaint }) => firstPaint).toFixed(0),
  of(title, ({ largestPaint }) => largestPaint).toFixed(0),
  `${(of(title, ({ largestPaint }) => largestPaint) / reference).toFixed(2)} x`,
  of(title, ({ blocked }) => blocked).toFixed(0),
  of(title, ({ layoutShift }) => layoutShift).toFixed(3),
]);
const missed = pages.flatMap(({ title, most }) => {
  const others = visits.get(title)?.flatMap(({ others }) => others) ?? [];
  return [
    of(title, ({ bytes }) => bytes) > most.bytes * kilobyte && `${title}: more than ${most.bytes} KB`,
    of(title, ({ requests }) => requests) > most.requests && `${title}: more than ${most.requests} requests`,
    'paint' in most &&
      of(title, ({ largestPaint }) => largestPaint) > most.paint * reference &&
      `${title}: the largest paint later than ${most.paint} x`,
    of(title, ({ layoutShift }) => layoutShift) > 0.0005 && `${title}: the layout shifts`,
    of(title, ({ blocked }) => blocked) >= 50 && `${title}: blocked for 50 ms or more`,
    others.length > 0 && `${title}: asks ${[...new Set(others)].join(', ')}`,
  ].filter((each) => each !== false);
});
const head = [
  'page',
  'KB',
  'requests',
  'KB of pictures',
  'first paint, ms',
  'largest, ms',
  'of the rival’s',
  'blocked, ms',
  'shift',
];
const table = [head, ['---', ...head.slice(1).map(() => '--:')], ...rows]
  .map((cells) => `| ${cells.join(' | ')} |`)
  .join('\n');
const text = `The first visit, of ${runs} the median: a phone of 412 pixels, its processor slowed down four times, over Lighthouse's slow 4G
(an answer waits for 562.5 ms, 1.5 Mbit/s). Kilobytes are of 1,024 bytes over the wire, headers too, and without pictures.

${typeof rival === 'string' ? `Eleventy was not measured: ${rival}.` : 'The rival has the same text, its styles in its HTML, and the typefaces of the system.'}

${table}

Targets: ${missed.length === 0 ? 'met' : `MISSED: ${missed.join('; ')}`}.`;
report.print(text);
await report.save(text);
process.exit(missed.length === 0 ? 0 : 1);
