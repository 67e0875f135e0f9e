import type { SearchFilters } from '#catalog/records.ts';
import { clock } from '#site/length.ts';
import type { ShownMeta } from '#search/built-page.ts';
import { randomly } from './random.ts';
import { writers } from './writer.ts';

/** An entry of a made-up series. */
export interface Entry {
  url: string;
  meta: ShownMeta;
  filters: SearchFilters;
  /** Under a heading each. */
  sections: { heading: string; paragraphs: string[] }[];
  chapters: { start: number; title: string }[];
  transcript: { start: number; speaker: string; text: string }[];
}

export const topics = 'Handovers,Pricing,Forecasting,Meetings,Customer advocacy,One message,Outreach,Qualified leads,\
Onboarding,Renewals,Attribution,Events,Content,Objections,Competitors,Referrals,Hiring,Culture,Automation,Research'.split(
  ',',
);

export const people =
  'Ada Drizzle,Otto Brolly,Petra Plimsoll,Gus Barnacle,Bram Kelp,Odile Fathom,Nora Quill,Hugo Lantern,\
Ines Marlow,Felix Tarn,Maud Penrose,Elias Thorne,Greta Holm,Jonah Reed,Clara Voss,Dario Finch,Lena Ashby,Theo Marsh,\
Ruth Calder,Simon Peake'.split(',');

/**
 * `count` entries, the same at every run: half are episodes of about 30 spoken paragraphs of about 40 words, with
 * chapters and short notes; half are posts of about 700 words.
 */
export function* entries(count: number): Generator<Entry> {
  const random = randomly(7);
  const { some, sentence, text, title } = writers()(random);

  for (let number = 1; number <= count; number++) {
    const isEpisode = number % 2 === 1;
    const named = title(4 + Math.floor(random() * 3));
    const slug = `${named.toLowerCase().replaceAll(' ', '-')}-${number}`;
    const day = new Date(Date.UTC(2012, 0, 1) + (number / count) * 14 * 365 * 86_400_000);
    const person = some(people, isEpisode ? 2 : 1, isEpisode ? 3 : 1);
    const starts = Array.from({ length: isEpisode ? 24 + Math.floor(random() * 13) : 0 }, (_, i) => i * 16);
    const minutes = 5 + Math.floor(random() * 70);
    yield {
      url: isEpisode ? `/episodes/${slug}/` : `/posts/${slug}/`,
      meta: {
        title: named,
        summary: text(22),
        kind: isEpisode ? 'Episode' : 'Post',
        ...(isEpisode && { label: `File ${String(number).padStart(3, '0')}` }),
        date: day.toISOString(),
        shown_date: new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(day),
        image: `/_astro/cover.${Math.floor(random() * 2 ** 40).toString(36)}_${Math.floor(random() * 2 ** 30).toString(36)}.webp`,
        image_alt: sentence(),
      },
      filters: {
        kind: [isEpisode ? 'Episode' : 'Post'],
        topic: some(topics, 1, 3),
        person,
        side: some(['Marketing', 'Sales'], 1, 2).toSorted(),
        year: [String(day.getUTCFullYear())],
        length: [minutes < 10 ? 'Under 10 minutes' : minutes <= 30 ? '10 to 30 minutes' : '30 to 60 minutes'],
        ...(isEpisode && { season: [String(1 + Math.floor((number / count) * 14))], has: ['Transcript'] }),
      },
      sections: Array.from({ length: isEpisode ? 1 : 4 }, () => ({
        heading: title(3),
        paragraphs: Array.from({ length: isEpisode ? 2 : 3 }, () => text(54)),
      })),
      chapters: starts.filter((_, i) => i % 6 === 0).map((start) => ({ start, title: title(3) })),
      transcript: starts.map((start, i) => ({ start, speaker: person[i % person.length] ?? '', text: text(36) })),
    };
  }
}

/** What the site calls a moment among the results. */
export const momentTitle = ({ start, speaker }: Entry['transcript'][number]): string => `${clock(start)} · ${speaker}`;
