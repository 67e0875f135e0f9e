import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { captureOf } from '#capture/compose.ts';
import { secret } from '#capture/environment.ts';
import { approvedComments } from '#capture/owner/comments.ts';
import { signOwnLink } from '#capture/store/own-links.ts';
import { comments } from '../../src/cli/comments.ts';
import { questions } from '../../src/cli/questions.ts';
import { leads } from '../../src/cli/leads.ts';
import { runCommand, type RunOptions } from '../fakes/command-context.ts';
import { commentRow, contactRow, insertRows, questionRow, wording } from './rows.ts';
import { minute, scene, site } from './scene.ts';
import { forEachStore, type TestEngine } from './stores.ts';

const key = 'a secret of more than thirty-two characters';
const entry = 'episodes/first-episode';

/** A store with its tables, a built site, and the owner's commands beside them. */
async function desk({ place, open }: TestEngine) {
  const where = await place();
  const store = open(where);
  await store.migrate();
  const set = scene(store, { secrets: [secret(key)] });
  const folder = await mkdtemp(join(tmpdir(), 'd-files-moderation-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'dist/gated'), { recursive: true });
  await writeFile(join(folder, 'dist/gated/site.json'), JSON.stringify(site));
  const variables: Record<string, string> = {
    ...{ DIST_DIR: join(folder, 'dist'), SECRET: key, SITE_URL: site.url, MAIL_FROM: 'hello@files.example' },
    ...{ MAIL_DIR: join(folder, 'mail'), CONTENT_DIR: join(folder, 'content') },
    ...(where.startsWith('postgres:')
      ? { DATABASE_URL: where, VAR_DIR: join(folder, 'var') }
      : { VAR_DIR: dirname(where) }),
  };
  const run = (args: readonly string[], options: RunOptions = {}) => {
    const [name = '', ...rest] = args;
    const program = { comments, questions, leads }[name];
    if (!program) throw new Error(`There is no ${name}.`);
    return runCommand(program, rest, variables, { now: set.now, ...options });
  };
  return {
    ...{ store, set, run, folder },
    variables,
    capture: captureOf(set.context, { countView: () => {}, queued: () => {} }),
    async write(name: string, content: unknown) {
      const file = join(folder, name);
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
  };
}

const readers = ['dora@skerry.example', 'ned@halyard.example'].map((email) => contactRow(email));
const [dora = contactRow('x'), ned = contactRow('x')] = readers;

forEachStore('the owner’s commands for comments', (engine) => {
  test('show what waits, the oldest first, and one whole', async () => {
    const { store, run } = await desk(engine);
    await insertRows(store, 'contact', readers);
    const first = commentRow({
      contactId: dora.id,
      body: 'One\n\u001b[31mtwo',
      reasons: '["links","first"]',
      moment: 750,
    });
    const later = commentRow({ contactId: ned.id, changedAt: first.changedAt + minute, name: 'Ned' });
    await insertRows(store, 'comment', [
      later,
      first,
      commentRow({ state: 'spam' }),
      commentRow({ state: 'approved' }),
    ]);
    const { code, output, errors } = await run(['comments', 'list']);
    expect(code).toBe(0);
    expect(output.split('\n').map((line) => line.split(/ {2,}/).slice(0, 6).join('|'))).toEqual([
      'Id|Version|State|Came|Entry|Name',
      `${first.id}|2|pending|2026-01-15T12:00Z|${entry}|Dora`,
      `${later.id}|2|pending|2026-01-15T12:00Z|${entry}|Ned`,
      '',
    ]);
    expect(errors).toContain('2 comments.');
    expect((await run(['comments', 'list', '--state', 'all', '--limit', '1'])).errors).toContain('the oldest of 4');
    expect(JSON.parse((await run(['comments', 'list', '--state', 'spam', '--json'])).output)).toMatchObject({
      total: 1,
      comments: [{ state: 'spam', version: 2, at: '2026-01-15T12:00:00.000Z' }],
    });
    expect(await run(['comments', 'list', '--state', 'new'])).toMatchObject({ code: 2 });
    const shown = await run(['comments', 'show', first.id]);
    expect(shown.output).toContain(`${first.id}, version 2: pending`);
    expect(shown.output).toContain('Dora at 12:30 on The first episode');
    expect(shown.output).toContain('To look at: three links or more; the first comment of this person');
    expect(shown.output).toContain('  One\n  ·[31mtwo');
    expect(await run(['comments', 'show', 'other'])).toMatchObject({ code: 1 });
  });

  test('are all there, once, over many pages, though many came in one moment', async () => {
    const { store, run } = await desk(engine);
    await insertRows(store, 'contact', readers);
    const comments = Array.from({ length: 1100 }, () => commentRow({ contactId: dora.id }));
    const questions = Array.from({ length: 1100 }, () => questionRow(dora.id));
    for (const part of [0, 550]) {
      await insertRows(store, 'comment', comments.slice(part, part + 550));
      await insertRows(store, 'question', questions.slice(part, part + 550));
    }
    for (const [what, rows] of Object.entries({ comments, questions })) {
      const listed = JSON.parse((await run([what, 'list', '--limit', '0', '--json'])).output) as Record<
        string,
        unknown
      >;
      expect((listed[what] as { id: string }[]).map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted());
    }
  });

  test('decide on the version that was seen, and tell whoever was slower what stands', async () => {
    const { store, set, run, variables } = await desk(engine);
    await insertRows(store, 'contact', readers);
    const comment = commentRow({ contactId: dora.id });
    await insertRows(store, 'comment', [comment]);
    const answers = await Promise.all([
      run(['comments', 'approve', comment.id, '--seen', '2', '--by', 'Gus']),
      run(['comments', 'reject', comment.id, '--seen', '2', '--by', 'Petra']),
    ]);
    expect(answers.map(({ code }) => code).toSorted()).toEqual([0, 1]);
    const [winner] = answers.flatMap(({ code }, index) => (code === 0 ? [['Gus', 'Petra'][index]] : []));
    const loser = answers.find(({ code }) => code === 1);
    expect(loser?.errors).toContain('It is not any more what you saw, so nothing was done.');
    expect(loser?.errors).toContain(`version 3: ${winner === 'Gus' ? 'approved' : 'rejected'} by ${winner}`);
    expect(loser?.errors).toContain('--seen 3');

    await run(['comments', 'approve', comment.id, '--seen', '3']);
    const [row] = await set.rows('comment');
    const version = row?.version ?? 0;
    expect((await approvedComments(variables)).comments).toMatchObject({ [entry]: [{ id: comment.id }] });
    const before = (await approvedComments(variables)).version;
    expect(await run(['comments', 'spam', comment.id, '--seen', `${version}`])).toMatchObject({ code: 0 });
    expect((await approvedComments(variables)).comments).toEqual({});
    expect((await approvedComments(variables)).version).toBeGreaterThan(before ?? Infinity);
    const actions = (await set.rows('audit')).map(({ actor, action }) => `${actor} ${action}`);
    expect(actions).toContain(`owner comment spam ${comment.id}`);
  });

  test('ask where no version was named, and do nothing after a no, or where nobody can be asked', async () => {
    const { store, set, run } = await desk(engine);
    const comment = commentRow();
    await insertRows(store, 'comment', [
      comment,
      commentRow({ state: 'unconfirmed', id: '0193b9a0-0000-7000-8000-000000000001' }),
    ]);
    const seen: string[] = [];
    const no = await run(['comments', 'approve', comment.id], { answer: (question) => (seen.push(question), false) });
    expect(no).toMatchObject({ code: 1, errors: expect.stringContaining('Nothing was done.') });
    expect(no.errors).toContain(comment.body);
    expect(seen).toEqual(['Show it?']);
    const nobody = await run(['comments', 'approve', comment.id]);
    expect(nobody).toMatchObject({ code: 2, errors: expect.stringContaining(`approve ${comment.id} --seen 2`) });
    expect((await set.rows('comment')).map(({ state }) => state).toSorted()).toEqual(['pending', 'unconfirmed']);
    expect(await run(['comments', 'approve', comment.id], { answer: () => true })).toMatchObject({
      code: 0,
      output: 'It is shown on “The first episode” with the next build.\n',
    });
    expect(await run(['comments', 'approve', '0193b9a0-0000-7000-8000-000000000001', '--seen', '2'])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('not confirmed it yet'),
    });
  });

  test('publish a reply of a host, and mail it to whom it answers', async () => {
    const { store, set, run, variables } = await desk(engine);
    await insertRows(store, 'contact', readers);
    await insertRows(store, 'consentText', [wording]);
    const comment = commentRow({ contactId: dora.id, state: 'approved', published: 1, repliesTextId: wording.id });
    await insertRows(store, 'comment', [comment]);
    const reply = ['comments', 'reply', comment.id, '--text', 'Guilty.\nThe boat thought so too.'];
    expect(await run([...reply, '--as', 'gus-barnacel', '--yes'])).toMatchObject({
      code: 2,
      errors: 'There is no host “gus-barnacel”. Nearest: --as gus-barnacle\n',
    });
    expect(await run([...reply, '--as', 'gus-barnacle'])).toMatchObject({ code: 2 });
    expect(await run([...reply, '--as', 'gus-barnacle', '--yes'])).toMatchObject({ code: 0 });
    expect((await approvedComments(variables)).comments).toMatchObject({
      [entry]: [
        { replies: [{ name: 'Gus Barnacle', person: 'gus-barnacle', body: 'Guilty.\nThe boat thought so too.' }] },
      ],
    });
    expect(await set.mails()).toMatchObject([{ contactId: dora.id, payload: { mail: 'reply' } }]);
    await store.transaction(async (records) => records.updateComment({ ...comment, state: 'rejected', version: 3 }));
    expect(await run([...reply, '--as', 'gus-barnacle', '--yes'])).toMatchObject({ code: 1 });
  });

  test('say which line closes a page', async () => {
    const { run } = await desk(engine);
    expect((await run(['comments', 'close', 'first-episode'])).output).toBe(
      `Add this line to the front matter of ${entry}, and build:\n\n  comments: closed\n`,
    );
    expect(await run(['comments', 'close', 'episodes/first-episod'])).toMatchObject({
      code: 2,
      errors: `There is no episode or post “episodes/first-episod”. Nearest: ${entry}\n`,
    });
  });

  describe('import', () => {
    const archive = [
      { id: 'a', entry, name: 'Dora Skerry', body: 'The first.\r\nOf old.', at: '2024-03-13T09:00:00Z', moment: 750 },
      { parent: 'a', entry, name: 'Gus', body: 'A reply.', at: '2024-03-13T11:42:00Z', person: 'gus-barnacle' },
      { id: 7, entry: 'posts/first-post', name: 'Ned', body: 'Elsewhere.', at: '2024-03-15' },
    ];

    test('adds an archive once, threads, moments and dates as they were, and only when it is meant', async () => {
      const { set, run, variables, write } = await desk(engine);
      const file = await write('archive.json', archive);
      expect((await run(['comments', 'import', file, '--dry-run'])).output).toBe(
        '3 comments on 2 pages would be added.\n',
      );
      expect(await set.rows('comment')).toEqual([]);
      expect((await run(['comments', 'import', file])).output).toBe('3 comments on 2 pages were added.\n');
      const shown = (await approvedComments(variables)).comments;
      expect(shown).toEqual({
        [entry]: [
          {
            ...{ id: expect.any(String), name: 'Dora Skerry', body: 'The first.\nOf old.', moment: 750 },
            at: '2024-03-13T09:00:00.000Z',
            replies: [
              {
                ...{ id: expect.any(String), name: 'Gus', body: 'A reply.', person: 'gus-barnacle' },
                at: '2024-03-13T11:42:00.000Z',
              },
            ],
          },
        ],
        'posts/first-post': [expect.objectContaining({ name: 'Ned', at: '2024-03-15T00:00:00.000Z' })],
      });
      expect((await run(['comments', 'import', file])).output).toBe(
        '0 comments on 0 pages were added; 3 are there already.\n',
      );
      const [first] = shown[entry] ?? [];
      await run(['comments', 'spam', first?.id ?? '', '--seen', '1']);
      await run(['comments', 'import', file]);
      expect((await approvedComments(variables)).comments).not.toHaveProperty([entry]);
    });

    test('takes nothing of a file in which something is wrong, and says where', async () => {
      const { set, run, write } = await desk(engine);
      const file = await write('archive.json', [
        archive[0],
        { entry: 'episodes/first-episod', name: ' ', body: 'x', at: 'yesterday', nmae: 'x', parent: 'b' },
        { entry, name: 'Ned', body: 'x', at: '2024-03-15', person: 'gus' },
      ]);
      const { code, errors } = await run(['comments', 'import', file]);
      expect(code).toBe(1);
      expect(errors.replaceAll(file, 'archive.json').trim().split('\n')).toEqual([
        'archive.json, comment 2, nmae: is no field. Nearest: name',
        'archive.json, comment 2, entry: “episodes/first-episod” is not in the built site. Nearest: episodes/first-episode',
        'archive.json, comment 2, name: is empty.',
        'archive.json, comment 2, at: “yesterday” is no moment: write 2024-03-13T12:00:00Z.',
        'archive.json, comment 3, person: “gus” is no host. Nearest: gus-barnacle',
        'archive.json, comment 2, parent: “b” is the id of no comment of the file.',
        'Nothing was imported.',
      ]);
      expect(await set.rows('comment')).toEqual([]);
      expect(await run(['comments', 'import', await write('no.json', '{')])).toMatchObject({ code: 2 });
      expect(await run(['comments', 'import', await write('no.json', '{}')])).toMatchObject({ code: 2 });
    });

    test('refuses circles and replies across pages', async () => {
      const { run, write } = await desk(engine);
      const at = '2024-03-15';
      const one = (id: string, parent: string, page = entry) => ({ id, parent, entry: page, name: 'x', body: id, at });
      const file = await write('archive.json', [
        one('a', 'b'),
        one('b', 'a'),
        one('c', 'c'),
        one('d', 'a', 'posts/first-post'),
      ]);
      expect((await run(['comments', 'import', file])).errors.match(/parent: /g)).toHaveLength(4);
    });

    test('keeps replies of any depth in their thread, and knows a comment by its key whatever else has changed', async () => {
      const { set, run, write } = await desk(engine);
      const at = '2024-03-15';
      const one = (id: string, parent?: string) => ({ key: `blog ${id}`, id, parent, entry, name: 'x', body: id, at });
      // The deepest first: it is added after what it replies to.
      const deep = [one('d', 'c'), one('c', 'b'), one('b', 'a'), one('a')];
      expect((await run(['comments', 'import', await write('deep.json', deep)])).output).toContain('4 comments');
      const rows = new Map((await set.rows('comment')).map((row) => [row.body, row]));
      const root = rows.get('a')?.id;
      for (const [child, parent] of ['ba', 'cb', 'dc'].map((pair) => pair.split('')))
        expect(rows.get(child ?? '')).toMatchObject({ parentId: root, answersId: rows.get(parent ?? '')?.id });
      const moved = deep.map((each) => ({ ...each, entry: 'posts/first-post', body: 'Said anew.' }));
      expect((await run(['comments', 'import', await write('moved.json', moved)])).output).toContain('4 are there');
    });
  });

  test('erase one comment that came without an address, after a yes, and no import brings it back', async () => {
    const { set, run, write, variables } = await desk(engine);
    const at = '2024-03-13';
    const archive = [
      { id: 'a', entry, name: 'Dora Skerry', body: 'The first.', at },
      { parent: 'a', entry, name: 'Gus', body: 'A reply.', at },
    ];
    const file = await write('archive.json', archive);
    await run(['comments', 'import', file]);
    const id = (await set.rows('comment')).find(({ name }) => name === 'Dora Skerry')?.id ?? '';
    expect(await run(['comments', 'erase', id])).toMatchObject({ code: 2 });
    expect(await run(['comments', 'erase', id], { answer: () => false })).toMatchObject({ code: 1 });
    expect(await run(['comments', 'erase', id], { answer: () => true })).toMatchObject({ code: 0 });
    await run(['comments', 'import', file]);
    expect((await set.rows('comment')).find((row) => row.id === id)).toMatchObject({
      ...{ state: 'deleted', name: '', body: '', digest: '' },
    });
    expect((await approvedComments(variables)).comments[entry]).toMatchObject([
      { isDeleted: true, name: '', body: '', replies: [{ body: 'A reply.' }] },
    ]);
    expect(await set.rows('audit')).toMatchObject([{ actor: 'owner', action: `comment erased ${id}` }]);
    expect(await run(['comments', 'erase', id, '--yes'])).toMatchObject({ code: 1 });
  });

  test('erase what a person wrote, and say so before', async () => {
    const { store, run, set } = await desk(engine);
    await insertRows(store, 'contact', readers);
    await insertRows(store, 'comment', [commentRow({ contactId: dora.id }), commentRow({ contactId: dora.id })]);
    await insertRows(store, 'question', [questionRow(dora.id)]);
    const { errors } = await run(['leads', 'erase', 'dora@skerry.example', '--yes']);
    expect(errors).toContain('2 comments, 1 question');
    expect(await set.rows('comment')).toEqual([]);
    expect(await set.rows('question')).toEqual([]);
  });
});

forEachStore('the owner’s commands for questions', (engine) => {
  test('show what waits, answer it by mail, once for what was seen', async () => {
    const { store, set, run } = await desk(engine);
    await insertRows(store, 'contact', readers);
    const question = questionRow(dora.id, { recipient: 'gus-barnacle' });
    await insertRows(store, 'question', [question, questionRow(ned.id, { state: 'unconfirmed' })]);
    const listed = await run(['questions', 'list']);
    expect(listed.output).toContain(`${question.id}  2`);
    expect(listed.errors).toContain('1 question.');
    expect((await run(['questions', 'show', question.id])).output).toContain('may be answered and not quoted');
    const answer = ['questions', 'answer', question.id, '--seen', '2'];
    expect(await run(answer)).toMatchObject({ code: 2 });
    expect(await run([...answer, '--text', ' '])).toMatchObject({ code: 2, errors: 'Write your answer.\n' });
    const answers = await Promise.all([1, 2].map((n) => run([...answer, '--text', `The keeper does. ${n}`])));
    expect(answers.map(({ code }) => code).toSorted()).toEqual([0, 1]);
    expect(answers.find(({ code }) => code === 1)?.errors).toContain('The answer:');
    expect(await set.mails()).toMatchObject([{ contactId: dora.id, payload: { mail: 'question-answered' } }]);
    expect(await set.events()).toMatchObject([]);
    expect(JSON.parse((await run(['questions', 'list', '--state', 'answered', '--json'])).output)).toMatchObject({
      questions: [{ id: question.id, state: 'answered', version: 3 }],
    });
  });

  test('answer one in an entry that is published', async () => {
    const { store, set, run } = await desk(engine);
    await insertRows(store, 'contact', readers);
    const question = questionRow(dora.id);
    await insertRows(store, 'question', [question]);
    const answer = ['questions', 'answer', question.id, '--seen', '2', '--in'];
    expect(await run([...answer, 'first-episod'])).toMatchObject({ code: 2 });
    expect(await run([...answer, 'first-episode'])).toMatchObject({ code: 0 });
    expect(await set.rows('question')).toMatchObject([{ state: 'answered', answeredIn: entry, answer: null }]);
  });

  test('do nothing about one whose author has not confirmed it', async () => {
    const { store, set, run } = await desk(engine);
    await insertRows(store, 'contact', readers);
    const question = questionRow(dora.id, { state: 'unconfirmed' });
    await insertRows(store, 'question', [question]);
    for (const command of [
      ['answer', question.id, '--text', 'The keeper does.'],
      ['close', question.id],
    ])
      expect(await run(['questions', ...command, '--seen', `${question.version}`])).toMatchObject({
        code: 1,
        errors: expect.stringContaining('has not confirmed it yet') as string,
      });
    expect(await set.rows('question')).toEqual([question]);
    expect(await set.mails()).toEqual([]);
  });

  test('close one without a mail', async () => {
    const { store, set, run } = await desk(engine);
    await insertRows(store, 'contact', readers);
    const [one, two] = [questionRow(dora.id), questionRow(ned.id)];
    await insertRows(store, 'question', [one, two]);
    expect(await run(['questions', 'close', one.id], { answer: () => true })).toMatchObject({ code: 0 });
    expect(await run(['questions', 'close', two.id, '--spam', '--seen', '2'])).toMatchObject({ code: 0 });
    expect((await set.rows('question')).map(({ state }) => state).toSorted()).toEqual(['closed', 'spam']);
    expect(await set.mails()).toEqual([]);
  });
});

forEachStore('comments for a build', (engine) => {
  test('are none where there is no store yet, and none is made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'd-files-none-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    expect(await approvedComments({ VAR_DIR: folder })).toEqual({ comments: {} });
    expect(existsSync(join(folder, 'd-files.db'))).toBe(false);
  });

  test('are none in a store that was not brought to its newest form, and it stays as it is', async () => {
    const where = await engine.place();
    const store = engine.open(where);
    const variables: Record<string, string> = where.startsWith('postgres:')
      ? { DATABASE_URL: where }
      : { VAR_DIR: dirname(where) };
    expect(await approvedComments(variables)).toEqual({ comments: {}, version: undefined });
    expect(await store.migrate()).toContain('007-comments');
  });
});

test('a link of one kind opens nothing of another', () => {
  const id = '0193b9a0-0000-7000-8000-000000000001';
  const kinds = ['comment', 'question', 'replies', 'decide 1', 'decide 2'] as const;
  const links = kinds.map((kind) => signOwnLink(id, kind, [secret(key)]));
  expect(new Set(links).size).toBe(kinds.length);
});
