import type { Case } from '../content-folder.ts';

const umbrella = 'episodes/the-umbrella-says-no/index.mdx';
const post = 'posts/the-dry-pipeline/index.mdx';

/** What only the whole folder shows. */
export const folder: Record<string, Case> = {
  'two-entries-one-slug': {
    says: 'two entries with one slug are told once, with a free slug',
    problems: [
      {
        what: 'Two entries have the slug "the-dry-pipeline": posts/the-dry-pipeline.mdx has it already',
        file: post,
        line: 1,
        field: 'slug (the name of the folder or file)',
        nearest: 'the-dry-pipeline-2',
        paste: 'posts/the-dry-pipeline-2/index.mdx',
      },
    ],
  },
  'bad-slug': {
    says: 'a folder with capitals is told with its slug',
    problems: [
      {
        what: '"The-Wet-Pipeline" is no slug: it becomes part of a URL, so it is lower-case words and hyphens',
        file: 'posts/The-Wet-Pipeline/index.mdx',
        line: 1,
        field: 'slug (the name of the folder or file)',
        nearest: 'the-wet-pipeline',
        paste: 'posts/the-wet-pipeline/index.mdx',
      },
    ],
  },
  'two-entries-one-guid': {
    says: 'a guid of two entries is told with both files',
    unfixable: 'only its author knows which of the two has a wrong one',
    problems: [
      {
        what: 'The guid "d-files:episodes/rain-is-a-lead" is that of episodes/rain-is-a-lead/index.mdx already: to every app the two would be one entry',
        file: post,
        line: 9,
        field: 'guid',
      },
    ],
  },
  'two-entries-one-alias': {
    says: 'an alias of two entries is told at the second',
    problems: [
      {
        what: 'Alias "/2025/02/pipeline" belongs to episodes/the-umbrella-says-no already',
        file: post,
        line: 9,
        field: 'aliases[0]',
        paste: '# aliases: [ /2025/02/pipeline ]',
      },
    ],
  },
  'alias-hides-page': {
    says: 'an alias that would hide a page is told',
    problems: [
      {
        what: 'Alias "/topics/" would hide the page /topics/',
        file: post,
        line: 9,
        field: 'aliases[0]',
        paste: '# aliases: [ /topics/ ]',
      },
    ],
  },
  'alias-written-twice': {
    says: 'an alias that is one with another, or with a page, is told with its line taken out',
    problems: [
      {
        what: 'Alias "/2014/10/the-dry-pipeline.html" is there already, written in another way',
        file: post,
        line: 9,
        field: 'aliases[1]',
        paste:
          'aliases: [ /2014/10/The-Dry-Pipeline.html, /?p=12&lang=de, /?lang=de&p=12, /2014/caf%C3%A9, /2014/café/index.html, /index.html ]',
      },
      {
        what: 'Alias "/?lang=de&p=12" is there already, written in another way',
        file: post,
        line: 9,
        field: 'aliases[3]',
        paste:
          'aliases: [ /2014/10/The-Dry-Pipeline.html, /2014/10/the-dry-pipeline.html, /?p=12&lang=de, /2014/caf%C3%A9, /2014/café/index.html, /index.html ]',
      },
      {
        what: 'Alias "/2014/café/index.html" is there already, written in another way',
        file: post,
        line: 9,
        field: 'aliases[5]',
        paste:
          'aliases: [ /2014/10/The-Dry-Pipeline.html, /2014/10/the-dry-pipeline.html, /?p=12&lang=de, /?lang=de&p=12, /2014/caf%C3%A9, /index.html ]',
      },
      {
        what: 'Alias "/index.html" would hide the page /, of which it is another name',
        file: post,
        line: 9,
        field: 'aliases[6]',
        paste:
          'aliases: [ /2014/10/The-Dry-Pipeline.html, /2014/10/the-dry-pipeline.html, /?p=12&lang=de, /?lang=de&p=12, /2014/caf%C3%A9, /2014/café/index.html ]',
      },
    ],
  },
  'alias-in-another-form': {
    says: 'an alias in a form that no page can have is told in one that it can',
    problems: [
      {
        what: 'Alias "/2025//pipeline" has nothing between two slashes',
        file: post,
        line: 10,
        field: 'aliases[0]',
        nearest: '/2025/pipeline',
        paste: '  - /2025/pipeline',
      },
      {
        what: 'Alias "/https://drip.example/2025/pipeline?p=12" is a whole address: an alias is its path alone',
        file: post,
        line: 11,
        field: 'aliases[1]',
        nearest: '/2025/pipeline?p=12',
        paste: '  - /2025/pipeline?p=12',
      },
      {
        what: 'Alias "/2025/100%" has a "%" that codes nothing',
        file: post,
        line: 12,
        field: 'aliases[2]',
        nearest: '/2025/100%25',
        paste: '  - /2025/100%25',
      },
      {
        what: 'Alias "/2025%2Fdrip" has a slash that is coded',
        file: post,
        line: 13,
        field: 'aliases[3]',
        nearest: '/2025/drip',
        paste: '  - /2025/drip',
      },
      {
        what: 'Alias "/2025/./../pipeline" has a "." or ".." in the place of a name',
        file: post,
        line: 14,
        field: 'aliases[4]',
        nearest: '/pipeline',
        paste: '  - /pipeline',
      },
      {
        what: 'Alias "/2025\\pipe\\line" has a "\\" in it, which no path has',
        file: post,
        line: 15,
        field: 'aliases[5]',
        nearest: '/2025/pipe/line',
        paste: '  - /2025/pipe/line',
      },
    ],
  },
  'page-hides-route': {
    says: 'a page that would hide a route of the site is told with a free slug',
    problems: [
      {
        what: '/search/ is taken by the page /search/: two pages cannot have one address',
        file: 'pages/search.mdx',
        line: 1,
        field: 'slug (the name of the folder or file)',
        nearest: 'search-2',
        paste: 'pages/search-2.mdx',
      },
    ],
  },
  'two-episodes-one-number': {
    says: 'the number of another episode is told with the next free one',
    problems: [
      {
        what: 'Number 1 belongs to episodes/rain-is-a-lead already',
        file: umbrella,
        line: 4,
        field: 'number',
        nearest: '2',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'not-utf-8': {
    says: 'a file that is not UTF-8 is told with its line, and nothing else of it',
    unfixable: 'a file is saved anew in another encoding',
    problems: [
      {
        what: 'The file is not UTF-8: it has bytes in line 10 that are no letters. Save it as UTF-8',
        file: 'pages/about.mdx',
        line: 10,
        field: 'encoding',
        nearest: 'We met in a café.',
      },
      {
        what: 'The file is UTF-16, not UTF-8: save it as UTF-8',
        file: 'topics.yaml',
        line: 1,
        field: 'encoding',
      },
    ],
  },
  'missing-show': {
    says: 'a show.yml is told as the show.yaml that is missing',
    without: ['show.yaml'],
    problems: [
      {
        what: 'There is no show.yaml; show.yml is to be called that',
        file: 'show.yaml',
        line: 1,
        field: 'file',
        nearest: 'show.yaml',
        paste: 'show.yaml',
      },
    ],
  },
  'missing-topics': {
    says: 'a topics.yml is told as the topics.yaml that is missing',
    without: ['topics.yaml'],
    problems: [
      {
        what: 'There is no topics.yaml; topics.yml is to be called that',
        file: 'topics.yaml',
        line: 1,
        field: 'file',
        nearest: 'topics.yaml',
        paste: 'topics.yaml',
      },
    ],
  },
  'file-of-another-format': {
    says: 'an entry in plain Markdown is told as MDX',
    problems: [
      {
        what: 'No entry is read from this file: it is to be posts/a-drop-in-the-bucket.mdx',
        file: 'posts/a-drop-in-the-bucket.md',
        line: 1,
        field: 'path',
        nearest: 'posts/a-drop-in-the-bucket.mdx',
        paste: 'posts/a-drop-in-the-bucket.mdx',
      },
    ],
  },
  'folder-of-no-collection': {
    says: 'a folder that is no collection is told with the nearest',
    problems: [
      {
        what: 'No entry is read from this file: it is to be posts/a-drop-in-the-bucket.mdx',
        file: 'post/a-drop-in-the-bucket.mdx',
        line: 1,
        field: 'path',
        nearest: 'posts/a-drop-in-the-bucket.mdx',
        paste: 'posts/a-drop-in-the-bucket.mdx',
      },
    ],
  },
};
