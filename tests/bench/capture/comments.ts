import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { approvedComments } from '#capture/owner/comments.ts';
import { listComments } from '#capture/owner/moderation.ts';
import type { Store } from '#capture/store/store.ts';
import { commentRow, insertRows, questionRow } from '../../capture/rows.ts';
import { measure } from '../build/processes.ts';
import { series } from '../build/series.ts';
import { defaultSeed, writeSeries } from '../build/write-series.ts';
import { benchOptions, chosen, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { databases, storeNames } from './databases.ts';

/**
 * What many comments cost: those who read and decide on them, and a build that shows them.
 *
 *   npm run bench:comments -- --help
 */
const options = benchOptions({
  name: 'bench:comments',
  summary: 'what 10,000 comments and 1,000 questions cost the owner and a build',
  options: {
    comments: { value: 'n', description: 'how many: 10000, or what is said here' },
    questions: { value: 'n', description: 'how many: 1000' },
    entries: { value: 'n', description: 'of how many entries they are, which are built: 300' },
    store: { value: 'name', multiple: true, description: 'sqlite or postgres; both without' },
    ...printOnly,
  },
  examples: ['npm run bench:comments', 'npm run bench:comments -- --store sqlite --comments 100000'],
});
const comments = countOf('--comments', options.comments, 10_000);
const questions = countOf('--questions', options.questions, 1000);
const count = countOf('--entries', options.entries, 300);
const report = openReport('bench:comments', options);

const entries = series(count, defaultSeed).entries.map(({ collection, slug }) => `${collection}/${slug}`);
// Inside the project, whose packages the pages of a build load.
const folder = resolve('node_modules/.cache/bench/comments');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const content = join(folder, 'content');
const start = Date.parse('2024-01-01T00:00:00Z');
const part = 1000;
const idOf = (kind: number, n: number) => `018cc000-0000-7${kind}00-8000-${String(n).padStart(12, '0')}`;

try {
  await writeSeries(content, count);
  for await (const database of databases(chosen('--store', options.store, storeNames))) {
    const kept = await mkdtemp(join(folder, 'kept-'));
    const env = { ...database.env, VAR_DIR: kept };
    const store = await database.open(kept);
    await store.migrate();
    await fill(store);
    report.print(
      `${database.name}: ${comments} comments on ${count} entries, a tenth of which waits, and ${questions} questions`,
    );
    await timed('the oldest 50 that wait', () =>
      listComments({ store, site: undefined }, { states: ['pending'], entry: undefined }, 50),
    );
    await timed('whether any has changed', () => store.reading.commentsVersion());
    await timed('all that are shown, for a build', () => approvedComments(env));
    const first = await built('the first build', env, true);
    const same = await built('nothing changed', env);
    await store.transaction((records) => records.insert('comment', [rowOf(comments, 'approved')]));
    const one = await built('one comment more', env);
    report.print(`  files rendered: ${first} at first, ${same} where nothing changed, ${one} with one comment more`);
    await store.close();
    await database.reset(kept);
  }
  await report.save();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Comments of a thousand people, an eighth of them replies; the first entries have most. */
function rowOf(n: number, state: 'approved' | 'pending') {
  const at = start + n * 60_000;
  const of = (m: number) => entries[Math.floor(((m % 97) / 97) ** 2 * entries.length)] ?? '';
  const parent = n % 8 === 7 && state === 'approved' ? n - 97 : -1;
  const isReply = parent > 0 && parent % 10 !== 9 && parent % 8 !== 7;
  return commentRow({
    ...{ id: idOf(0, n), entry: of(n), name: `Reader ${n % 1000}`, state, at, confirmedAt: at, changedAt: at },
    body: `What I think of it, said for the ${n}th time. ${'It was the boat, and nobody rowed. '.repeat(n % 12)}`.trim(),
    ...(isReply && { parentId: idOf(0, parent), answersId: idOf(0, parent) }),
    published: state === 'approved' ? n + 1 : null,
  });
}

async function fill(store: Store): Promise<void> {
  for (let from = 0; from < comments; from += part)
    await insertRows(
      store,
      'comment',
      Array.from({ length: Math.min(part, comments - from) }, (_, i) =>
        rowOf(from + i, (from + i) % 10 === 9 ? 'pending' : 'approved'),
      ),
    );
  const asker = {
    id: idOf(1, 0),
    email: 'asker@example.com',
    emailNorm: 'asker@example.com',
    mailbox: 'asker@example.com',
  };
  await insertRows(store, 'contact', [{ ...asker, name: null, company: null, createdAt: start }]);
  await insertRows(
    store,
    'question',
    Array.from({ length: questions }, (_, n) => questionRow(asker.id, { id: idOf(2, n), at: start + n })),
  );
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  report.print(
    `  ${what.padEnd(32)} ${times
      .toSorted((a, b) => a - b)[2]
      ?.toFixed(1)
      .padStart(8)} ms`,
  );
}

/** Builds the series, and resolves to how many files were rendered. */
async function built(what: string, env: Record<string, string>, isFirst = false): Promise<string> {
  const output = relative('.', join(folder, 'dist'));
  const {
    code,
    cpu,
    output: printed,
  } = await measure({
    command: 'npm',
    args: ['run', isFirst ? 'build:clean' : 'build', '--', '--outDir', output],
    folder: '.',
    env: { ...env, CONTENT_DIR: content },
  });
  if (code !== 0) throw new Error(`The series does not build:\n${printed}`);
  report.print(`  ${what.padEnd(32)} ${cpu.toFixed(1).padStart(8)} s of CPU`);
  return /Rendering ([\d,]+) of [\d,]+ files/.exec(printed)?.[1] ?? 'no';
}
