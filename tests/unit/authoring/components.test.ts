import { describe, expect, test } from 'vitest';
import { folderWith, problemsIn } from './content-folder.ts';

const page = (body: string) => folderWith({ 'pages/odd.mdx': `---\ntitle: Odd\nsummary: A page.\n---\n\n${body}\n` });

describe('a component is put right on the line where it is wrong', () => {
  test.for([
    ['<Callotu title="Fog">x</Callotu>', '<Callout>', '<Callout title="Fog">x</Callout>', 6],
    ['<Zebra>x</Zebra>', '<Line>', undefined, 6],
    ['<Callout\n  kind="tips"\n>\n\nx\n\n</Callout>', 'tip', '  kind="tip"', 7],
    ["<Callout kind='tips'>x</Callout>", 'tip', '<Callout kind="tip">x</Callout>', 6],
    ['<Callout\tkind="tips">x</Callout>', 'tip', '<Callout kind="tip">x</Callout>', 6],
    ['<Callout titel=\'A "wet" day\'>x</Callout>', 'title', '<Callout title="A &quot;wet&quot; day">x</Callout>', 6],
    ['<Callout kind>x</Callout>', 'note', undefined, 6],
    ['<Callout title>x</Callout>', 'true', '<Callout title="true">x</Callout>', 6],
    ['<WhitepaperCard slug="the-damp-funel" />', 'the-damp-funnel', '<WhitepaperCard slug="the-damp-funnel" />', 6],
    ['<WhitepaperCard />', 'the-damp-funnel', undefined, 6],
    [
      'Words.\n\n<Exchange>\n<Line who="ada-drizzle" name="Ada">Hm.</Line>\n</Exchange>',
      'ada-drizzle',
      '<Line who="ada-drizzle">Hm.</Line>',
      9,
    ],
    ['<Exchange>\n<Line>Hm.</Line>\n</Exchange>', 'ada-drizzle', undefined, 7],
    [
      '<Exchange>\n<Line who="ada-drizle">Hm.</Line>\n</Exchange>',
      'ada-drizzle',
      '<Line who="ada-drizzle">Hm.</Line>',
      7,
    ],
  ] as const)('%s', async ([written, nearest, paste, line]) => {
    const [problem, ...others] = await problemsIn(await page(written));
    expect(others).toEqual([]);
    expect([problem?.nearest, problem?.paste, problem?.line]).toEqual([nearest, paste, line]);
  });
});

describe('attributes that are code or spread are not judged, and the others are', () => {
  test.for([
    ['<Callout kind={"tips"}>x</Callout>', []],
    ['<Callout {...{ kind: "tips" }}>x</Callout>', []],
    ['<Callout title={"Fog"} kind="tips">x</Callout>', ['<Callout kind>']],
    ['<WhitepaperCard {...{ slug: "the-damp-funnel" }} />', []],
    ['<Exchange>\n<Line {...{ who: "ada-drizzle" }}>Hm.</Line>\n</Exchange>', []],
    ['<Exchange>\n<Line who={"ada-drizzle"}>Hm.</Line>\n</Exchange>', []],
  ] as const)('%s', async ([written, fields]) => {
    expect((await problemsIn(await page(written))).map(({ field }) => field)).toEqual(fields);
  });
});
