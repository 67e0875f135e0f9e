import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { confirm } from '#capture/links/confirm.ts';
import { download } from '#capture/links/download.ts';
import { secret } from '#capture/environment.ts';
import { openViews } from '#capture/forms/funnel.ts';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { lockForServer } from '#capture/store/adapters/server-lock.ts';
import type { Store } from '#capture/store/store.ts';
import { subscribe } from '#capture/forms/subscribe.ts';
import { leads } from '../../src/cli/leads.ts';
import { migrate } from '../../src/cli/migrate.ts';
import { moveStore } from '../../src/cli/move-store.ts';
import { newsletter } from '../../src/cli/newsletter.ts';
import { webhookTest } from '../../src/cli/webhook-test.ts';
import { runCommand, type RunOptions } from '../fakes/command-context.ts';
import { day, newsletterForm, paperForm, scene, site, ticked, visit, type Scene } from './scene.ts';
import { insertRows, totalRow } from './rows.ts';
import { forEachStore, postgres, sqlite, type TestEngine } from './stores.ts';

const second = 1000;
const key = 'a secret of more than thirty-two characters';

/** The variables of a server with the store at `place`, and its built site in a folder that goes when the test ends. */
async function variablesFor(place: string): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'd-files-commands-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'dist/gated'), { recursive: true });
  await writeFile(join(folder, 'dist/gated/site.json'), JSON.stringify(site));
  return {
    ...{ DIST_DIR: join(folder, 'dist'), SECRET: key, SITE_URL: site.url, MAIL_FROM: 'hello@files.example' },
    // The site is a public one, and its mails are files for the tests to read.
    MAIL_DIR: join(folder, 'mail'),
    ...(place.startsWith('postgres:')
      ? { DATABASE_URL: place, VAR_DIR: join(folder, 'var') }
      : { VAR_DIR: dirname(place) }),
  };
}

/** A store with its tables, and the owner's commands beside it. */
async function desk({ place, open }: TestEngine) {
  const where = await place();
  const store = open(where);
  await store.migrate();
  const set = scene(store, { secrets: [secret(key)] });
  const variables = await variablesFor(where);
  const run = (command: string, options: RunOptions & { variables?: Record<string, string> } = {}) => {
    const [name = '', ...args] = command.split(' ');
    const program = { leads, newsletter, migrate, 'move-store': moveStore, 'webhook-test': webhookTest }[name];
    if (!program) throw new Error(`There is no ${name}.`);
    return runCommand(program, args, { ...variables, ...options.variables }, { now: set.now, ...options });
  };
  return { store, set, variables, run };
}

/** A reader who asked for the paper, and confirmed and downloaded it where `confirms`. */
async function reader(
  { context, link, pass }: Scene,
  email: string,
  { confirms = true, ...fields }: { confirms?: boolean } & Record<string, unknown> = {},
) {
  await requestWhitepaper(context, paperForm(email, fields as Record<string, string>), visit);
  pass(second);
  if (!confirms) return;
  const confirmed = await confirm(context, await link(), visit);
  if (confirmed.kind === 'confirmed' && confirmed.download) await download(context, confirmed.download, 'beginning');
}

async function subscriber({ context, link, pass }: Scene, email: string) {
  await subscribe(context, newsletterForm(email), visit);
  expect(await confirm(context, await link(), visit)).toMatchObject({ kind: 'confirmed', newsletter: true });
  pass(second);
}

/** Takes what is due of the queue as a worker would, and lets all of it fail, or none. */
async function deliver(store: Store, now: number, error?: string) {
  for (const lane of ['answer', 'issue'] as const)
    for (const lease of await store.outbox.lease(lane, 1000, now, now + 1))
      await (error === undefined ? store.outbox.finish(lease) : store.outbox.bury(lease, error));
}

forEachStore('leads', (engine) => {
  test('are shown with what they asked for, the latest last', async () => {
    const { set, run } = await desk(engine);
    await reader(set, 'ann@one.example', { name: 'Ann', company: 'One Ltd', ...ticked });
    set.pass(day);
    await reader(set, 'ben@two.example', { confirms: false });
    const { code, output, errors } = await run('leads list');
    expect(code).toBe(0);
    expect(output).toMatch(
      /^First seen .*\n2026-01-15 +ann@one\.example +confirmed +confirmed +keeping-the-keepers +Ann +One Ltd +episodes\/first-episode\n2026-01-16 +ben@two\.example +pending +keeping-the-keepers/,
    );
    expect(errors).toBe('\n2 leads.\n');
  });

  test('are chosen by whitepaper, day and status, and limited to the latest', async () => {
    const { set, run } = await desk(engine);
    for (const [email, whitepaper] of [
      ['ann@one.example', 'keeping-the-keepers'],
      ['ben@two.example', 'number-seven'],
      ['cy@three.example', 'number-seven'],
    ] as const) {
      await reader(set, email, { whitepaper, confirms: !email.startsWith('cy') });
      set.pass(day);
    }
    const emails = async (options: string) => {
      const { output } = await run(`leads list --json ${options}`.trim());
      return (JSON.parse(output) as { leads: { email: string }[] }).leads.map(({ email }) => email[0]).join('');
    };
    expect(await emails('')).toBe('abc');
    expect(await emails('--whitepaper number-seven')).toBe('bc');
    expect(await emails('--status confirmed')).toBe('ab');
    expect(await emails('--status pending')).toBe('c');
    expect(await emails('--since 2026-01-16')).toBe('bc');
    expect(await emails('--since 2026-01-16T10:00Z')).toBe('c');
    expect(await emails('--limit 1')).toBe('c');
    expect(await emails('--limit 0')).toBe('abc');
    expect((await run('leads list --limit 1')).errors).toContain('1 lead, the latest of 3: --limit 0 shows all.');
  });

  test('are given to programs with stable keys and moments in ISO 8601', async () => {
    const { set, run } = await desk(engine);
    await reader(set, 'ann@one.example');
    expect(JSON.parse((await run('leads list --json')).output)).toEqual({
      total: 1,
      leads: [
        {
          id: expect.any(String) as string,
          ...{ email: 'ann@one.example', name: null, company: null, status: 'confirmed', newsletter: null },
          ...{ assets: ['keeping-the-keepers'], fromEntry: 'episodes/first-episode', utm: { utm_source: 'letter' } },
          ...{ firstSeen: '2026-01-15T09:00:00.000Z', lastSeen: '2026-01-15T09:00:00.000Z' },
          leads: [{ asset: 'keeping-the-keepers', state: 'waiting', value: null, assignedTo: null, partner: null }],
          mail: null,
        },
      ],
    });
  });

  test('are nobody in the beginning', async () => {
    const { run } = await desk(engine);
    expect(await run('leads list')).toMatchObject({ code: 0, output: 'Nobody yet.\n', errors: '' });
    expect((await run('leads export')).output.split('\r\n')).toHaveLength(2);
    expect((await run('leads report')).output).toBe('Nothing was counted in these days.\n');
    expect((await run('leads dead-letters')).output).toContain('None');
  });

  test('of a whitepaper that never was are a slip of the pen, and of one that has left the site are still there', async () => {
    const { set, run } = await desk(engine);
    expect(await run('leads list --whitepaper keeping-the-keeper')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('Nearest: --whitepaper keeping-the-keepers') as string,
    });
    await reader(set, 'ann@one.example');
    const other = await variablesFor('/nowhere/d-files.db');
    await writeFile(join(other['DIST_DIR'] ?? '', 'gated/site.json'), JSON.stringify({ ...site, whitepapers: [] }));
    const { DIST_DIR = '' } = other;
    expect((await run('leads list --whitepaper keeping-the-keepers', { variables: { DIST_DIR } })).output).toContain(
      'ann@',
    );
  });

  test('are exported by pages, each once, as neutral CSV', async () => {
    const { store, run } = await desk(engine);
    const many = 1203;
    await insertRows(
      store,
      'contact',
      Array.from({ length: many }, (_, i) => ({
        id: `0199aaaa-0000-7000-8000-${String(i).padStart(12, '0')}`,
        email: `=${i}+1@example.com`,
        emailNorm: `=${i}+1@example.com`,
        mailbox: `=${i}@example.com`,
        ...{ name: '-2+3\n"x"', company: '@SUM(A1)', createdAt: i - (i % 3) },
      })),
    );
    const lines = (await run('leads export')).output.trimEnd().split('\r\n').slice(1);
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(many);
    for (const line of lines) expect(line).toMatch(/^"'=\d+\+1@example\.com","'-2\+3 ""x""","'@SUM\(A1\)"/);
  });

  test('are exported into a file that only its owner can read, whole or not at all', async () => {
    const { set, run, variables } = await desk(engine);
    await reader(set, 'ann@one.example');
    const file = join(variables['DIST_DIR'] ?? '', 'leads.csv');
    expect(await run(`leads export --output ${file}`)).toMatchObject({
      code: 0,
      output: '',
      errors: `${file} has 1 lead.\n`,
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toMatch(/^\uFEFF"email",.*\r\n"ann@one\.example",.*\r\n$/);
    await run(`leads export --no-bom --output ${file}`);
    expect(await readFile(file, 'utf8')).toMatch(/^"email"/);
    expect(await readdir(dirname(file))).toEqual(['gated', 'leads.csv']);

    const nowhere = await run('leads export --output /nowhere/leads.csv');
    expect(nowhere).toMatchObject({ code: 2, output: '' });
    expect(nowhere.errors).toMatch(/^\/nowhere\/leads\.csv cannot be written: ENOENT/);
  });

  test('are counted in the report, by form and by what sent them', async () => {
    const { store, set, run } = await desk(engine);
    await store.count([totalRow({ landing: '/whitepapers/keeping-the-keepers/', n: 10 })]);
    await reader(set, 'ann@one.example');
    await reader(set, 'ben@two.example', { confirms: false });
    const { output } = await run('leads report');
    expect(output).toMatch(
      /^\/whitepapers\/keeping-the-keepers\/ +10 +2 +20\.0 % +1 +50\.0 % +1 +100\.0 % +The paper/m,
    );
    expect(output).toMatch(/^episodes\/first-episode +0 +2 +– +1 +50\.0 % +1 +100\.0 % +The first episode$/m);
    const between = async (options: string) =>
      (JSON.parse((await run(`leads report --json ${options}`)).output) as { total: { submissions: number } }).total
        .submissions;
    expect(await between('--since 2026-01-15 --until 2026-01-15')).toBe(2);
    expect(await between('--since 2026-01-16')).toBe(0);
    expect(await between('--until 2026-01-14')).toBe(0);
    expect(await run('leads report --since 2026-02-01 --until 2026-01-01')).toMatchObject({ code: 2 });
  });

  test('are counted in the report by episode, beside who heard it', async () => {
    const { set, run, store } = await desk(engine);
    expect((await run('leads report --episodes')).output).toBe('Nothing was counted in these days.\n');
    await reader(set, 'ann@one.example');
    await store.heard.add([
      { day: '2026-01-15', entry: 'episodes/first-episode', kind: 'app', n: 70 },
      { day: '2026-02-15', entry: 'posts/first-post', kind: 'player', n: 3 },
      { day: '2026-01-15', entry: 'episodes/first-episode', kind: 'read', n: 9 },
    ]);
    const { output } = await run('leads report --episodes');
    expect(output).toMatch(/^Entry +In apps +In browsers +Saved +Read +Clicked +Asked +Confirmed +Title\n/);
    expect(output).toMatch(/^episodes\/first-episode +70 +0 +0 +9 +0 +1 +1 +The first episode$/m);
    expect(output).toMatch(/^posts\/first-post +0 +3 +0 +0 /m);
    const { episodes } = JSON.parse((await run('leads report --episodes --json --until 2026-01-31')).output) as {
      episodes: unknown[];
    };
    expect(episodes).toEqual([
      {
        ...{ entry: 'episodes/first-episode', heard: { app: 70, player: 0, download: 0 }, read: 9 },
        ...{ clicked: 0, asked: 1, confirmed: 1 },
      },
    ]);
  });

  test('are counted in the report for what led to their page also where the browser sends no Referer', async () => {
    const { set, run } = await desk(engine);
    const [landing, from] = ['/subscribe/', 'first-post'];
    const views = openViews(set.context);
    views.count(landing, `from=${from}`);
    await views.flush();
    const form = { ...newsletterForm('ann@one.example'), page: `${landing}?from=${from}` };
    await subscribe(set.context, form, { ...visit, referer: undefined });
    const { output } = await run('leads report');
    expect(output).toMatch(/^\/newsletter\/ +1 +1 +100\.0 % +0 /m);
    expect(output).toMatch(/^posts\/first-post +1 +1 +100\.0 % +0 .* The first post$/m);
  });
});

forEachStore('to erase a person', (engine) => {
  test('is asked about with all that goes, and done only on a yes', async () => {
    const { store, set, run } = await desk(engine);
    await reader(set, 'ann@one.example', { name: 'Ann', ...ticked });
    const questions: string[] = [];
    const answer = (yes: boolean) => (question: string) => {
      questions.push(question);
      return yes;
    };
    const refused = await run('leads erase Ann@One.example', { answer: answer(false) });
    expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining('Nothing was erased.') as string });
    expect(refused.errors).toMatch(
      /the address, name, the newsletter \(confirmed\), 4 records of consent, the person in 1 submission/,
    );
    expect((await store.reading.counts()).contact).toBe(1);

    const done = await run('leads erase Ann@One.example', { answer: answer(true) });
    expect(done).toMatchObject({ code: 0, output: 'Erased. Nothing is sent to the address from now on.\n' });
    expect(done.errors).toContain('tell your CRM yourself');
    expect(questions).toEqual(Array(2).fill('Erase them? It cannot be undone.'));
    expect(await store.reading.counts()).toMatchObject({ contact: 0, submission: 1, suppression: 1 });
    expect((await run('leads export')).output).not.toContain('ann@');
  });

  test('needs --yes where nobody can be asked, and tells the CRM where there is one', async () => {
    const { store, set, run } = await desk(engine);
    await reader(set, 'ann@one.example');
    expect(await run('leads erase ann@one.example')).toMatchObject({ code: 2, output: '' });
    expect((await store.reading.counts()).contact).toBe(1);
    const variables = { WEBHOOK_URL: 'https://crm.example/hook', WEBHOOK_SECRET: `whsec_${'a'.repeat(32)}` };
    const { code, errors } = await run('leads erase ann@one.example --yes', { variables });
    expect(code).toBe(0);
    expect(errors).toContain('crm.example is told by contact.erased.');
    expect((await set.events()).map(({ type }) => type)).toContain('contact.erased');
  });

  test('who is not known is told, and leaves no trace unless --suppress says so', async () => {
    const { store, run } = await desk(engine);
    expect(await run('leads erase who@one.example --yes')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('who@one.example is not known') as string,
    });
    expect((await store.reading.counts()).suppression).toBe(0);
    expect(await run('leads erase who@one.example --yes --suppress')).toMatchObject({ code: 0 });
    expect((await store.reading.counts()).suppression).toBe(1);
    expect(await run('leads erase no-address --yes')).toMatchObject({ code: 2, output: '' });
  });

  test('can be forgiven, so that a form of theirs is answered again', async () => {
    const { set, run } = await desk(engine);
    await reader(set, 'ann@one.example');
    await run('leads erase ann@one.example --yes');
    const mails = async () => (await set.mails()).length;
    await requestWhitepaper(set.context, paperForm('ann@one.example'), visit);
    expect(await mails()).toBe(0);
    expect(await run('leads forgive ann@one.example')).toMatchObject({ code: 0 });
    set.pass(60_000);
    await requestWhitepaper(set.context, paperForm('ann@one.example'), visit);
    expect(await mails()).toBe(1);
    expect(await run('leads forgive ann@one.example')).toMatchObject({
      code: 1,
      output: 'ann@one.example was not suppressed: there is nothing to lift.\n',
    });
  });
});

forEachStore('dead letters', (engine) => {
  test('show why, and of an address only its first letter and its domain', async () => {
    const { store, set, run } = await desk(engine);
    await reader(set, 'ann@one.example', { confirms: false });
    await deliver(store, set.now(), '550 5.1.1 <ann@one.example> User unknown');
    const { code, output, errors } = await run('leads dead-letters');
    expect(code).toBe(0);
    expect(output).toMatch(
      /^[\da-f-]{36} +confirm +2026-01-15T09:00Z +1\n {4}a•••@one\.example: 550 5\.1\.1 <\[address\]> User unknown$/m,
    );
    expect(errors).toContain('npm run leads -- retry --all');
    expect(JSON.parse((await run('leads dead-letters --json')).output)).toMatchObject([
      { kind: 'mail', what: 'confirm', to: 'a•••@one.example', attempts: 1, tried: '2026-01-15T09:00:00.000Z' },
    ]);
    expect(output).not.toContain('ann@');
  });

  test('are tried again by their ids, or all of them, and an unknown id changes nothing', async () => {
    const { store, set, run } = await desk(engine);
    for (const name of ['ann', 'ben', 'cy']) await reader(set, `${name}@one.example`, { confirms: false });
    await deliver(store, set.now(), '550');
    const [first, second] = await store.outbox.dead();
    const dead = async () => (await store.outbox.dead()).length;

    expect(await run('leads retry')).toMatchObject({ code: 2 });
    expect(await run(`leads retry --all ${first?.id}`)).toMatchObject({ code: 2 });
    expect(await run(`leads retry ${first?.id} nonsense`)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is no dead letter nonsense.') as string,
    });
    expect(await dead()).toBe(3);
    expect((await run(`leads retry ${first?.id} ${second?.id}`)).output).toMatch(/^2 letters are back/);
    expect(await dead()).toBe(1);
    expect((await run('leads retry --all')).output).toMatch(
      /^1 letter is back in the queue: the running server sends it now/,
    );
    expect((await run('leads retry --all')).output).toBe('There are no dead letters.\n');
    expect((await store.outbox.lease('answer', 10, set.now(), set.now() + 1)).length).toBe(3);
  });
});

forEachStore('the newsletter', (engine) => {
  test('is shown as it will read, and sent to nobody', async () => {
    const { store, set, run } = await desk(engine);
    await subscriber(set, 'ann@one.example');
    const before = await store.reading.counts();
    const { code, output, errors } = await run('newsletter --entry first-episode');
    expect(code).toBe(0);
    expect(output).toMatch(
      /^From +hello@files\.example\nSubject +The first episode\nPreview +What it is about\n\nThe first episode\n/,
    );
    expect(output).toContain('https://files.example/episodes/first-episode/');
    expect(errors).toContain('There is 1 confirmed subscriber. Nothing was sent now');
    expect(await store.reading.counts()).toEqual(before);
  });

  test('is a digest of all that is new, shown and then sent once', async () => {
    const { store, set, run } = await desk(engine);
    await subscriber(set, 'ann@one.example');
    const { code, output } = await run('newsletter --digest');
    expect(code).toBe(0);
    expect(output).toMatch(
      /^From .*\nSubject +The first episode, and 1 more\nPreview +The first episode · The first post\n/,
    );
    expect(await store.reading.issues()).toEqual([]);
    expect(await run('newsletter --digest --send --yes')).toMatchObject({ code: 0 });
    expect(await store.outbox.progress('issue:digest/2026-01-15:')).toMatchObject({ ready: 1 });
    expect(await run('newsletter --digest --send --yes')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Nothing is new that no issue told of.') as string,
    });
    expect(await run('newsletter --entry digest/2026-01-15 --pause')).toMatchObject({ code: 0 });
    expect(await run('newsletter --entry digest/2026-01-14')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('--entry digest/2026-01-15') as string,
    });
  });

  test('is a digest of what was published since a day, where one is typed', async () => {
    const { run } = await desk(engine);
    expect((await run('newsletter --digest --since 2026-01-01')).output).toContain('The first post');
    expect(await run('newsletter --digest --since 2026-01-02')).toMatchObject({ code: 1 });
    for (const typed of [
      '--digest --since January',
      '--digest --entry first-post',
      '--entry first-post --since 2026-01-01',
    ])
      expect(await run(`newsletter ${typed}`), typed).toMatchObject({ code: 2, output: '' });
  });

  test('is queued once for everyone who confirmed, and for those who came later when it is sent again', async () => {
    const { store, set, run } = await desk(engine);
    for (const name of ['ann', 'ben']) await subscriber(set, `${name}@one.example`);
    await subscribe(set.context, newsletterForm('pending@one.example'), visit);
    await deliver(store, set.now());
    const questions: string[] = [];
    const answer = (question: string) => questions.push(question) > 1;
    expect(await run('newsletter --entry first-episode --send', { answer })).toMatchObject({ code: 1 });
    expect(await run('newsletter --entry first-episode --send', { answer })).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^Queued for 2 subscribers\.\nThe running server sends it within about 0 s/,
      ) as string,
    });
    expect(questions).toEqual(Array(2).fill('Send “The first episode” to 2 subscribers?'));
    set.pass(60 * second);
    await subscriber(set, 'cy@one.example');
    const again = await run('newsletter --entry episodes/first-episode --send --yes --json');
    expect(JSON.parse(again.output)).toEqual({ entry: 'episodes/first-episode', queued: 1, already: 2 });
    const issues = (await set.mails()).filter(({ payload }) => payload.mail === 'issue');
    expect(issues).toHaveLength(3);
  });

  test('is not sent where nobody can be asked, nobody subscribed, or it went out long ago', async () => {
    const { set, run } = await desk(engine);
    expect(await run('newsletter --entry first-post --send --yes')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Nobody has confirmed') as string,
    });
    await subscriber(set, 'ann@one.example');
    expect(await run('newsletter --entry first-post --send')).toMatchObject({ code: 2, output: '' });
    expect(await run('newsletter --entry first-post --send --yes')).toMatchObject({ code: 0 });
    set.pass(30 * day);
    expect(await run('newsletter --entry first-post --send --yes')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('It went out on 2026-01-15, too long ago') as string,
    });
  });

  test('is watched until nothing of it waits', async () => {
    const { store, set, run } = await desk(engine);
    for (const name of ['ann', 'ben']) await subscriber(set, `${name}@one.example`);
    await deliver(store, set.now());
    let waits = 0;
    const wait = async () => {
      waits += 1;
      if (waits === 3) await deliver(store, set.now() + day);
    };
    const { code, output, errors } = await run('newsletter --entry first-episode --send --yes --watch', {
      wait,
      columns: 100,
    });
    expect({ code, waits }).toEqual({ code: 0, waits: 3 });
    expect(output).toMatch(/Sent to 2\.\n$/);
    expect(errors).toContain('0 of 2 sent');

    set.pass(60 * second);
    await subscriber(set, 'cy@one.example');
    await deliver(store, set.now());
    await run('newsletter --entry first-episode --send --yes');
    await deliver(store, set.now() + day, '550');
    const failed = await run('newsletter --entry first-episode --watch');
    expect(failed).toMatchObject({ code: 1, output: 'Sent to 2, 1 failed for good.\n' });
  });
});

describe('the newsletter', () => {
  test('of an entry that is not there names the nearest; of one that nobody can read yet says so', async () => {
    const { run } = await desk(sqlite);
    const variables = { CONTENT_DIR: 'tests/fixtures/series' };
    const errors = async (entry: string) => {
      const { code, errors } = await run(`newsletter --entry ${entry}`, { variables });
      expect(code).toBe(2);
      return errors;
    };
    expect(await errors('frist-episode')).toBe(
      'There is no episode or post “frist-episode”. Nearest: --entry first-episode\n',
    );
    expect(await errors('posts/frist-post')).toContain('Nearest: --entry posts/first-post');
    const [draft = ''] = await readdir('tests/fixtures/series/posts');
    expect(await errors(basename(draft, '.mdx'))).toMatch(
      /^tests\/fixtures\/series\/posts\/.* is not published in the built site/,
    );
    expect((await run('newsletter')).errors).toContain('npm run newsletter -- --entry <slug>');
  });

  test('goes to one address as a test, with nothing in the queue, and as HTML into a file', async () => {
    const { store, run, variables } = await desk(sqlite);
    const html = join(variables['DIST_DIR'] ?? '', 'look.html');
    const { code } = await run(`newsletter --entry first-episode --test me@one.example --html ${html}`);
    expect(code).toBe(0);
    const [name = ''] = await readdir(variables['MAIL_DIR'] ?? '');
    const mail = await readFile(join(variables['MAIL_DIR'] ?? '', name), 'utf8');
    expect(mail).toMatch(/^To: me@one\.example$/m);
    expect(mail).toMatch(/^Subject: \[Test\] The first episode$/m);
    expect((await store.reading.counts()).outbox).toBe(0);
    expect(await readFile(html, 'utf8')).toMatch(/^<!doctype html>/i);
    expect(await run('newsletter --entry first-episode --test no-address')).toMatchObject({ code: 2 });
    expect(await run('newsletter --entry first-episode --test me@one.example --send')).toMatchObject({ code: 2 });
  });

  test('of a public site has a mail server to go to, or a folder that its owner meant', async () => {
    const { store, set, run } = await desk(sqlite);
    await subscriber(set, 'ann@one.example');
    const queued = async () => (await store.reading.counts()).outbox;
    const before = await queued();
    for (const more of ['', ' --test me@one.example', ' --send --yes']) {
      const { code, errors } = await run(`newsletter --entry first-episode${more}`, { variables: { MAIL_DIR: '' } });
      expect(code).toBe(2);
      for (const way of ['SMTP_URL=smtps://', 'MAIL_DIR=var/mail']) expect(errors).toContain(way);
    }
    expect(await queued()).toBe(before);
    expect((await run('newsletter --entry first-episode --send --yes')).errors).toMatch(
      /SMTP_URL is not set: each mail becomes a file in .*mail\.\n/,
    );
  });

  test('says that a mail server did not take the test', async () => {
    const { run } = await desk(sqlite);
    const variables = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_DIR: '' };
    const { code, errors } = await run('newsletter --entry first-episode --test me@one.example', { variables });
    expect(code).toBe(1);
    expect(errors).toMatch(/^The test was not sent: .*ECONNREFUSED/);
  });
});

describe('a store', () => {
  test('that is away is told in a line, without the password', async () => {
    const { run } = await desk(sqlite);
    const variables = { DATABASE_URL: 'postgres://me:geheim@127.0.0.1:9/d_files' };
    for (const command of ['leads list', 'leads erase ann@one.example', 'newsletter --entry first-post', 'migrate']) {
      const { code, output, errors } = await run(command, { variables });
      expect({ code, output }).toEqual({ code: 1, output: '' });
      expect(errors).toMatch(/^The store cannot be used now: .*ECONNREFUSED.*\n.*npm run doctor.*\n$/);
      expect(errors).not.toContain('geheim');
    }
  });

  test('whose address is wrong is not replaced by another', async () => {
    const { run } = await desk(sqlite);
    const variables = { DATABASE_URL: 'mysql://me:geheim@h/d_files' };
    for (const command of ['leads list', 'migrate', 'leads retry --all']) {
      const { code, errors } = await run(command, { variables });
      expect(code).toBe(2);
      expect(errors).toContain('DATABASE_URL=postgres://user:password@host/d_files');
      expect(errors).not.toContain('geheim');
    }
  });

  test('that is not there yet is not made by who only looks', async () => {
    const variables = await variablesFor(await sqlite.place());
    const { code, errors } = await runCommand(leads, ['list'], variables);
    expect(code).toBe(2);
    expect(errors).toContain('no server has kept anything yet');
    expect(await readdir(variables['VAR_DIR'] ?? '')).toEqual([]);
  });

  test('can be read and written to while a server has it', async () => {
    const { set, run, variables } = await desk(sqlite);
    await reader(set, 'ann@one.example');
    const lock = lockForServer(join(variables['VAR_DIR'] ?? '', 'd-files.db'), { pid: 1, since: 0 });
    expect((await run('leads list')).output).toContain('ann@one.example');
    expect(await run('leads erase ann@one.example --yes')).toMatchObject({ code: 0 });
    lock.release();
  });

  test('of a newer version is left alone', async () => {
    const place = await sqlite.place();
    const { default: Database } = await import('better-sqlite3');
    const file = new Database(place);
    file.exec(
      `create table schema_migration (name text primary key); insert into schema_migration values ('999-later')`,
    );
    file.close();
    const { code, errors } = await runCommand(leads, ['list'], await variablesFor(place));
    expect(code).toBe(1);
    expect(errors).toContain('999-later');
  });
});

forEachStore('migrate', (engine) => {
  test('tells what it did, and then that there is nothing to do', async () => {
    const variables = await variablesFor(await engine.place());
    const first = await runCommand(migrate, [], variables);
    expect(first).toMatchObject({ code: 0, output: expect.stringMatching(/is up to date now:\n {2}✓ 001-/) as string });
    expect((await runCommand(migrate, [], variables)).output).toMatch(/is up to date\.\n$/);
    expect(JSON.parse((await runCommand(migrate, ['--json'], variables)).output)).toMatchObject({ done: [] });
  });
});

describe('move-store', () => {
  const target = () => postgres(inject('postgresUrl'));

  test('brings everything to PostgreSQL, where the commands find it', async () => {
    const { set, run } = await desk(sqlite);
    await reader(set, 'ann@one.example', { name: 'Ann', ...ticked });
    await reader(set, 'ben@two.example', { confirms: false });
    const before = (await run('leads list --json')).output;
    const to = await target().place();
    const { code, output, errors } = await run(`move-store --to ${to}`, { columns: 120 });
    expect(code).toBe(0);
    expect(output).toMatch(/✓ +contact +2$/m);
    expect(output).toContain('it holds 2 addresses');
    expect(errors).toContain('compares');
    expect(output + errors).not.toContain(new URL(to).password);
    expect((await run('leads list --json', { variables: { DATABASE_URL: to } })).output).toBe(before);

    const again = await run(`move-store --to ${to}`);
    expect(again).toMatchObject({ code: 1, output: '' });
    expect(again.errors).toMatch(/is not empty: .*2 in contact.*Nothing was moved/);
  });

  test('waits for nobody while a server has the file, and lets go of it at the end', async () => {
    const { run, variables } = await desk(sqlite);
    const file = join(variables['VAR_DIR'] ?? '', 'd-files.db');
    const to = await target().place();
    const lock = lockForServer(file, { pid: 4711, since: 0 });
    const { code, errors } = await run(`move-store --to ${to}`);
    expect(code).toBe(1);
    expect(errors).toMatch(/4711.*Stop it first/);
    lock.release();
    expect(await run(`move-store --to ${to} --json`)).toMatchObject({ code: 0 });
    lockForServer(file, { pid: 4712, since: 0 }).release();
  });

  test('asks for an address, and repeats none that is wrong', async () => {
    const { run } = await desk(sqlite);
    expect((await run('move-store')).errors).toContain('Where to?');
    const { code, errors } = await run('move-store --to mysql://me:geheim@h/d');
    expect(code).toBe(2);
    expect(errors).not.toContain('geheim');
    expect(await run('move-store --to postgres://me:geheim@127.0.0.1:9/d')).toMatchObject({ code: 1 });
    const empty = await runCommand(moveStore, ['--to', 'postgres://h/d'], await variablesFor(await sqlite.place()));
    expect(empty).toMatchObject({ code: 2, errors: expect.stringContaining('there is nothing to move') as string });
  });
});

describe('webhook-test', () => {
  const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G';

  async function served(listener: RequestListener): Promise<Record<string, string>> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    return { WEBHOOK_URL: `http://127.0.0.1:${port}/hook`, WEBHOOK_SECRET, WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' };
  }

  test('sends an event that the receiver can verify, and tells how long it took', async () => {
    const events: unknown[] = [];
    const variables = await served((request, response) => {
      void Array.fromAsync(request).then((chunks) => {
        const headers = request.headers as Record<string, string>;
        events.push(new Webhook(WEBHOOK_SECRET).verify(Buffer.concat(chunks).toString(), headers));
        response.writeHead(204).end();
      });
    });
    const { run } = await desk(sqlite);
    const { code, output } = await run('webhook-test', { variables, now: Date.now });
    expect(events).toMatchObject([{ type: 'test', data: { site: site.url } }]);
    expect(code).toBe(0);
    expect(output).toMatch(/^✓ 127\.0\.0\.1:\d+ took the event msg_[\da-f-]+ after \d+ ms\.\n$/);
  });

  test('tells what the receiver answered, and that none is set', async () => {
    const { run } = await desk(sqlite);
    const variables = await served((_request, response) => response.writeHead(401).end());
    expect(await run('webhook-test', { variables })).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^✗ .*: The receiver answered 401\./) as string,
    });
    expect(JSON.parse((await run('webhook-test --json', { variables })).output)).toMatchObject({ kind: 'refused' });
    const { WEBHOOK_ALLOWED_HOSTS: _, ...closed } = variables;
    expect((await run('webhook-test', { variables: closed })).output).toContain('WEBHOOK_ALLOWED_HOSTS=127.0.0.1');
    expect(await run('webhook-test')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('WEBHOOK_URL=') as string,
    });
  });
});

describe('a command as a process', () => {
  test('ends quietly when whoever reads its results has seen enough', async () => {
    const { store, variables } = await desk(sqlite);
    await insertRows(
      store,
      'contact',
      Array.from({ length: 5000 }, (_, i) => ({
        id: `0199aaaa-0000-7000-8000-${String(i).padStart(12, '0')}`,
        ...{
          email: `reader-${i}@example.com`,
          emailNorm: `reader-${i}@example.com`,
          mailbox: `reader-${i}@example.com`,
          name: null,
          company: null,
          createdAt: i,
        },
      })),
    );
    const child = spawn(process.execPath, ['src/cli/leads.ts', 'export'], { env: { ...process.env, ...variables } });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(errors).toMatch(/^Store: .*\n$/);
  });
});
