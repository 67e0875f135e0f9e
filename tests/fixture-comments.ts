import { rm } from 'node:fs/promises';
import { openStore } from '#capture/compose.ts';
import { commentRow, insertRows } from './capture/rows.ts';

/** The folder of the store that the fixture series is built with. */
export const fixtureStore = 'node_modules/.cache/fixture-store';

/** Makes the store of the fixture series anew: what readers said of two of its entries. */
export async function keepFixtureComments(): Promise<void> {
  await rm(fixtureStore, { recursive: true, force: true });
  const store = await openStore({ database: { kind: 'sqlite', file: `${fixtureStore}/d-files.db` } });
  try {
    await store.migrate();
    await insertRows(store, 'comment', rows);
  } finally {
    await store.close();
  }
}

const idOf = (n: number) => `018e3000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const said = (
  n: number,
  name: string,
  at: string,
  body: string,
  more: Partial<Parameters<typeof commentRow>[0]> = {},
) => {
  const moment = Date.parse(at);
  return commentRow({
    ...{ id: idOf(n), entry: 'episodes/the-handover-nobody-rowed', name, body, state: 'approved', published: n },
    ...{ at: moment, confirmedAt: moment, changedAt: moment, decidedAt: moment, decidedBy: 'owner' },
    ...more,
  });
};
const replyTo = (n: number) => ({ parentId: idOf(n), answersId: idOf(n) });

const rows = [
  said(
    1,
    'Dora Skerry',
    '2024-03-13T09:10:00Z',
    'This is the point at which our enquiry fell in the water. I had asked on a Monday. The answer came with the swallows.',
    { moment: 10 },
  ),
  said(2, 'Gus Barnacle', '2024-03-13T11:52:00Z', 'Guilty. I thought that the boat was Petra’s, and so did the boat.', {
    ...replyTo(1),
    person: 'gus-barnacle',
    source: 'host',
  }),
  said(3, 'Petra Plimsoll', '2024-03-13T14:05:00Z', 'For the minutes: it was my boat. There was no oar in the brief.', {
    ...replyTo(1),
    person: 'petra-plimsoll',
    source: 'host',
  }),
  said(
    4,
    'Ned <b>Halyard</b>',
    '2024-03-15T20:31:00Z',
    'We keep a slate by the jetty: https://slates.example/by-the-jetty\n\nIt is rubbed out each evening,\nwhich we now see is the flaw. <script>alert(1)</script> javascript:alert(1)',
  ),
  said(5, '', '2024-03-16T08:00:00Z', '', { state: 'deleted' }),
  said(6, 'أحمد', '2024-03-17T20:31:00Z', 'من يجدف إذن؟', replyTo(5)),
  said(7, 'Nobody yet', '2024-03-18T20:31:00Z', 'This one waits.', { state: 'pending', published: null }),
  said(8, 'A keeper of Number Two', '2024-11-20T06:44:00Z', 'We say “mist”. It is shorter.', {
    entry: 'posts/words-for-fog',
  }),
];
