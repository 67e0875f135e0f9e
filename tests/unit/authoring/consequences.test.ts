import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { folderWith, problemsIn } from './content-folder.ts';

/** Replaces a text in files of the base, and tells the mistakes as `file field`. */
async function mistakes(...changes: [file: string, old: string, right: string][]): Promise<string[]> {
  const files: Record<string, string> = {};
  for (const [file, old, right] of changes) {
    const text = files[file] ?? (await readFile(`tests/fixtures/invalid/base/${file}`, 'utf8'));
    expect(text).toContain(old);
    files[file] = text.replace(old, right);
  }
  const problems = await problemsIn(await folderWith(files));
  return problems.map(({ file, field }) => `${file} ${field}`);
}

const episode = 'episodes/rain-is-a-lead/index.mdx';
const post = 'posts/the-dry-pipeline/index.mdx';
const person = 'people/otto-brolly/index.mdx';

describe('one mistake is not told again where others name what has it', () => {
  test('a person with a mistake is no unknown host, author or speaker', async () => {
    expect(await mistakes([person, 'side: sales', 'side: seles'])).toEqual([`${person} side`]);
  });

  test('a post with a mistake is no unknown related entry, and links to it are not judged', async () => {
    expect(await mistakes([post, 'title:', 'titel:'])).toEqual([`${post} titel`]);
  });

  test('a link to the old path of a post with a mistake is not judged', async () => {
    const changes = [
      [post, 'title:', 'titel:'],
      [post, 'aliases:', 'aliases:\n  - /our-old-path'],
      [episode, '\n---\n', '\n---\n\n[The old one](/our-old-path/)\n'],
    ] as [string, string, string][];
    expect(await mistakes(...changes)).toEqual([`${post} titel`]);
  });

  test('a text that cannot be read is not told to lack its headings', async () => {
    expect(await mistakes([post, 'It is called', 'It { is called'])).toEqual([`${post} body`]);
  });

  test('a topic with a mistake is no unknown topic', async () => {
    expect(await mistakes(['topics.yaml', 'title: Rain forecasts', 'titel: Rain forecasts'])).toEqual([
      'topics.yaml rain-forecasts.titel',
    ]);
  });

  test('a topics.yaml that cannot be read makes no topic unknown', async () => {
    expect(await mistakes(['topics.yaml', 'title: Rain', 'title: [Rain'])).toEqual(['topics.yaml title']);
  });

  test('a missing field of a cover is not a missing file too', async () => {
    expect(await mistakes([episode, '  src: ./cover.jpg\n', ''])).toEqual([`${episode} cover.src`]);
  });
});

describe('one mistake does not hide another', () => {
  test('in the same front matter, where a field and a name are wrong', async () => {
    expect(await mistakes([episode, 'number: 1', 'number: one'], [episode, '  - ada', '  - ida'])).toEqual([
      `${episode} number`,
      `${episode} hosts[0]`,
    ]);
  });

  test('in the front matter and the body of one file', async () => {
    const changes: [string, string, string][] = [
      [episode, 'number: 1', 'number: one'],
      [episode, '(/about/)', '(/abuot/)'],
      [episode, '<Line who="otto-brolly">', '<Line who="oto-brolly">'],
    ];
    expect(await mistakes(...changes)).toEqual([`${episode} number`, `${episode} <Line who>`, `${episode} link`]);
  });

  test('in front matter whose body cannot be read', async () => {
    expect(await mistakes([post, '  - ada', '  - ida'], [post, 'It is called', 'It { is called'])).toEqual([
      `${post} authors[0]`,
      `${post} body`,
    ]);
  });

  test('in other files, when the show has one', async () => {
    expect(await mistakes(['show.yaml', 'language: en-GB', 'language: English'], [post, '  - ada', '  - ida'])).toEqual(
      [`${post} authors[0]`, 'show.yaml language'],
    );
  });

  test('in other files, when show.yaml cannot be read', async () => {
    expect(await mistakes(['show.yaml', 'title: Umb', 'title: [Umb'], [post, '  - ada', '  - ida'])).toEqual([
      `${post} authors[0]`,
      'show.yaml title',
    ]);
  });

  test('in the same picture, which is missing and has no alternative text', async () => {
    expect(await mistakes([episode, '![The cloud, behind a thumb](./cover.jpg)', '![](./cloud.jpg)'])).toEqual([
      `${episode} picture`,
      `${episode} picture`,
    ]);
  });
});

describe('what is not to be published yet', () => {
  test('may name what is not published either', async () => {
    const draft = 'draft: true\npublishedAt: 2025-02-05';
    const waiting = await mistakes(
      [episode, 'publishedAt: 2025-02-03', 'publishedAt: 2027-02-03'],
      [post, 'publishedAt: 2025-02-05', draft],
    );
    expect(waiting).toEqual([]);
  });

  test('has its own headings all the same', async () => {
    expect(
      await mistakes(
        [episode, 'publishedAt: 2025-02-03', 'publishedAt: 2027-02-03'],
        [episode, '(/about/)', '(#the-cloud)'],
      ),
    ).toEqual([]);
  });
});

describe('attributes that are code', () => {
  test.for([['<Line who={"otto-brolly"}>'], ['<Line {...{ name: "Otto" }}>']])(
    'are not judged: %s',
    async ([line = '']) => {
      expect(await mistakes([episode, '<Line who="otto-brolly">', line])).toEqual([]);
    },
  );

  test('leave the others judged', async () => {
    const callout = '<Callout kind="tips" title={"Before"}>';
    expect(await mistakes([episode, '<Callout kind="tip" title="Before you count a cloud">', callout])).toEqual([
      `${episode} <Callout kind>`,
    ]);
  });
});
