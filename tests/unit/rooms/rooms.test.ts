import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { normalize } from 'node:path/posix';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { circles, importsOf, roomOf, sources } from './imports.ts';

describe('the floors only go down', () => {
  const imports = importsOf(sources);

  it('has no files that import one another in a circle, types included', () => {
    expect(circles(imports)).toEqual([]);
  });

  it('has no rooms that import one another in a circle, types included', () => {
    const rooms = new Map<string, string[]>();
    for (const [file, named] of imports)
      rooms.set(roomOf(file), [...(rooms.get(roomOf(file)) ?? []), ...named.map(roomOf)]);
    for (const [room, others] of rooms)
      rooms.set(
        room,
        others.filter((other) => other !== room),
      );
    expect(circles(rooms)).toEqual([]);
  });

  it('sees circles, where there are some', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b', 'd']],
      ['d', []],
    ]);
    expect(circles(graph)).toEqual([['b', 'c']]);
  });
});

/**
 * What each room may import, of the others and of Astro's own modules; all else is refused. A room is a folder of `src`,
 * in `capture` one of its folders, or a file that lies in no such folder; `.` are the files of `src` itself.
 */
const doors: Record<string, string[]> = {
  '.': [
    ...[
      'model',
      'catalog/records.ts',
      'authoring/loaders.ts',
      'capture/capture.ts',
      'capture/desk.ts',
      'astro:content',
    ],
  ],
  site: [],
  cache: [],
  model: ['site', 'astro/zod'],
  catalog: ['model', 'site'],
  authoring: ['catalog', 'cache', 'model', 'site'],
  publishing: ['authoring', 'feeds', 'catalog', 'model', 'site'],
  feeds: ['catalog', 'site'],
  markdown: ['catalog', 'site'],
  metadata: ['catalog', 'cache', 'site'],
  search: ['catalog', 'cache', 'site'],
  components: ['model', 'catalog/records.ts', 'site', 'astro:assets'],
  prose: [
    'components/prose',
    'catalog/body.ts',
    'catalog/records.ts',
    'catalog/collections.ts',
    'site',
    'astro:container',
  ],
  layouts: ['components', 'metadata', 'styles', 'catalog/records.ts', 'site', 'astro:assets'],
  pages: [
    ...['layouts', 'prose', 'components', 'metadata', 'feeds', 'markdown', 'styles', 'catalog', 'authoring', 'site'],
    ...['capture/capture.ts', 'capture/desk.ts', 'astro:assets'],
  ],
  styles: ['cache'],
  editor: ['styles', 'authoring', 'model', 'site'],
  integrations: [
    ...['editor', 'publishing', 'authoring', 'search', 'metadata', 'styles', 'catalog', 'model', 'cache', 'site'],
    'capture/owner',
  ],
  'capture/environment.ts': ['site'],
  'capture/store': ['capture/environment.ts'],
  'capture/webhook': ['capture/store', 'site'],
  'capture/mail': ['capture/store', 'site'],
  'capture/capture.ts': ['capture/store/tables.ts', 'site'],
  'capture/context.ts': ['capture/environment.ts', 'capture/store', 'site'],
  'capture/forms': [
    ...['capture/environment.ts', 'capture/capture.ts', 'capture/context.ts'],
    ...['capture/store', 'capture/webhook', 'capture/mail', 'site'],
  ],
  'capture/links': [
    ...['capture/environment.ts', 'capture/capture.ts', 'capture/context.ts'],
    ...['capture/store', 'capture/webhook', 'capture/mail', 'capture/forms', 'site'],
  ],
  'capture/bounces': [
    ...['capture/environment.ts', 'capture/capture.ts', 'capture/context.ts'],
    ...['capture/store', 'capture/webhook', 'capture/mail', 'capture/forms', 'site'],
  ],
  'capture/comments': [
    ...['capture/environment.ts', 'capture/capture.ts', 'capture/context.ts'],
    ...['capture/store', 'capture/webhook', 'capture/mail', 'capture/forms', 'site'],
  ],
  'capture/leads': [
    ...['capture/environment.ts', 'capture/context.ts', 'capture/store', 'capture/webhook'],
    ...['capture/forms', 'capture/links', 'capture/comments', 'site'],
  ],
  'capture/desk.ts': ['capture/capture.ts', 'capture/store', 'site'],
  'capture/desk': [
    ...['capture/environment.ts', 'capture/capture.ts', 'capture/context.ts', 'capture/desk.ts'],
    ...['capture/store', 'capture/webhook', 'capture/mail', 'capture/forms', 'capture/comments', 'capture/leads'],
    'capture/outbox',
    'site',
  ],
  'capture/outbox': [
    ...['capture/environment.ts', 'capture/store', 'capture/webhook', 'capture/mail', 'capture/mail/letters', 'site'],
  ],
  'capture/compose.ts': [
    ...['capture/environment.ts', 'capture/capture.ts', 'capture/context.ts', 'capture/desk.ts', 'capture/desk'],
    ...['capture/store', 'capture/store/adapters', 'capture/webhook', 'capture/webhook/adapters'],
    ...['capture/mail', 'capture/mail/adapters', 'capture/mail/letters', 'capture/forms', 'capture/links'],
    ...['capture/outbox', 'capture/comments', 'capture/leads', 'capture/bounces', 'capture/bounces/adapters'],
    ...['capture/a-new-room', 'site'],
  ],
  'capture/owner': [
    ...['capture/environment.ts', 'capture/capture.ts', 'capture/context.ts', 'capture/compose.ts'],
    ...['capture/desk.ts', 'capture/desk'],
    ...['capture/store', 'capture/webhook', 'capture/mail', 'capture/mail/letters', 'capture/forms', 'capture/links'],
    ...['capture/outbox', 'capture/comments', 'capture/leads', 'capture/bounces', 'capture/a-new-room', 'site'],
  ],
  server: ['capture/capture.ts', 'capture/desk.ts', 'capture/compose.ts', 'capture/environment.ts', 'site'],
  importing: ['publishing', 'authoring', 'catalog', 'model', 'site'],
  cli: ['importing', 'publishing', 'authoring', 'model', 'site', 'capture/owner'],
  'a-new-room': [],
  'capture/a-new-room': [],
};

/** What is told apart from the rest of a room. */
const parts = [
  ...['catalog/records.ts', 'catalog/collections.ts', 'catalog/graph.ts', 'authoring/loaders.ts', 'components/prose'],
  ...['capture/store/adapters', 'capture/webhook/adapters', 'capture/mail/adapters', 'capture/mail/letters'],
  ...['capture/bounces/adapters', 'capture/store/tables.ts'],
];
const adapters = /^capture\/[^/]+\/(?:adapters|letters)$/;

/** The modules of a room that those who may import it may not. */
const shut: Record<string, string[]> = {
  authoring: ['catalog/collections.ts'],
  publishing: ['catalog/collections.ts'],
  importing: ['catalog/collections.ts'],
  feeds: ['catalog/collections.ts', 'catalog/graph.ts'],
  markdown: ['catalog/collections.ts', 'catalog/graph.ts'],
  metadata: ['catalog/collections.ts', 'catalog/graph.ts'],
  search: ['catalog/collections.ts', 'catalog/graph.ts'],
  integrations: ['catalog/collections.ts'],
};

/** Names that are no room's: Astro's own modules, packages, and relative paths, of which those within a room are open. */
const ways = [
  'astro:content',
  'astro:assets',
  'astro:container',
  'astro/zod',
  '../site/x.ts',
  '../_x.ts',
  './x.ts',
  'yaml',
];
const openWays: Record<string, string[]> = { pages: ['../_x.ts'] };

const rooms = Object.keys(doors);
const isFile = (room: string) => room.endsWith('.ts');
const isIn = (target: string, room: string) => target === room || target.startsWith(`${room}/`);

function isOpen(room: string, target: string): boolean {
  const open = doors[room] ?? [];
  if (shut[room]?.includes(target)) return false;
  if (open.includes(target) || openWays[room]?.includes(target)) return true;
  if (target === './x.ts') return !/^capture\/(?!compose).*\.ts$/.test(room);
  // A package; at the bottom none is, and of the model one.
  if (!/^(?:\.|astro:)|^astro\/zod$/.test(target) && !isRoomOrPart(target)) return room !== 'site' && room !== 'model';
  if (target === 'astro/zod') return room !== 'site';
  // A part is open where its room is; adapters and letters have doors of their own.
  return !adapters.test(target) && parts.includes(target) && open.some((each) => isIn(target, each));
}
const isRoomOrPart = (target: string) => rooms.includes(target) || parts.includes(target);

describe('a door is shut until a row of the lint opens it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A file of a room, with an import in each line. */
  const caseOf = (room: string) => (isFile(room) ? `src/${room}` : `src/${room}/case.ts`);
  const nameOf = (target: string) => {
    if (!isRoomOrPart(target)) return target;
    return isFile(target) ? `#${target}` : `#${target}/x.ts`;
  };
  const targetsOf = (room: string) => [
    ...[...rooms, ...parts].filter((target) => target !== '.' && !isIn(target, room)),
    ...ways,
  ];
  const refused = new Set<string>();
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };

  beforeAll(() => {
    copyFileSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
    for (const room of rooms)
      write(
        caseOf(room),
        targetsOf(room)
          .map((target, i) => `export type { X as X${i} } from '${nameOf(target)}';\n`)
          .join(''),
      );
    write('src/catalog/collections.ts', `export type { X } from 'astro:content';\n`);
    write('src/catalog/graph.ts', `export type { X } from 'astro:content';\n`);
    write('src/pages/page.astro', `---\nimport type { X } from '#server/x.ts';\n---\n`);
    const lint = resolve('node_modules/.bin/oxlint');
    const { stdout } = spawnSync(lint, ['--format', 'json', 'src'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { code: string; filename: string; labels: { span: { line: number } }[] }[];
    };
    for (const { code, filename, labels } of diagnostics)
      if (code.includes('no-restricted-imports'))
        refused.add(`${filename.replaceAll('\\', '/')}:${labels[0]?.span.line}`);
  });

  test.each(rooms)('%s imports what the table says, and nothing else', (room) => {
    const targets = targetsOf(room);
    const file = normalize(caseOf(room));
    const imported = targets.filter((_, i) => !refused.has(`${file}:${i + 1}`));
    expect(imported).toEqual(targets.filter((target) => isOpen(room, target)));
  });

  it('lets one file alone read the collections', () => {
    expect(refused.has('src/catalog/collections.ts:1')).toBe(false);
    expect(refused.has('src/catalog/graph.ts:1')).toBe(true);
  });

  it('looks into pages of Astro as well', () => {
    expect(refused.has('src/pages/page.astro:2')).toBe(true);
  });

  it('knows every room of the house', () => {
    const inside = (path: string) => readdirSync(path, { withFileTypes: true });
    const folders = (path: string) => inside(path).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
    const files = inside('src/capture').flatMap(({ name }) => (name.endsWith('.ts') ? `capture/${name}` : []));
    const there = [
      ...folders('src').filter((name) => name !== 'capture'),
      ...folders('src/capture').map((name) => `capture/${name}`),
      ...files,
    ];
    expect(there.toSorted()).toEqual(rooms.filter((room) => room !== '.' && !room.endsWith('a-new-room')).toSorted());
  });

  it('holds for types that are named without an import, which the lint does not see', () => {
    const named = importsOf(sources).get('src/env.d.ts') ?? [];
    expect(new Set(named)).toEqual(
      new Set(['src/catalog/records.ts', 'src/capture/capture.ts', 'src/capture/desk.ts']),
    );
  });
});
