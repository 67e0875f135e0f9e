import { readFileSync } from 'node:fs';
import type { Site } from '#site/contract.ts';
import { paletteOf } from '#site/palette.ts';
import { defaultRetention } from '#site/retention.ts';

/** What a build says of a small series. */
export const site: Site = {
  url: 'https://d-files.example/',
  title: 'The D-Files',
  tagline: 'Two hosts take a goal that both share and work backward from it.',
  language: 'en-US',
  owner: { name: 'The D-Files', postalAddress: '12 Example Street\nFog & Harbour, NY 00000' },
  whitepapers: [
    {
      slug: 'keeping-the-keepers',
      title: 'Keeping the Keepers: A Lighthouse Reader',
      promise: 'Nine lamps that never went out',
      url: '/whitepapers/keeping-the-keepers/',
      file: 'gated/keeping-the-keepers.pdf',
      filename: 'keeping-the-keepers.pdf',
      bytes: 231_400,
      pages: 8,
    },
  ],
  entries: [
    {
      id: 'posts/fog',
      kind: 'post',
      slug: 'fog',
      title: 'Fog, and what to do in it',
      summary: 'Slow down, and sound the horn.',
      url: '/posts/fog/',
      publishedAt: '2026-10-01T00:00:00.000Z',
      shownDate: 'October 1, 2026',
      length: '4 min read',
      people: [],
    },
    {
      id: 'episodes/lamp',
      kind: 'episode',
      slug: 'lamp',
      label: 'File 001',
      title: 'Who lights the lamp <at night> & why',
      summary: 'Everyone is for the light, and nobody has the matches.',
      url: '/episodes/lamp/',
      publishedAt: '2026-11-22T00:00:00.000Z',
      shownDate: 'November 22, 2026',
      length: '42 min',
      people: ['Ada Lamp', 'Ben Horn', 'Cy Buoy'],
      sharedGoal: 'Ships that arrive.',
      marketingView: 'A light that is seen from afar.',
      salesView: 'A harbour that is worth the trip.',
    },
  ],
  redirects: [],
  hosts: [
    { slug: 'ada-lamp', name: 'Ada Lamp', side: 'marketing' },
    { slug: 'ben-horn', name: 'Ben Horn', side: 'sales' },
  ],
  retention: defaultRetention,
  palette: paletteOf(readFileSync('src/styles/tokens.css', 'utf8')),
  consent: {
    whitepaper: { id: 'a'.repeat(64), locale: 'en-US', body: 'We keep your address to send you the paper.' },
    newsletter: { id: 'b'.repeat(64), locale: 'en-US', body: 'E-mail me when there is something new.' },
  },
};
