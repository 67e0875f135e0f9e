import { describe, expect, test } from 'vitest';
import { type BodyNode, readEntry, readYaml, replacedIn, type SourceEntry, span } from '#authoring/source.ts';

const text = `title: The dry pipeline # ours
topics:
  - rain
  - "sun" # rarely
cover:
  src: ./cover.jpg
  alt: A bucket
links: [ { label: A, url: b }, c ]
chapters:
  - start: 0
    title: One
empty:
long: >-
  Words
  and words
`;

const yaml = readYaml(text, 'show.yaml');

describe('the line of a field', () => {
  test.for([
    ['a plain field', ['title'], 1],
    ['an item of a list', ['topics', 1], 4],
    ['a field of a group', ['cover', 'alt'], 7],
    ['a field inside brackets', ['links', 0, 'url'], 8],
    ['a field of an item', ['chapters', 0, 'title'], 11],
    ['a field without a value', ['empty'], 12],
    ['a missing field: the first line, where it can be added', ['summary'], 1],
    ['a missing field of a group: the first line of the group', ['cover', 'caption'], 6],
  ] as const)('%s', ([, field, line]) => {
    expect(yaml.line(field)).toBe(line);
  });

  test.for([
    ['# ours\ntitle: A\n', 2],
    ['', 1],
  ] as const)('that is missing is the first that is there: in %j', ([written, line]) => {
    expect(readYaml(written, 'show.yaml').line(['summary'])).toBe(line);
    expect(readYaml(written, 'show.yaml').line([])).toBe(line);
  });

  test('counts the lines of the file, not of its front matter', () => {
    const { yaml } = readEntry('\n---\ntitle: A\ndraft: yes\n---\n', 'a.mdx');
    expect(yaml.line(['draft'])).toBe(4);
  });
});

describe('the corrected line of a field', () => {
  test.for([
    ['keeps its comment', ['title'], 'B', 'title: B # ours'],
    ['quotes what YAML would read otherwise', ['title'], 'Rain: a lead', 'title: "Rain: a lead" # ours'],
    ['quotes a text of digits', ['title'], '2025', 'title: "2025" # ours'],
    ['has no line breaks', ['title'], 'a\nb', 'title: "a\\nb" # ours'],
    ['keeps the indentation of an item', ['topics', 0], 'sun', '  - sun'],
    ['drops quotes that are not needed', ['topics', 1], 'rain', '  - rain # rarely'],
    ['keeps the neighbours inside brackets', ['links', 1], 'd, e', 'links: [ { label: A, url: b }, "d, e" ]'],
    ['fills in a missing value', ['empty'], 3, 'empty: 3'],
    ['puts a field of several lines on one', ['topics'], ['sun'], 'topics: [ sun ]'],
    ['puts a folded text on one line', ['long'], 'Short', 'long: Short'],
    ['adds a field', ['summary'], 'S', 'summary: S'],
    ['adds a field to a group, indented', ['cover', 'caption'], 'C', '  caption: C'],
    ['rewrites an item that lacks a field', ['chapters', 0, 'note'], 'N', '  - { start: 0, title: One, note: N }'],
    ['comments a field out', ['title'], undefined, '# title: The dry pipeline # ours'],
    ['comments a field of a group out in its place', ['cover', 'src'], undefined, '  # src: ./cover.jpg'],
    ['comments a field of several lines out as one', ['topics'], undefined, '# topics: [ rain, sun ]'],
  ] as const)('%s', ([, field, value, line]) => {
    expect(yaml.correct(field, value).paste).toBe(line);
  });

  test.for([
    ['a list over several lines', 'links: [ { label: A,\n  url: b }, c ]\n', ['links', 0], 'd', 'links: [ d, c ]'],
    [
      'a group over several lines',
      'links: [ { label: A,\n  url: b }, c ]\n',
      ['links', 0, 'label'],
      undefined,
      'links: [ { url: b }, c ]',
    ],
    ['a part of a list on one line', text, ['links', 0, 'url'], undefined, 'links: [ { label: A }, c ]'],
    ['an item without a value', 'a:\n  -\n  - b\n', ['a', 0], 'x', '  - x'],
    ['a field without a value, before its comment', 'a: # later\n', ['a'], 3, 'a: 3 # later'],
    ['a field without a value and a space', 'a:\n', ['a'], 3, 'a: 3'],
    ['a group that is not there', 'title: A\n', ['cover', 'src'], './a.jpg', 'cover: { src: ./a.jpg }'],
  ] as const)('puts %s right', ([, written, field, value, line]) => {
    expect(readYaml(written, 'show.yaml').correct(field, value).paste).toBe(line);
  });

  test('takes the place of a name for a value of elsewhere', () => {
    const named = readYaml('a: &x 1\nb: *x # as a\nc: [ *x, 2 ]\nd:\n  - *x\n', 'show.yaml');
    expect(named.correct(['b'], 3).paste).toBe('b: 3 # as a');
    expect(named.correct(['c', 0], 3).paste).toBe('c: [ 3, 2 ]');
    expect(named.correct(['d', 0], 3).paste).toBe('  - 3');
  });

  test('has another name, and another value if that is wrong too', () => {
    expect(yaml.rename(['title'], 'name').paste).toBe('name: The dry pipeline # ours');
    expect(yaml.rename(['cover', 'alt'], 'caption').paste).toBe('  caption: A bucket');
    expect(yaml.rename(['title'], 'titles', ['A']).paste).toBe('titles: [ A ]');
  });

  test('is left to the author in YAML that is one pair of braces over several lines', () => {
    const flow = readYaml('{ title: A,\n  topics: [ a,\n    b ] }', 'show.yaml');
    expect(flow.correct(['topics'], ['c'])).toEqual({ line: 2 });
    expect(flow.correct(['title'], undefined)).toEqual({ line: 1 });
    expect(flow.correct(['summary'], 'S')).toEqual({ line: 1 });
    expect(flow.correct(['title'], 'B').paste).toBe('{ title: B,');
  });
});

describe('an MDX file', () => {
  test('keeps its line numbers in the body', () => {
    const { body } = readEntry('---\ntitle: A\n---\n\nText', 'a.mdx');
    expect(body.split('\n').indexOf('Text')).toBe(4);
  });

  test.for([
    ['a byte order mark', '\uFEFF---\ntitle: A\n---\nText'],
    ['Windows line ends', '---\r\ntitle: A\r\n---\r\nText'],
    ['empty lines before it', '\n\n---\ntitle: A\n---\nText'],
    ['spaces after its dashes', '--- \ntitle: A\n---  \nText'],
    ['nothing after it', '---\ntitle: A\n---'],
  ])('may have front matter with %s', ([, text = '']) => {
    const { yaml } = readEntry(text, 'a.mdx');
    expect(yaml.data).toEqual({ title: 'A' });
    expect(yaml.problems).toEqual([]);
  });

  test.for([
    ['no field', '---\n---\nText'],
    ['only a comment', '---\n# later\n---\nText'],
  ])('with front matter of %s has no data and no mistake in its syntax', ([, text = '']) => {
    const { yaml, body } = readEntry(text, 'a.mdx');
    expect(yaml.data).toEqual({});
    expect(yaml.problems).toEqual([]);
    expect(body.trim()).toBe('Text');
  });

  test.each(['0012', '1e5', '0x1F', 'true', '12', '"0012"'])('keeps the guid %s as its author wrote it', (written) => {
    const { yaml } = readEntry(`---\nguid: ${written}\n---\n`, 'x.mdx');
    expect(yaml.data).toEqual({ guid: written.replaceAll('"', '') });
  });

  test.each(['', '~', 'null'])('has no guid where it is "%s"', (written) => {
    expect(readEntry(`---\nguid: ${written}\n---\n`, 'x.mdx').yaml.data).toEqual({ guid: null });
  });

  test.for([
    ['title: A\n\nText', 'There is no front matter: a file begins with its fields, between two lines "---"', 1],
    [' \n', 'The file is empty: a file begins with its fields, between two lines "---"', 1],
    ['---\ntitle: A\n\nText', 'The front matter is not closed: a line "---" is missing after its last field', 3],
    [
      '---\ntitle: A\ntopics:\n  - a',
      'The front matter is not closed: a line "---" is missing after its last field',
      4,
    ],
    ['---\n# ours\n- a\nText', 'The front matter is not closed: a line "---" is missing after its last field', 4],
  ] as const)('without front matter that ends is told with the line where it may: %j', ([written, what, line]) => {
    const { yaml, body } = readEntry(written, 'a.mdx');
    expect([yaml.problems, body]).toEqual([
      [{ what, file: 'a.mdx', line, field: 'front matter', nearest: '---', paste: '---' }],
      '',
    ]);
  });

  test.for([
    ['---\nRain falls\n---\n', 'The front matter is plain text', 2, 'title: Rain falls'],
    ['---\n\n- a\n---\n', 'The front matter is a list', 3, 'title: a'],
    ['---\n- a: b\n---\n', 'The front matter is a list', 2, 'a: b'],
    ['---\n- title: A fog\n- b\n---\n', 'The front matter is a list', 2, 'title: A fog'],
  ] as const)('whose front matter has no fields is told with one to begin with: %j', ([written, what, line, paste]) => {
    const { problems } = readEntry(written, 'a.mdx').yaml;
    expect(problems).toEqual([
      {
        ...{ what: `${what}; it must be fields, each as "key: value"`, file: 'a.mdx', line },
        ...{ field: 'YAML', nearest: 'key: value', paste },
      },
    ]);
  });

  test('keeps a date as its author wrote it', () => {
    expect(readEntry('---\nday: 2025-02-03\n---\n', 'a.mdx').yaml.data).toEqual({ day: '2025-02-03' });
  });
});

describe('a mistake in the syntax of YAML', () => {
  const fixed = (text: string) => readYaml(text, 'show.yaml').problems.map(({ line, paste }) => ({ line, paste }));

  test.for([
    ['a value with a colon', 'a: b: c\n', 1, 'a: "b: c"'],
    ['a value in brackets and more', 'a: 1\nb: [Draft] The plan\n', 2, 'b: "[Draft] The plan"'],
    ['a value that begins with @', 'a: @home\n', 1, 'a: "@home"'],
    ['a value that begins with a tag', 'a: !important news\n', 1, 'a: "!important news"'],
    ['a name that no anchor has', 'a: 1\nb: *Important*\n', 2, 'b: "*Important*"'],
    ['a quote that is not closed', 'a: "b\nc: d\n', 1, 'a: "b"'],
    ['a quote that another closes', 'a: "b\nc: "d"\n', 1, 'a: "b"'],
    ['quotes inside quotes', 'a: "A "b" c"\n', 1, 'a: A "b" c'],
    ['a backslash in double quotes', 'a: "C:\\pipeline"\n', 1, 'a: C:\\pipeline'],
    ['a bracket that is not closed', 'a: [b, c\nd: e\n', 1, 'a: [b, c]'],
    ['a field without a colon', 'a: 1\ntitle One\nb: 2\n', 2, 'title: One'],
    ['a line that is indented too little', 'a:\n  b: 1\n c: 2\n', 3, '  c: 2'],
    ['a line that is indented too much', 'a: 1\n  b: 2\n', 2, 'b: 2'],
    ['an item that is indented too much', 'a:\n  - b\n   - c\n', 3, '  - c'],
    ['a line that is no field', 'a: 1\nb\n', 2, '# b'],
    ['an item below a value', 'a: rain\n  - hail\n', 2, '# - hail'],
    ['a value in quotes with more behind it', 'a: "b" c\n', 1, 'a: \'"b" c\''],
    ['one quote', 'a: "\n', 1, 'a: ""'],
  ] as const)('%s is told at its line, with a line that fixes it', ([, text, line, paste]) => {
    expect(fixed(text)).toEqual([{ line, paste }]);
  });

  test.for([
    ['a: "b\n', 'the " is not closed', '"b"'],
    ["a: 'b\n", "the ' is not closed", "'b'"],
    ['a: [b, c\n', 'the [ is not closed', '[b, c]'],
    ['a: {b: c\n', 'the { is not closed', '{b: c}'],
    ['a: b: c\n', 'a value that has ": " in it wants quotes', '"b: c"'],
    ['a: @home\n', 'a value that begins with @ wants quotes', '"@home"'],
    ['a: "C:\\pipeline"\n', 'a backslash in double quotes has a meaning of its own', 'C:\\pipeline'],
    ['a: "A "b" c"\n', 'a quote inside the quotes ends the text', 'A "b" c'],
    ['a: 1\ntitle One\n', 'a field is written as "key: value", with a space', 'key: value'],
    ['a: 1\n  b: 2\n', 'this line is not indented like its neighbours', '0 spaces'],
  ] as const)('says what is wrong in %j', ([written, why, nearest]) => {
    expect(readYaml(written, 'show.yaml').problems).toMatchObject([{ what: `Malformed YAML: ${why}`, nearest }]);
  });

  test('every field that is there twice is told, and the other mistakes after them', () => {
    expect(readYaml('a: 1\na: 2\nb:\n  c: 1\n  "c": 2\n', 'show.yaml').problems).toEqual([
      {
        ...{ what: 'The field "a" is there twice: one of the two is to go', file: 'show.yaml', line: 2 },
        ...{ field: 'a', nearest: 'one "a"', paste: '# a: 2' },
      },
      {
        ...{ what: 'The field "c" is there twice: one of the two is to go', file: 'show.yaml', line: 5 },
        ...{ field: 'c', nearest: 'one "c"', paste: '  # "c": 2' },
      },
    ]);
    expect(fixed('a:\n\tb: 1\nc: 1\nc: 2\n').map(({ line }) => line)).toEqual([2]);
  });

  test('every tab is told, as each line is to be fixed', () => {
    expect(fixed('a:\n\t- b\n\t- c\n')).toEqual([
      { line: 2, paste: '  - b' },
      { line: 3, paste: '  - c' },
    ]);
  });
});

describe('a word of a body is put right on its line', () => {
  const lines = [
    '---',
    'title: A',
    '---',
    '/rain',
    'See [/rain] and',
    'then /rain/fog, x/rain, /rain-y, /rain.',
    '/rain',
  ];
  const text = lines.join('\r\n');
  const entry: SourceEntry = {
    ...{ collection: 'pages', slug: 'a', path: '/a.mdx', name: 'a.mdx', folder: 'pages', text },
    ...readEntry(text, 'a.mdx'),
  };
  const node = (first: number, last: number): BodyNode => ({
    type: 'paragraph',
    position: { start: { line: first, column: 1 }, end: { line: last } },
  });

  test.for([
    ['at the beginning of a line', 4, 4, '/rain', { line: 4, paste: '/hail' }],
    ['in the middle of a line', 5, 6, '/rain', { line: 5, paste: 'See [/hail] and' }],
    ['where it is no part of another', 6, 6, '/rain', { line: 6, paste: 'then /rain/fog, x/rain, /rain-y, /hail.' }],
    ['on the last line', 6, 7, 'then', { line: 6, paste: '/hail /rain/fog, x/rain, /rain-y, /rain.' }],
    ['not where it is a part', 6, 6, '/rai', { line: 6 }],
    ['not where it is not', 4, 5, '/fog', { line: 4 }],
    ['not for nothing', 5, 6, '', { line: 5 }],
  ] as const)('%s', ([, first, last, old, expected]) => {
    expect(replacedIn(entry, node(first, last), old, '/hail')).toEqual(expected);
  });

  test('down to the last one of its part', () => {
    expect(replacedIn(entry, node(2, 4), '/rain', '/hail')).toEqual({ line: 4, paste: '/hail' });
    expect(replacedIn(entry, node(2, 3), '/rain', '/hail')).toEqual({ line: 2 });
  });

  test('which is the first where a part says nothing of its place', () => {
    expect(span({ type: 'paragraph' })).toEqual({ first: 1, last: 1 });
  });
});

test.for([
  ['- title: A fog\n  description: It is wet.\n', 1, 'a-fog: { title: A fog, description: It is wet. }'],
  ['\n- fog\n', 2, 'title: fog'],
  ['Rain falls\n', 1, 'title: Rain falls'],
  ['- null\n', 1, 'title: null'],
] as const)('a file of YAML that has no fields is told with one: %j', ([written, line, paste]) => {
  const { problems, data } = readYaml(written, 'topics.yaml');
  const kind = written.includes('- ') ? 'a list' : 'plain text';
  const what = `The file is ${kind}; it must be fields, each as "key: value"`;
  expect(problems).toEqual([{ what, file: 'topics.yaml', line, field: 'YAML', nearest: 'key: value', paste }]);
  expect(data).toEqual({});
});

describe('a text that a comment cuts is advice', () => {
  const advice = (written: string) =>
    readYaml(written, 'show.yaml', 1).advice.map(({ what, line, field, nearest }) => [line, field, nearest, what]);

  test.for([
    ['in a sentence', 'a: 1\nb: Rain falls # ours\n', 'b', 'Rain falls # ours', ' # ours'],
    ['behind one word, where a number is in it', 'a: 1\nb: Rain #4\n', 'b', 'Rain #4', ' #4'],
    ['behind one word that is a title', 'a: 1\ntitle: Rain # ours\n', 'title', 'Rain # ours', ' # ours'],
  ] as const)('%s', ([, written, field, whole, cut]) => {
    const what = `"${field}" ends before the "${cut}": for YAML that is a comment, which nobody gets to read`;
    expect(advice(written)).toEqual([[3, field, JSON.stringify(whole), what]]);
  });

  test.for([
    'a: Rain # ours\n',
    'a: "Rain falls" # ours\n',
    'a: 4 #5\n',
    'a: [ Rain falls ] # ours\n',
    'a:\n  - Rain falls # ours\n',
    'a: Rain falls\n# ours\n',
    'a: Rain falls#4\n',
  ])('but not in %j', (written) => {
    expect(advice(written)).toEqual([]);
  });
});
