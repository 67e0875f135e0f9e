import type { Case } from '../content-folder.ts';

const cloud = 'episodes/rain-is-a-lead/index.mdx';
const post = 'posts/the-dry-pipeline/index.mdx';

/** Components and headings, and several mistakes at once. */
export const body: Record<string, Case> = {
  'unknown-component': {
    says: 'an unknown component is told with the nearest and all that there are',
    problems: [
      {
        what: 'Unknown component <WhitepaperCrad>: there are Exchange, Line, TwoSides, Marketing, Sales, SharedGoal, Callout, PullQuote, Checklist, Figure, Video, WhitepaperCard, EpisodeCard, Retention',
        file: post,
        line: 19,
        field: '<WhitepaperCrad>',
        nearest: '<WhitepaperCard>',
        paste: '<WhitepaperCard slug="the-damp-funnel" />',
      },
    ],
  },
  'unknown-component-over-lines': {
    says: 'an unknown component is told with the line of its closing tag',
    pastes: 2,
    problems: [
      {
        what: 'Unknown component <Callot>, closed on line 48: there are Exchange, Line, TwoSides, Marketing, Sales, SharedGoal, Callout, PullQuote, Checklist, Figure, Video, WhitepaperCard, EpisodeCard, Retention',
        file: cloud,
        line: 44,
        field: '<Callot>',
        nearest: '<Callout>',
        paste: '<Callout kind="tip" title="Before you count a cloud">',
      },
    ],
  },
  'component-attribute': {
    says: 'a misspelt attribute is told with the one that was meant',
    problems: [
      {
        what: 'Unknown attribute "titel" of <Callout>',
        file: cloud,
        line: 44,
        field: '<Callout titel>',
        nearest: 'title',
        paste: '<Callout kind="tip" title="Before you count a cloud">',
      },
    ],
  },
  'component-attribute-like-none': {
    says: 'an attribute that is like none is left out',
    problems: [
      {
        what: 'Unknown attribute "colour" of <Callout>: there are kind, title',
        file: cloud,
        line: 44,
        field: '<Callout colour>',
        paste: '<Callout kind="tip" title="Before you count a cloud">',
      },
    ],
  },
  'component-value': {
    says: 'a value that an attribute does not take is told with those that it takes',
    problems: [
      {
        what: '<Callout kind> must be note, tip or warning, not text ("tips")',
        file: cloud,
        line: 44,
        field: '<Callout kind>',
        nearest: 'tip',
        paste: '<Callout kind="tip" title="Before you count a cloud">',
      },
    ],
  },
  'missing-speaker': {
    says: 'a line of dialogue without a speaker is told, and no speaker is made up',
    problems: [
      {
        what: '<Line> needs a speaker: either who="<slug>" or name="<words>"',
        file: cloud,
        line: 36,
        field: '<Line>',
        nearest: 'ada-drizzle',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'heading-of-first-level': {
    says: 'a heading of the first level is told as one of the second',
    problems: [
      {
        what: 'A heading of the first level: the page has one, its title',
        file: cloud,
        line: 22,
        field: 'heading',
        nearest: '##',
        paste: '## The cloud',
      },
    ],
  },
  'underlined-heading-of-first-level': {
    says: 'an underlined heading is fixed by its underline',
    problems: [
      {
        what: 'A heading of the first level: the page has one, its title',
        file: cloud,
        line: 23,
        field: 'heading',
        nearest: '---',
        paste: '---------',
      },
    ],
  },
  several: {
    says: 'several mistakes in several files are told together',
    problems: [
      {
        what: '"publishedAt" is not a date: "2025-02-31". A day is written as 2026-11-22',
        file: cloud,
        line: 3,
        field: 'publishedAt',
        nearest: '2025-02-28',
      },
      {
        what: 'Unknown person "oto-brolly"',
        file: cloud,
        line: 10,
        field: 'hosts[1]',
        nearest: 'otto-brolly',
        paste: '  - otto-brolly',
      },
      {
        what: 'Unknown person "otto-umbrella"',
        file: cloud,
        line: 36,
        field: '<Line who>',
        nearest: 'otto-brolly',
      },
      {
        what: 'The link /abuot/ leads to no page',
        file: cloud,
        line: 50,
        field: 'link',
        nearest: '/about/',
        paste: 'Read on in [The dry pipeline](/posts/the-dry-pipeline/#the-bucket), or [meet us](/about/).',
      },
      {
        what: 'Malformed YAML: a value that has ": " in it wants quotes',
        file: 'pages/about.mdx',
        line: 2,
        field: 'title',
        nearest: '"About: Drizzle & Sons"',
        paste: 'title: "About: Drizzle & Sons"',
      },
      {
        what: 'Unknown field "summery": "summary" is there already',
        file: post,
        line: 9,
        field: 'summery',
        nearest: 'summary',
        paste: '# summery: It drips.',
      },
      {
        what: 'A heading of the first level: the page has one, its title',
        file: post,
        line: 16,
        field: 'heading',
        nearest: '##',
        paste: '## The bucket',
      },
      {
        what: '"timezone" is not an IANA time zone: "Africa/Kairo"',
        file: 'show.yaml',
        line: 5,
        field: 'timezone',
        nearest: 'Africa/Cairo',
        paste: 'timezone: Africa/Cairo',
      },
      {
        what: 'Unknown field "titel"',
        file: 'topics.yaml',
        line: 5,
        field: 'spare-handles.titel',
        nearest: 'title',
        paste: '  title: Spare handles',
      },
    ],
    unfixable: 'what is likely is not certain',
  },
};
