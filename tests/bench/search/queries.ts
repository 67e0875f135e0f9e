import { entries } from './entries.ts';

/** Twenty questions to a site of `count` entries: words from common to rare, pairs, names, topics and titles. */
export function queries(count: number): string[] {
  const [first] = entries(count);
  const title = first?.meta.title.split(' ') ?? [];
  const chapter = first?.chapters[0]?.title ?? '';
  return [
    ...['pricing', 'handover', 'forecast', 'customer', 'procurement', 'voicemail', 'attribution', 'people'],
    ...['qualified leads', 'customer advocacy', 'sales meeting', 'weekly report', 'shared goals', 'pricing objections'],
    ...['Ada Drizzle', 'Odile Fathom', 'testimonials'],
    ...[title.slice(0, 2).join(' '), title.join(' '), chapter],
  ];
}
