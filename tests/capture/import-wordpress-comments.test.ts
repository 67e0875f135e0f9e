import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readEnvironment } from '#capture/environment.ts';
import { approvedComments } from '#capture/owner/comments.ts';
import { comments } from '../../src/cli/comments.ts';
import { import as importProgram } from '../../src/cli/import.ts';
import { runCommand } from '../fakes/command-context.ts';
import { forEachStore, type TestEngine } from './stores.ts';

const fixture = 'tests/fixtures/archives/wordpress/comments.xml';
const page = 'posts/brass-and-oil';

/** An empty content folder and a place for a store that no server has made yet, with the owner's commands beside them. */
async function moving({ place }: TestEngine) {
  const where = await place();
  const folder = await mkdtemp(join(tmpdir(), 'd-files-moving-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const variables: Record<string, string> = {
    ...{ CONTENT_DIR: join(folder, 'content'), DIST_DIR: join(folder, 'dist') },
    ...{ SITE_URL: 'https://files.example', MAIL_DIR: join(folder, 'mail') },
    ...(where.startsWith('postgres:')
      ? { DATABASE_URL: where, VAR_DIR: join(folder, 'var') }
      : { VAR_DIR: dirname(where) }),
  };
  return {
    folder,
    database: readEnvironment(variables).environment.database,
    import: (...options: string[]) => {
      const file = options.find((each) => each.endsWith('.xml')) ?? fixture;
      const rest = options.filter((each) => each !== file);
      const report = ['--report', join(folder, 'report.md')];
      return runCommand(importProgram, [file, '--offline', ...report, ...rest], variables);
    },
    comments: (...args: string[]) => runCommand(comments, args, variables),
    report: () => readFile(join(folder, 'report.md'), 'utf8'),
    shown: async () => (await approvedComments(variables)).comments,
  };
}

forEachStore('the comments of a WordPress export', (engine) => {
  test('stay where they are unless they are asked for, and the report says how to bring them', async () => {
    const at = await moving(engine);
    const { output } = await at.import();
    expect(output).toContain('4 comments of readers did not come over: the same line with --comments');
    expect(await at.report()).toContain('--comments');
  });

  test('are shown at once, in their threads, with their dates, and nobody’s address is kept', async () => {
    const at = await moving(engine);
    const { code, output } = await at.import('--comments');
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('4 comments on 1 page were added.');
    const shown = await at.shown();
    expect(Object.keys(shown)).toEqual([page]);
    expect(shown[page]).toMatchObject([
      {
        name: 'Dora & Ned',
        body: 'Oil, always. See this test (https://polish.example/oil).\nIt & brass agree.\n\n> Which is better?\n\nBoth.',
        at: '2019-05-02T09:00:00.000Z',
        replies: [
          { name: 'Wilma Wick', person: 'wilma-wick', at: '2019-05-02T11:00:00.000Z' },
          { name: 'ned', body: 'Why would anybody?' },
          { name: 'Anonymous', body: 'Deeper still.' },
        ],
      },
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/@|192\.0\.2\.7|skerry/);
  });

  test('leave a count of what nobody wrote or approved, and of what stood on pages that take none', async () => {
    const at = await moving(engine);
    await at.import('--comments');
    const report = await at.report();
    for (const words of [
      '1 pingbacks and trackbacks',
      '1 spam',
      '1 not approved yet',
      '1 comment on item 41, "The tower"',
      '2 answers to answers',
    ])
      expect(report).toContain(words);
  });

  test('come once, also where one was erased or edited since, and a new one comes to them', async () => {
    const at = await moving(engine);
    await at.import('--comments');
    const [first] = (await at.shown())[page] ?? [];
    await at.comments('erase', first?.id ?? '', '--yes');
    expect((await at.import('--comments')).output).toContain('0 comments on 0 pages were added; 4 are there already.');
    const more = join(at.folder, 'more.xml');
    const text = (await readFile(fixture, 'utf8')).replace('I disagree.', 'I disagree, still.');
    await writeFile(more, text.replace('<wp:comment_approved>0<', '<wp:comment_approved>1<'));
    expect((await at.import(more, '--comments')).output).toContain('1 comment on 1 page was added; 4 are');
    expect((await at.shown())[page]).toMatchObject([
      { isDeleted: true, body: '', replies: [{ body: 'I disagree.' }, {}, {}] },
      { name: 'Gus', body: 'Waits.', replies: [] },
    ]);
  });

  test('are only counted by a dry run, which makes no store', async () => {
    const at = await moving(engine);
    const { output } = await at.import('--comments', '--dry-run');
    expect(output).toContain('4 comments on 1 page would be added.');
    expect(await at.shown()).toEqual({});
  });

  test('know nobody as a lead, and agree to nothing', async () => {
    const at = await moving(engine);
    await at.import('--comments');
    const { database } = at;
    const store = engine.open(database.kind === 'sqlite' ? database.file : database.url);
    for (const table of ['contact', 'lead', 'consentEvent', 'submission', 'outbox'] as const)
      expect(await Array.fromAsync(store.reading.rows(table)), table).toEqual([]);
  });
});
