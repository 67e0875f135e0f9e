import type { Case } from '../content-folder.ts';

const cloud = 'episodes/rain-is-a-lead/index.mdx';
const umbrella = 'episodes/the-umbrella-says-no/index.mdx';
const post = 'posts/the-dry-pipeline/index.mdx';
const partner = 'partners/the-tin-roof/index.mdx';

/** Fields and their values. */
export const fields: Record<string, Case> = {
  'unknown-key': {
    says: 'a misspelt optional field is told with the field that was meant',
    problems: [
      {
        what: 'Unknown field "whitepapr"',
        file: post,
        line: 9,
        field: 'whitepapr',
        nearest: 'whitepaper',
        paste: 'whitepaper: the-damp-funnel',
      },
    ],
  },
  'partner-incomplete': {
    says: 'a partner without its offer, and a podcast without its guid, are told each with an example',
    problems: [
      {
        what: 'Missing field "theyOffer": what they offer to our readers.',
        file: partner,
        line: 2,
        field: 'theyOffer',
        nearest: 'Ten per cent off the first year.',
      },
      {
        what: 'Missing field "podcast.guid": the podcast:guid of the series.',
        file: partner,
        line: 10,
        field: 'podcast.guid',
        nearest: '917393e3-1b1e-5cef-ace4-edaa54e1f810',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'partner-misspelt': {
    says: 'a misspelt field of a partner is told with the one that was meant',
    problems: [
      {
        what: 'Unknown field "theyOfer"',
        file: partner,
        line: 6,
        field: 'theyOfer',
        nearest: 'theyOffer',
        paste: 'theyOffer: A roof for an hour.',
      },
    ],
  },
  'partner-logo-elsewhere': {
    says: 'a logo that is not there waits as a comment for its file',
    problems: [
      {
        what: 'There is no logo ./roof.svg beside the entry',
        file: partner,
        line: 6,
        field: 'logo.src',
        paste: '# logo: { src: ./roof.svg, alt: A roof with a drop on it }',
      },
    ],
  },
  'unknown-key-like-none': {
    says: 'a field that is like none is told with all that there are, and commented out',
    problems: [
      {
        what: 'Unknown field "mood": there are title, publishedAt, updatedAt, summary, topics, keywords, cover, coverFocus, aliases, draft, subtitle, language, links, whitepaper, related, guid, comments, source, authors',
        file: post,
        line: 9,
        field: 'mood',
        paste: '# mood: dry',
      },
    ],
  },
  'unknown-key-in-a-group': {
    says: 'an unknown field inside a group is commented out where it stands',
    problems: [
      {
        what: 'Unknown field "caption": there are src, alt',
        file: cloud,
        line: 16,
        field: 'cover.caption',
        paste: '  # caption: Ours',
      },
    ],
  },
  'misspelt-field': {
    says: 'a misspelt required field is one mistake, not also a missing field',
    problems: [
      {
        what: 'Unknown field "sumary"',
        file: post,
        line: 4,
        field: 'sumary',
        nearest: 'summary',
        paste: 'summary: We drew our pipeline on the wall. It is a very straight line, and nothing drips from it.',
      },
    ],
  },
  'field-of-another-system': {
    says: 'a field that other systems have is told under our name, with its value put right',
    problems: [
      {
        what: 'Unknown field "tags"',
        file: post,
        line: 5,
        field: 'tags',
        nearest: 'topics',
        paste: 'topics: [ rain-forecasts, spare-handles ]',
      },
    ],
  },
  'missing-field': {
    says: 'a missing field is told at the head of the front matter, with an example and nothing to paste',
    problems: [
      {
        what: 'Missing field "summary": what a reader gets from it, in one or two sentences (at most 300 characters).',
        file: post,
        line: 2,
        field: 'summary',
        nearest: 'Both teams want customers who speak up for them, so why does nobody own it?',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'empty-field': {
    says: 'a field without a value is told with an example',
    problems: [
      {
        what: '"authors" has no value: who wrote it.',
        file: post,
        line: 7,
        field: 'authors',
        nearest: '[ ada-drizzle ]',
        paste: '# authors:',
      },
    ],
  },
  'empty-list': {
    says: 'a list that must have an item is told with an example',
    problems: [
      {
        what: '"authors" is empty',
        file: post,
        line: 7,
        field: 'authors',
        nearest: '[ ada-drizzle ]',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'wrong-type': {
    says: 'a number in quotes is told without them',
    problems: [
      {
        what: '"number" must be a number, not text ("2")',
        file: umbrella,
        line: 4,
        field: 'number',
        nearest: '2',
        paste: 'number: 2',
      },
    ],
  },
  'name-for-a-list': {
    says: 'names in a row are told as a list',
    problems: [
      {
        what: '"hosts" must be a list, not text ("ada-drizzle, otto-brolly")',
        file: umbrella,
        line: 8,
        field: 'hosts',
        nearest: '[ ada-drizzle, otto-brolly ]',
        paste: 'hosts: [ ada-drizzle, otto-brolly ]',
      },
    ],
  },
  'picture-for-a-group': {
    says: 'a path where a picture needs its alternative text is told with both',
    problems: [
      {
        what: '"cover" must be a group of fields, not text ("./cover.jpg")',
        file: cloud,
        line: 14,
        field: 'cover',
        nearest: '{ src: ./cover.jpg, alt: Two empty chairs at one table }',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'number-for-a-recording': {
    says: 'a number for a recording is commented out, as there is no file to name',
    problems: [
      {
        what: '"audio" is not valid: 3. The recording: a file beside the entry, or a remote one with its facts.',
        file: umbrella,
        line: 14,
        field: 'audio',
        paste: '# audio: 3',
      },
    ],
  },
  'incomplete-remote-recording': {
    says: 'a remote recording lacks one fact: that fact is told, not the whole field',
    problems: [
      {
        what: 'Missing field "audio.type": its media type.',
        file: umbrella,
        line: 15,
        field: 'audio.type',
        nearest: 'audio/mpeg',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'wrong-choice': {
    says: 'a value that is none of a few is told with all of them',
    problems: [
      {
        what: '"side" must be marketing, sales or both, not text ("advertising")',
        file: 'people/ada-drizzle/index.mdx',
        line: 3,
        field: 'side',
        nearest: 'marketing',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'bad-date': {
    says: 'a day that no month has becomes the last that it has',
    problems: [
      {
        what: '"publishedAt" is not a date: "2025-02-30". A day is written as 2026-11-22',
        file: cloud,
        line: 3,
        field: 'publishedAt',
        nearest: '2025-02-28',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'day-in-words': {
    says: 'a day in words is told in digits',
    problems: [
      {
        what: '"publishedAt" is not a date: "February 3, 2025". A day is written as 2026-11-22',
        file: cloud,
        line: 3,
        field: 'publishedAt',
        nearest: '2025-02-03',
        paste: 'publishedAt: 2025-02-03',
      },
    ],
  },
  'number-for-a-date': {
    says: 'a day without hyphens is told with them',
    problems: [
      {
        what: '"publishedAt" is not a date: a number (20250203). A day is written as 2026-11-22',
        file: cloud,
        line: 3,
        field: 'publishedAt',
        nearest: '2025-02-03',
        paste: 'publishedAt: 2025-02-03',
      },
    ],
  },
  'date-without-offset': {
    says: 'a time without an offset is told with that of the time zone of the show',
    problems: [
      {
        what: '"publishedAt" is not a date: "2025-02-03T09:30". A time is written with its offset from UTC',
        file: cloud,
        line: 3,
        field: 'publishedAt',
        nearest: '2025-02-03T09:30:00+02:00',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'chapters-out-of-order': {
    says: 'a chapter that begins before the one above it is told with the first moment after that one',
    problems: [
      {
        what: 'The chapter "The thumb" begins at 0:10, before the one above it (0:20)',
        file: cloud,
        line: 23,
        field: 'chapters[2].start',
        nearest: '0:21',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'summary-too-long': {
    says: 'a long summary is told with its length and cut between words',
    problems: [
      {
        what: '"summary" is 376 characters long; it may have 300',
        file: post,
        line: 4,
        field: 'summary',
        nearest:
          'We drew our pipeline on the wall. It is a very straight line, and nothing drips from it. We drew it again, and again, with a ruler, with a finer ruler, on finer paper, on a finer wall. We drew it again, and again, with a ruler, with a finer ruler, on finer paper, on a finer wall. We drew it again…',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'bad-address': {
    says: 'an address without a scheme is told with one, at its own line',
    problems: [
      {
        what: '"links[0].url" is not valid: "www.example.com/cactus". Where it leads.',
        file: 'people/otto-brolly/index.mdx',
        line: 7,
        field: 'links[0].url',
        nearest: 'https://www.example.com/cactus',
        paste: '    url: https://www.example.com/cactus',
      },
    ],
  },
  'bad-alias': {
    says: 'an alias is told as a path',
    problems: [
      {
        what: '"aliases[0]" is not valid: "2025/02/our pipeline". Old paths of this entry; each becomes a redirect to it.',
        file: post,
        line: 10,
        field: 'aliases[0]',
        nearest: '/2025/02/our%20pipeline',
        paste: '  - /2025/02/our%20pipeline',
      },
      {
        what: '"aliases[1]" is not valid: "https://drip.example/2026/pipeline#top". Old paths of this entry; each becomes a redirect to it.',
        file: post,
        line: 11,
        field: 'aliases[1]',
        nearest: '/2026/pipeline',
        paste: '  - /2026/pipeline',
      },
    ],
  },
  'related-without-collection': {
    says: 'a related slug is told with its collection',
    problems: [
      {
        what: '"related[0]" is not valid: "the-dry-pipeline". Entries to show first under "related", as episodes/<slug> or posts/<slug>.',
        file: cloud,
        line: 19,
        field: 'related[0]',
        nearest: 'posts/the-dry-pipeline',
        paste: '  - posts/the-dry-pipeline',
      },
    ],
  },
  'bad-timezone': {
    says: 'an unknown time zone is told with the nearest',
    problems: [
      {
        what: '"timezone" is not an IANA time zone: "Africa/Cario"',
        file: 'show.yaml',
        line: 5,
        field: 'timezone',
        nearest: 'Africa/Cairo',
        paste: 'timezone: Africa/Cairo',
      },
    ],
  },
  'owner-misspelt': {
    says: 'a misspelt postal address of the owner is told with the field that was meant',
    problems: [
      {
        what: 'Unknown field "postalAdress"',
        file: 'show.yaml',
        line: 8,
        field: 'owner.postalAdress',
        nearest: 'postalAddress',
        paste: '  postalAddress: 1 Cloudless Square, Aswan, Egypt',
      },
    ],
  },
  'retention-too-long': {
    says: 'days that are kept longer than may be are told with the most that may',
    unfixable: 'for how long is for the author to say',
    problems: [
      {
        what: '"retention.evidence" must be at most 3650',
        file: 'show.yaml',
        line: 13,
        field: 'retention.evidence',
        nearest: '3650',
      },
    ],
  },
  'retention-misspelt': {
    says: 'something to keep that there is not is told with what was meant',
    problems: [
      {
        what: 'Unknown field "deadLeters"',
        file: 'show.yaml',
        line: 12,
        field: 'retention.deadLeters',
        nearest: 'deadLetters',
        paste: '  deadLetters: 60',
      },
    ],
  },
  'empty-show': {
    says: 'an empty show.yaml is told field by field',
    problems: [
      {
        what: 'Missing field "description": the series in a paragraph, for feeds and search engines.',
        file: 'show.yaml',
        line: 1,
        field: 'description',
        nearest: 'Some words',
      },
      {
        what: 'Missing field "hosts": the hosts, in the order in which they are shown.',
        file: 'show.yaml',
        line: 1,
        field: 'hosts',
        nearest: '[ ada-drizzle ]',
      },
      {
        what: 'Missing field "language": the language of the content. A tag of BCP 47: the language, with script and region if wanted.',
        file: 'show.yaml',
        line: 1,
        field: 'language',
        nearest: 'en-US',
      },
      {
        what: 'Missing field "owner": who publishes the series.',
        file: 'show.yaml',
        line: 1,
        field: 'owner',
        nearest: '{ name: The D-Files }',
      },
      {
        what: 'Missing field "tagline": the series in one sentence.',
        file: 'show.yaml',
        line: 1,
        field: 'tagline',
        nearest: 'Two hosts, one from each side, work backward from a goal they share.',
      },
      {
        what: 'Missing field "timezone": the IANA time zone in which a date without a time begins.',
        file: 'show.yaml',
        line: 1,
        field: 'timezone',
        nearest: 'America/New_York',
      },
      {
        what: 'Missing field "title": the name of the series.',
        file: 'show.yaml',
        line: 1,
        field: 'title',
        nearest: 'The D-Files',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'bad-topic-slug': {
    says: 'the key of a topic must be a slug',
    problems: [
      {
        what: '"Spare Handles" is no slug: it becomes part of a URL, so it is lower-case words and hyphens',
        file: 'topics.yaml',
        line: 4,
        field: 'Spare Handles',
        nearest: 'spare-handles',
        paste: 'spare-handles:',
      },
    ],
  },
  'incomplete-topic': {
    says: 'a missing field of a topic is told at that topic',
    problems: [
      {
        what: 'Missing field "spare-handles.title": the topic as a reader sees it.',
        file: 'topics.yaml',
        line: 5,
        field: 'spare-handles.title',
        nearest: 'Customer advocacy',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
};
