import { expect, test } from 'vitest';
import { inOrder, momentsOf } from '#components/search/moments.ts';

const section = (anchor: string, title: string, score: number) => ({
  url: `/episodes/fog/${anchor}`,
  title,
  excerpt: '',
  weighted_locations: [{ balanced_score: score }],
});

test('moments are what has a second, the best first; in order, they follow the recording', () => {
  const moments = momentsOf([
    section('', 'Fog', 9),
    section('#t-95', '1:35 · Ada', 1),
    section('#section-goal', 'The goal', 8),
    section('#chapter-12.5', 'What happened', 3),
    section('#t-200', '3:20', 2),
  ]);
  expect(moments.map(({ time, title, url }) => [time, title, url])).toEqual([
    ['0:12', 'What happened', '/episodes/fog/?t=12.5#chapter-12.5'],
    ['3:20', '', '/episodes/fog/?t=200#t-200'],
    ['1:35', 'Ada', '/episodes/fog/?t=95#t-95'],
  ]);
  expect(inOrder(moments).map(({ seconds }) => seconds)).toEqual([12.5, 95, 200]);
});
