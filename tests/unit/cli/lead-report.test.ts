import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { funnelReport } from '#capture/owner/report.ts';
import type { FunnelTotal } from '#capture/store/store.ts';
import { reportText } from '../../../src/cli/lead-report.ts';

const total = (
  landing: string,
  fromEntry: string,
  view: number,
  submit = 0,
  confirm = 0,
  download = 0,
): FunnelTotal[] =>
  Object.entries({ view, submit, confirm, download }).map(([event, n]) => ({
    ...{ landing, fromEntry, n },
    event: event as FunnelTotal['event'],
  }));

const totals = [
  ...total('/whitepapers/one/', '', 1000, 50, 40, 44),
  ...total('/whitepapers/one/', 'episodes/e1', 200, 100, 50, 10),
  ...total('/newsletter/', 'episodes/e1', 0, 10, 5),
  ...total('/whitepapers/idle/', 'posts/p', 3),
];

test('as text it names forms and entries as readers know them', () => {
  const titles: Record<string, string> = { '/whitepapers/one/': 'The one paper', 'episodes/e1': 'The first file' };
  const text = reportText(funnelReport(totals), (of) => titles[of], { out: new PassThrough() });
  expect(text).toMatch(/^\/whitepapers\/one\/ +1,200 +150 +12\.5 % +90 +60\.0 % +54 +60\.0 % +The one paper$/m);
  expect(text).toMatch(/^\/newsletter\/ +0 +10 +– +5 +50\.0 % +– +–$/m);
  expect(text).toMatch(/^episodes\/e1 .* The first file$/m);
  expect(text).toMatch(/^no entry .* came by search/m);
  expect(text).toMatch(/^A rate is a share of the step before it\. A form beside an entry counts as seen/m);
  expect(text).toMatch(/^All +1,203/m);
});
