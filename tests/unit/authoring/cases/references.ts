import type { Case } from '../content-folder.ts';

const cloud = 'episodes/rain-is-a-lead/index.mdx';
const post = 'posts/the-dry-pipeline/index.mdx';

/** Names, slugs and links that lead to nothing. */
export const references: Record<string, Case> = {
  'unknown-person': {
    says: 'an unknown person is told with the nearest name and the corrected line',
    problems: [
      {
        what: 'Unknown person "oto-brolly"',
        file: cloud,
        line: 10,
        field: 'hosts[1]',
        nearest: 'otto-brolly',
        paste: '  - otto-brolly',
      },
    ],
  },
  'name-for-a-slug': {
    says: 'a name where a slug is wanted is told with the slug of that person',
    problems: [
      {
        what: '"authors[0]" must be the slug of one of the people, not text ("Ada Drizzle")',
        file: post,
        line: 8,
        field: 'authors[0]',
        nearest: 'ada-drizzle',
        paste: '  - ada-drizzle',
      },
    ],
  },
  'unknown-topic': {
    says: 'an unknown topic is told with the nearest',
    problems: [
      {
        what: 'Unknown topic "rain-forecast"',
        file: post,
        line: 6,
        field: 'topics[0]',
        nearest: 'rain-forecasts',
        paste: '  - rain-forecasts',
      },
    ],
  },
  'unknown-whitepaper': {
    says: 'an unknown whitepaper is told with the nearest',
    problems: [
      {
        what: 'Unknown whitepaper "the-dump-funnel"',
        file: cloud,
        line: 17,
        field: 'whitepaper',
        nearest: 'the-damp-funnel',
        paste: 'whitepaper: the-damp-funnel',
      },
    ],
  },
  'partner-unknown-names': {
    says: 'a topic and a whitepaper of a partner that are unknown are told with the nearest',
    problems: [
      {
        what: 'Unknown topic "rain-forecast"',
        file: 'partners/the-tin-roof/index.mdx',
        line: 9,
        field: 'topics[0]',
        nearest: 'rain-forecasts',
        paste: '  - rain-forecasts',
      },
      {
        what: 'Unknown whitepaper "the-dump-funnel"',
        file: 'partners/the-tin-roof/index.mdx',
        line: 10,
        field: 'whitepaper',
        nearest: 'the-damp-funnel',
        paste: 'whitepaper: the-damp-funnel',
      },
    ],
  },
  'unknown-entry': {
    says: 'an unknown related entry is told with the nearest',
    problems: [
      {
        what: 'Unknown post "posts/the-dry-pipelines"',
        file: cloud,
        line: 19,
        field: 'related[0]',
        nearest: 'posts/the-dry-pipeline',
        paste: '  - posts/the-dry-pipeline',
      },
    ],
  },
  'draft-as-reference': {
    says: 'a related entry that is a draft is told as such',
    problems: [
      {
        what: 'The post "posts/the-wet-pipeline" is not published yet (a draft, or dated in the future)',
        file: cloud,
        line: 19,
        field: 'related[0]',
        nearest: 'posts/the-dry-pipeline',
        paste: '  - posts/the-dry-pipeline',
      },
    ],
  },
  'unknown-host-in-show': {
    says: 'an unknown host of the show is told with the nearest person',
    problems: [
      {
        what: 'Unknown person "otto-broly"',
        file: 'show.yaml',
        line: 10,
        field: 'hosts[1]',
        nearest: 'otto-brolly',
        paste: '  - otto-brolly',
      },
    ],
  },
  'unknown-person-in-dialogue': {
    says: 'an unknown speaker is told at the line of the speech',
    problems: [
      {
        what: 'Unknown person "otto-umbrella"',
        file: cloud,
        line: 36,
        field: '<Line who>',
        nearest: 'otto-brolly',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'unknown-card': {
    says: 'an unknown whitepaper on a card is told with the nearest',
    problems: [
      {
        what: 'Unknown whitepaper "the-damp-tunnel"',
        file: cloud,
        line: 50,
        field: '<WhitepaperCard slug>',
        nearest: 'the-damp-funnel',
        paste: '<WhitepaperCard slug="the-damp-funnel" />',
      },
    ],
  },
  'broken-link': {
    says: 'a link to nowhere is told with the nearest page',
    problems: [
      {
        what: 'The link /abuot/ leads to no page',
        file: cloud,
        line: 50,
        field: 'link',
        nearest: '/about/',
        paste: 'Read on in [The dry pipeline](/posts/the-dry-pipeline/#the-bucket), or [meet us](/about/).',
      },
    ],
  },
  'link-without-slash': {
    says: 'a link without its last slash is told with it',
    problems: [
      {
        what: "The link /about leads to no page: a page's address ends with a slash",
        file: cloud,
        line: 50,
        field: 'link',
        nearest: '/about/',
        paste: 'Read on in [The dry pipeline](/posts/the-dry-pipeline/#the-bucket), or [meet us](/about/).',
      },
    ],
  },
  'broken-anchor': {
    says: 'a link to no heading is told with the nearest heading of that page',
    problems: [
      {
        what: 'There is no anchor "#the-buckets" on /posts/the-dry-pipeline/',
        file: cloud,
        line: 50,
        field: 'link',
        nearest: '/posts/the-dry-pipeline/#the-bucket',
        paste: 'Read on in [The dry pipeline](/posts/the-dry-pipeline/#the-bucket), or [meet us](/about/).',
      },
    ],
  },
  'link-to-draft': {
    says: 'a link to a draft is told without the link',
    problems: [
      {
        what: 'The link /posts/the-wet-pipeline/ leads to a page that is not published yet',
        file: cloud,
        line: 50,
        field: 'link',
        nearest: 'the words without a link',
        paste: 'Read on in [The dry pipeline](/posts/the-dry-pipeline/#the-bucket), or the wet one.',
      },
    ],
  },
};
