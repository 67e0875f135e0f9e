import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { schemas, showSchema, topicSchema } from '#authoring/schemas.ts';
import { readEnvironment } from '#capture/environment.ts';
import { imagePath } from '#model/field.ts';
import { podcast } from '#model/podcast.ts';
import { vocabulary } from '#model/vocabulary.ts';
import { errorIn, nameErrorIn, scripts } from '../cli/programs.ts';
import { importsOf, roomOf, sources } from '../rooms/imports.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const [readme, ofAuthors, ofOwners] = ['README.md', 'content/README.md', 'src/server/README.md'] as const;
const guides = [readme, ofAuthors, ofOwners, 'src/server/bounces.md', ...globSync('.github/**/*.md')];

const block = /^```.*\n([^]*?)^```$/gm;
const span = /`([^`]+)`/g;
const withoutBlocks = (guide: string) => guide.replaceAll(block, '');
/** What a guide shows as code: the lines of its blocks, and each passage between back-ticks as one line. */
const codeOf = (guide: string) => [
  ...[...guide.matchAll(block)].flatMap(([, lines = '']) => lines.split('\n')),
  ...[...withoutBlocks(guide).matchAll(span)].map(([, code = '']) => code.replaceAll(/\s+/g, ' ')),
];
/** The rows of the tables of a guide, each as its cells. */
const rowsOf = (guide: string) =>
  [...guide.matchAll(/^\|(.*)\|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()));

test.each(guides)('%s leads to files that are there', (file) => {
  const text = withoutBlocks(read(file)).replaceAll(span, '');
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) =>
    join(dirname(file), target),
  );
  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
});

describe('commands', () => {
  test('stand in the README as npm lists them: each of them, in the same order', () => {
    const code = rowsOf(read(readme)).flatMap(([, command = '', what = '']) =>
      /^`npm (?:run|start|test)/.test(command) ? codeOf(`${command} ${what}`) : [],
    );
    const names = code.map((each) => /^(?:npm (?:run )?)?([\w:-]+)/.exec(each)?.[1] ?? '');
    expect([...new Set(names)].filter((name) => Object.hasOwn(scripts, name))).toEqual(Object.keys(scripts));
  });

  test.each(guides)('are taken as %s shows them', (file) => {
    for (const line of codeOf(read(file))) {
      if (!/^(?:\$ )?(?:[A-Z_]+=\S+ )*npm (?:run (?!bench:…)|start|test)/.test(line)) continue;
      const error = errorIn(line);
      // The text may speak of a command without its argument.
      if (!error?.includes(' needs an email')) expect({ line, error }).toEqual({ line });
    }
  });

  test('are those that messages name', () => {
    const named = sources.flatMap(
      (file) => read(file).match(/npm run (?:--silent )?[a-z][\w:-]*(?: -- [a-z][a-z-]*)?/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(20);
    for (const line of new Set(named)) expect({ line, error: nameErrorIn(line) }).toEqual({ line });
  });
});

test('each variable that the code reads is in a table of a guide', () => {
  const reading = new Set<string>();
  const webhook = { WEBHOOK_URL: 'https://crm.example/', WEBHOOK_SECRET: `whsec_${'a'.repeat(32)}` };
  readEnvironment(
    new Proxy<Record<string, string>>(webhook, {
      get: (variables, name: string) => {
        reading.add(name);
        return variables[name];
      },
    }),
  );
  // `import.meta.env` is Astro's, and what is set here is read by somebody else.
  const elsewhere =
    /(?<!import\.meta\.)\b(?:variables|env)(?:\.|\[')([A-Z][A-Z_]+)\b(?!'\] = )|\{ ([A-Z][A-Z_]+)\b[^}]*\} = (?:variables|process\.env)/g;
  for (const file of [...sources, 'astro.config.mjs'])
    for (const [, one, other] of read(file).matchAll(elsewhere)) reading.add(one ?? other ?? '');
  const inTables = guides.flatMap((file) => rowsOf(read(file)).flatMap(([first = '']) => codeOf(first)));
  expect(reading.size).toBeGreaterThan(20);
  expect([...reading].filter((name) => !inTables.includes(name))).toEqual([]);
});

test('the guide of authors names every field and every component', () => {
  const named = new Set(codeOf(read(ofAuthors)).flatMap((code) => code.match(/[\w-]+/g) ?? []));
  const all = [...Object.values(schemas), showSchema, topicSchema, podcast(imagePath), ...Object.values(vocabulary)];
  const fields = all.flatMap(({ shape }) => Object.keys(shape));
  expect(fields.length).toBeGreaterThan(60);
  expect([...fields, ...Object.keys(vocabulary)].filter((name) => !named.has(name))).toEqual([]);
});

describe('the floors in the README', () => {
  /** Each row of the two pictures: its room, the floor that it is on, and what it may import. */
  const rows = [...read(readme).matchAll(/^```\n(\d {2}[^]*?)^```$/gm)].flatMap(([, picture = ''], i) => {
    const inCapture = (room: string) => (i === 0 ? room : `capture/${room}`);
    let floor = Number.NaN;
    return picture
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [, level = ' ', room = '', open = ''] = /^(\d| ) {2}(\S+)(?: +← (.*))?$/.exec(line) ?? [];
        if (level !== ' ') floor = Number(level);
        return { room: inCapture(room), floor, open: open.split(' ').filter(Boolean).map(inCapture) };
      });
  });
  const rowOf = (room: string) => rows.find((row) => row.room === room);

  test('are those of all rooms', () => {
    const rooms = new Set(sources.map(roomOf).filter((room) => room.includes('/') || !room.includes('.')));
    expect(rows.map(({ room }) => room).toSorted()).toEqual([...rooms, 'capture'].toSorted());
  });

  test('only go down, and are what the code imports', () => {
    const wrong = [...importsOf(sources)].flatMap(([file, named]) =>
      named.filter((other) => {
        const [from, to] = [roomOf(file), roomOf(other)];
        if (from === to || !rowOf(from)) return false;
        // Within capture its own floors count; what lies outside is open to it as to the room that it is.
        const within = from.startsWith('capture/') && to.startsWith('capture/');
        const [above, below] = within ? [from, to] : [from, to].map((room) => room.replace(/\/.*/, ''));
        const open = rowOf(within ? from : (above ?? ''))?.open ?? [];
        return !open.includes(to) || !((rowOf(below ?? '')?.floor ?? 0) < (rowOf(above ?? '')?.floor ?? 0));
      }),
    );
    expect(wrong).toEqual([]);
  });
});
