import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { barPlot, heatMap, stepPlot, weekPlot } from '#components/desk/plots.ts';

const parsed = (svg: string) => {
  const plot = parseHTML(`<!doctype html><html><body>${svg}</body></html>`).document.querySelector('svg');
  if (!plot) throw new Error('There is no plot.');
  return plot;
};
const texts = (plot: Element) => [...plot.querySelectorAll('text')].map((text) => text.textContent);
const widths = (plot: Element, kind: string) =>
  [...plot.querySelectorAll(`.${kind} rect`)].map((bar) => Number(bar.getAttribute('width')));

describe('a plot', () => {
  it('is an image with a name, and brings no styles, which the policy of pages forbids', async () => {
    const svg = await barPlot([{ label: 'Posts', value: '12', length: 12 }], 'Leads by “source” & "more" <b>');
    const plot = parsed(svg);
    expect(plot.getAttribute('role')).toBe('img');
    expect(plot.getAttribute('aria-label')).toBe('Leads by “source” & "more" <b>');
    expect(svg).not.toMatch(/<style|style=|<script|https?:(?!\/\/www\.w3\.org)/);
  });

  it('shows what somebody named an entry as text', async () => {
    const svg = await barPlot([{ label: '</svg><script>x', value: '<1', length: 1 }], 'x');
    expect(svg).not.toContain('<script');
    expect(texts(parsed(svg))).toEqual(['</svg><script>x', '<1']);
  });
});

describe('bars', () => {
  it('are as long as their numbers, the longest as wide as the plot', async () => {
    const bars = [60, 30, 0].map((length) => ({ label: `${length}`, value: `${length}`, length }));
    expect(widths(parsed(await barPlot(bars, 'x')), 'plot-bar')).toEqual([279, 139.5, 0]);
  });

  it('leave room for the range of their true ends', async () => {
    const plot = parsed(await barPlot([{ label: 'a', value: '5', length: 5, range: { low: 2, high: 10 } }], 'x'));
    expect(widths(plot, 'plot-bar')).toEqual([139.5]);
    expect(plot.querySelector('.plot-range path')?.getAttribute('d')).toBe('M55.8,34L279,34');
  });

  it('of nothing are none, and break nothing', async () => {
    expect(widths(parsed(await barPlot([{ label: 'a', value: '0', length: 0 }], 'x')), 'plot-bar')).toEqual([0]);
    expect(texts(parsed(await barPlot([], 'x')))).toEqual([]);
  });

  it('shorten what would run into the number', async () => {
    const [label = ''] = texts(parsed(await barPlot([{ label: 'x'.repeat(80), value: '12', length: 1 }], 'x')));
    expect(label).toMatch(/^x{20,33}…$/);
  });
});

it('steps have a bar of its own kind for each of up to three series, told apart without colour', async () => {
  const steps = [{ label: 'Submit', kept: '11 %', values: [212, 88, 5] }];
  const plot = parsed(await stepPlot(['One', 'Two', 'Three'], steps, 'x'));
  for (const kind of ['plot-bar', 'plot-outline', 'plot-grey']) expect(widths(plot, kind)).toHaveLength(2);
  expect(texts(plot)).toEqual(expect.arrayContaining(['One', 'Two', 'Three', 'Submit', '11 %', '212 | 88 | 5']));
});

it('a heat map frames what is over the target, and does not draw what has too little in it', async () => {
  const cells = [
    { text: '·', shade: undefined, isOver: false },
    { text: '1:10', shade: 0 as const, isOver: false },
    { text: '38 h', shade: 4 as const, isOver: true },
  ];
  const plot = parsed(await heatMap({ columns: ['0–4', '4–8', '8–12'], rows: [{ name: 'Mon', cells }] }, 'x'));
  expect(plot.querySelectorAll('.plot-few rect')).toHaveLength(1);
  expect(plot.querySelectorAll('.plot-over rect')).toHaveLength(1);
  expect(plot.querySelector('.plot-on-ink')?.textContent).toBe('38 h');
});

it('weeks have a column each, the won part full, and names that do not touch', async () => {
  const weeks = Array.from({ length: 52 }, (_, n) => ({ label: `${n} Sept`, n: n % 5, won: n === 4 ? 1 : 0 }));
  const plot = parsed(await weekPlot(weeks, 'x'));
  expect(widths(plot, 'plot-grey')).toHaveLength(weeks.filter(({ n }) => n > 0).length);
  expect(widths(plot, 'plot-bar')).toHaveLength(1);
  expect(texts(plot).filter((text) => text?.includes('Sept'))).toHaveLength(4);
});
