import type { Case } from '../content-folder.ts';

const cloud = 'episodes/rain-is-a-lead/index.mdx';
const post = 'posts/the-dry-pipeline/index.mdx';

/** Texts that cannot be read at all. */
export const syntax: Record<string, Case> = {
  'mdx-name': {
    says: 'braces around a name that nothing has are told as text',
    problems: [
      {
        what: '{first_name} is code in MDX, and nothing is called "first_name": a { in a text is written \\{',
        file: post,
        line: 13,
        field: 'body',
        nearest: '\\{first_name}',
        paste: 'Dear \\{first_name}, Otto looked at it for a while and asked where the tap was.',
      },
      {
        what: '{company.name} is code in MDX, and nothing is called "company": a { in a text is written \\{',
        file: post,
        line: 19,
        field: 'body',
        nearest: '\\{company.name}',
        paste: '\\{company.name}',
      },
    ],
  },
  'mdx-name-in-attribute': {
    says: 'an attribute with a name that nothing has is told in words',
    unfixable: 'nobody but the author knows what was meant',
    problems: [{ what: 'Nothing is called "title" here', file: post, line: 19, field: 'body' }],
  },
  'malformed-yaml': {
    says: 'a title with a colon is told in quotes',
    problems: [
      {
        what: 'Malformed YAML: a value that has ": " in it wants quotes',
        file: cloud,
        line: 2,
        field: 'title',
        nearest: '"Rain: a lead"',
        paste: 'title: "Rain: a lead"',
      },
    ],
  },
  'yaml-quote-not-closed': {
    says: 'a quote that is not closed is told where it opens, and closed',
    problems: [
      {
        what: 'Malformed YAML: the " is not closed',
        file: post,
        line: 2,
        field: 'title',
        nearest: '"The dry pipeline"',
        paste: 'title: "The dry pipeline"',
      },
    ],
  },
  'yaml-tab': {
    says: 'a tab is told as spaces',
    problems: [
      {
        what: 'Malformed YAML: a tab indents this line; YAML indents by spaces',
        file: cloud,
        line: 16,
        field: 'alt',
        nearest: 'two spaces for a tab',
        paste: '  alt: A red umbrella, wide open, in an empty desert',
      },
    ],
  },
  'yaml-star': {
    says: 'a title that begins with a star is told in quotes',
    problems: [
      {
        what: 'Malformed YAML: a value that begins with * wants quotes',
        file: post,
        line: 2,
        field: 'title',
        nearest: '"*Dry* pipelines"',
        paste: 'title: "*Dry* pipelines"',
      },
    ],
  },
  'yaml-field-twice': {
    says: 'a field that is there twice is commented out once',
    problems: [
      {
        what: 'The field "title" is there twice: one of the two is to go',
        file: post,
        line: 7,
        field: 'title',
        nearest: 'one "title"',
        paste: '# title: The drier pipeline',
      },
    ],
  },
  'yaml-without-space': {
    says: 'a field without a space after its colon is told with it',
    problems: [
      {
        what: 'Malformed YAML: a field is written as "key: value", with a space',
        file: post,
        line: 2,
        field: 'title',
        nearest: 'key: value',
        paste: 'title: The dry pipeline',
      },
    ],
  },
  'topics-as-a-list': {
    says: 'topics in a list are told under a slug each',
    unfixable: 'the other topics want the same',
    problems: [
      {
        what: 'The file is a list; it must be fields, each as "key: value"',
        file: 'topics.yaml',
        line: 1,
        field: 'YAML',
        nearest: 'key: value',
        paste: 'rain-forecasts: { title: Rain forecasts, description: What is coming. }',
      },
    ],
  },
  'no-front-matter': {
    says: 'a file without front matter is one mistake',
    unfixable: 'its fields are to be written first',
    problems: [
      {
        what: 'There is no front matter: a file begins with its fields, between two lines "---"',
        file: 'pages/privacy.mdx',
        line: 1,
        field: 'front matter',
        nearest: '---',
        paste: '---',
      },
    ],
  },
  'front-matter-not-closed': {
    says: 'front matter that nothing closes is closed after its last field',
    problems: [
      {
        what: 'The front matter is not closed: a line "---" is missing after its last field',
        file: 'pages/privacy.mdx',
        line: 4,
        field: 'front matter',
        nearest: '---',
        paste: '---',
      },
    ],
  },
  'front-matter-is-a-list': {
    says: 'front matter that is a list is told as fields',
    unfixable: 'every other line wants the same',
    problems: [
      {
        what: 'The front matter is a list; it must be fields, each as "key: value"',
        file: 'pages/privacy.mdx',
        line: 2,
        field: 'YAML',
        nearest: 'key: value',
        paste: 'title: Privacy',
      },
    ],
  },
  'empty-file': {
    says: 'an empty file is one mistake',
    unfixable: 'its fields are to be written first',
    problems: [
      {
        what: 'The file is empty: a file begins with its fields, between two lines "---"',
        file: 'pages/privacy.mdx',
        line: 1,
        field: 'front matter',
        nearest: '---',
        paste: '---',
      },
    ],
  },
  'malformed-mdx': {
    says: 'a brace that nothing closes is escaped, and no other sign of its line',
    problems: [
      {
        what: 'Malformed MDX: a { in a text is written \\{',
        file: cloud,
        line: 24,
        field: 'body',
        nearest: '\\{',
        paste: 'It came at noon, and it left at noon. Ada has a photo, in which \\{it is mostly thumb.',
      },
    ],
  },
  'mdx-less-than': {
    says: 'a less-than sign that begins no tag is escaped',
    problems: [
      {
        what: 'Malformed MDX: a < in a text is written \\<',
        file: cloud,
        line: 24,
        field: 'body',
        nearest: '\\<',
        paste: 'It came at noon, and it left at noon. Ada has a photo, taken at \\<3 metres.',
      },
    ],
  },
  'mdx-comment': {
    says: 'a comment in HTML is told in MDX',
    problems: [
      {
        what: 'Malformed MDX: a comment is not written as in HTML',
        file: cloud,
        line: 22,
        field: 'body',
        nearest: '{/* … */}',
        paste: '{/* ask Otto */}',
      },
    ],
  },
  'mdx-tag-not-closed': {
    says: 'a tag that is closed too late is closed before its parent',
    problems: [
      {
        what: 'Malformed MDX: </Exchange> stands where <Line> of line 36 is to be closed',
        file: cloud,
        line: 40,
        field: 'body',
        nearest: '</Line>',
        paste: '</Line></Exchange>',
      },
    ],
  },
  'mdx-block-not-closed': {
    says: 'a block that nothing closes is told with its closing tag',
    unfixable: 'only the author knows where it ends',
    problems: [
      {
        what: 'Malformed MDX: nothing closes <Callout>: a line </Callout> is missing where it ends',
        file: cloud,
        line: 44,
        field: 'body',
        nearest: '</Callout>',
        paste: '</Callout>',
      },
    ],
  },
  'mdx-attribute-without-quotes': {
    says: 'an attribute without quotes is told with them',
    problems: [
      {
        what: 'Malformed MDX: the value of an attribute stands between straight quotes',
        file: cloud,
        line: 44,
        field: 'body',
        nearest: 'name="value"',
        paste: '<Callout kind="tip" title="Before you count a cloud">',
      },
    ],
  },
};
