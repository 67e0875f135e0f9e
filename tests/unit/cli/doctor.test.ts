import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inspectMail } from '#capture/owner/health.ts';
import { lockForServer } from '#capture/store/adapters/server-lock.ts';
import { openSqlite } from '#capture/store/adapters/sqlite.ts';
import { doctorWith, type DoctorPorts } from '../../../src/cli/doctor.ts';
import { site } from '../../fakes/site.ts';
import { insertRows } from '../../capture/rows.ts';
import { runCommand } from '../../fakes/command-context.ts';

const now = Date.UTC(2026, 10, 22, 12);
const day = 24 * 60 * 60_000;

/** A folder with a built site and a place for what the server keeps. */
async function folders() {
  const folder = await mkdtemp(join(tmpdir(), 'd-files-doctor-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'dist/gated'), { recursive: true });
  await mkdir(join(folder, 'var'), { mode: 0o700 });
  await writeFile(join(folder, 'dist/gated/site.json'), JSON.stringify(site));
  return { DIST_DIR: join(folder, 'dist'), VAR_DIR: join(folder, 'var') };
}

const healthy = (date = new Date(now)) => new Response('ok', { headers: { date: date.toUTCString() } });

/** All is well, as far as it is not said. */
const ports = (given: Partial<DoctorPorts> = {}): DoctorPorts => ({
  nodeVersion: 'v24.21.0',
  fetch: () => Promise.resolve(healthy()),
  resolveTxt: () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' })),
  resolveHost: () => Promise.resolve(['93.184.215.14']),
  freeBytes: () => Promise.resolve(50 * 2 ** 30),
  inspectMail: () => Promise.resolve({ kind: 'taken' }),
  inspectReportMailbox: () => Promise.resolve(undefined),
  ...given,
});

const secrets = {
  SECRET: '4c6f0b1d9e8a7f3250c1b2a3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607',
  SMTP_URL: 'smtps://user:geheim%40pass@smtp.d-files.example',
  WEBHOOK_URL: 'https://crm.example/hook',
  WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G',
};
const production = {
  ...secrets,
  SITE_URL: 'https://d-files.example',
  MAIL_FROM: 'The D-Files <hello@d-files.example>',
  TRUSTED_PROXIES: '1',
  DKIM_SELECTOR: 's1',
};

interface Finding {
  part: string;
  about: string;
  state: 'ok' | 'advice' | 'wrong';
  what: string;
  fix?: string;
}

/** What the doctor finds, by what it is about. */
async function examine(variables: Record<string, string | undefined>, given: Partial<DoctorPorts> = {}) {
  const { code, output } = await runCommand(doctorWith(ports(given)), ['--json'], variables, { now: () => now });
  const { ok, findings } = JSON.parse(output) as { ok: boolean; findings: Finding[] };
  expect(code).toBe(ok ? 0 : 1);
  for (const { state, fix } of findings) expect(fix === undefined).toBe(state === 'ok');
  const found = Object.fromEntries(findings.map((finding) => [finding.about, finding]));
  return { ok, found, wrong: findings.filter(({ state }) => state === 'wrong').map(({ about }) => about) };
}

describe('the doctor', () => {
  test('finds nothing wrong where all is well, and says so by its exit code', async () => {
    const dns: Record<string, string[][]> = {
      'd-files.example': [['v=spf1 include:mail.example -all']],
      's1._domainkey.d-files.example': [['v=DKIM1; p=MIGf']],
      '_dmarc.d-files.example': [['v=DMARC1; p=none']],
    };
    const variables = { ...production, ...(await folders()) };
    const given = {
      resolveTxt: (name: string) => Promise.resolve(dns[name] ?? []),
      inspectReportMailbox: () => Promise.resolve({ kind: 'read', folder: 'INBOX', mails: 3 } as const),
    };
    const { code, output } = await runCommand(doctorWith(ports(given)), [], variables, { now: () => now });
    expect(output).not.toMatch(/[✗!] /);
    expect(output).toMatch(/✓ SPF +d-files\.example: v=spf1/);
    expect(output).toMatch(/✓ Clock +2026-11-22T12:00Z, as at d-files\.example\./);
    expect(output).toMatch(/✓ Bounces +\S+ is read: INBOX has 3 mails\./);
    expect(output).toContain('\nNothing is wrong.\n');
    expect(code).toBe(0);
  });

  test('repeats no secret and no password, whatever is wrong', async () => {
    const variables = { ...production, ...(await folders()), WEBHOOK_SECRET: 'whsec_short-and-secret' };
    const refused = { kind: 'refused', message: '535 user:geheim@pass is wrong' } as const;
    const doctor = doctorWith(ports({ inspectMail: () => Promise.resolve(refused) }));
    const { output, errors } = await runCommand(doctor, [], variables, { now: () => now });
    expect(output).toMatch(/✗ SMTP +smtp\.d-files\.example does not take mail: 535/);
    for (const secret of ['4c6f0b1d', 'geheim', 'short-and-secret', 'MfKQ9r8'])
      expect(output + errors).not.toContain(secret);
  });

  test('says what to do for each variable that is wrong', async () => {
    const { found, ok } = await examine({
      ...(await folders()),
      ...{ SITE_URL: 'https://d-files.example', SMTP_URL: 'smtp.example.com', PORT: 'x', DATABASE_URL: 'mysql://h/d' },
    });
    expect(ok).toBe(false);
    expect(found['SECRET']).toMatchObject({ state: 'wrong', fix: 'SECRET=$(openssl rand -hex 32)' });
    expect(found['SMTP_URL']?.fix).toContain('SMTP_URL=smtps://');
    expect(found['PORT']?.fix).toBe('PORT=4321');
    expect(found['DATABASE_URL']?.fix).toContain('DATABASE_URL=postgres://');
  });

  test('agrees with the server that a public site without mail cannot work, and lets its owner mean it', async () => {
    const places = await folders();
    const { SMTP_URL: _, ...silent } = { ...production, ...places };
    const { found, wrong, ok } = await examine(silent);
    expect([ok, wrong]).toEqual([false, ['SMTP_URL']]);
    for (const way of ['SMTP_URL=smtps://', 'MAIL_DIR=var/mail']) expect(found['SMTP_URL']?.fix).toContain(way);
    expect(found['SMTP']).toBeUndefined();

    const meant = await examine({ ...silent, MAIL_DIR: join(places.VAR_DIR, 'mail') });
    expect(meant.ok).toBe(true);
    expect(meant.found['SMTP']).toMatchObject({
      state: 'advice',
      what: expect.stringMatching(/each mail becomes a file in .*mail\. Nobody is sent any\./) as string,
    });
  });

  test('asks for a postal address where a newsletter could be sent without one', async () => {
    const places = await folders();
    expect((await examine({ ...production, ...places })).found['Newsletter']).toMatchObject({ state: 'ok' });

    const { postalAddress: _, ...owner } = site.owner;
    await writeFile(join(places.DIST_DIR, 'gated/site.json'), JSON.stringify({ ...site, owner }));
    const { found, wrong } = await examine({ ...production, ...places });
    expect(found['Newsletter']).toMatchObject({
      state: 'advice',
      fix: expect.stringContaining('postalAddress') as string,
    });
    expect(wrong).toEqual([]);
    expect((await examine({ ...places, SITE_URL: site.url, MAIL_DIR: 'mails' })).found['Newsletter']).toBeUndefined();
  });

  test('takes a setup for one machine as it is', async () => {
    const { ok, found } = await examine({ ...(await folders()), SITE_URL: 'http://localhost:4321' }, { inspectMail });
    expect(found['SITE_URL']?.state).toBe('wrong');
    expect(found['SMTP']?.what).toContain('each mail becomes a file');
    expect(found['https']?.state).toBe('advice');
    expect(found['SECRET']?.state).toBe('ok');
    expect(ok).toBe(false);
  });

  test('sees that nothing was built, or for another address', async () => {
    const places = await folders();
    expect(
      (await examine({ ...production, ...places, SITE_URL: 'https://other.example' })).found['SITE_URL']?.fix,
    ).toBe('SITE_URL=https://other.example npm run build, or start the server with SITE_URL=https://d-files.example');
    await rm(places.DIST_DIR, { recursive: true });
    expect((await examine({ ...production, ...places })).found['Build']?.fix).toBe(
      'SITE_URL=https://d-files.example npm run build',
    );
  });

  test('refuses a site under a path, and does not call it right in the same breath', async () => {
    const places = await folders();
    const variables = { ...production, ...places, SITE_URL: 'https://d-files.example/podcast' };
    const { code, output } = await runCommand(doctorWith(ports()), [], variables, { now: () => now });
    expect(code).toBe(1);
    expect(output).toContain('SITE_URL has the path /podcast, and the site cannot be under a path');
    expect(output).toContain('→ SITE_URL=https://podcast.d-files.example');
    expect(output).not.toMatch(/✓ SITE_URL/);
  });

  test('sees a secret that can be guessed', async () => {
    const { wrong } = await examine({ ...production, ...(await folders()), SECRET: 'ab'.repeat(20) });
    expect(wrong).toEqual(['SECRET']);
  });

  test('sees a Node that is too old', async () => {
    const { wrong } = await examine({ ...production, ...(await folders()) }, { nodeVersion: 'v22.12.0' });
    expect(wrong).toEqual(['Node']);
  });

  test('asks for the proxies where the site is https', async () => {
    const { found, ok } = await examine({ ...production, ...(await folders()), TRUSTED_PROXIES: '0' });
    expect(found['TRUSTED_PROXIES']?.state).toBe('advice');
    expect(ok).toBe(true);
  });
});

describe('what is kept', () => {
  test('needs a disk with room', async () => {
    const places = await folders();
    const found = async (bytes: number) =>
      (await examine({ ...production, ...places }, { freeBytes: () => Promise.resolve(bytes) })).found['Disk'];
    expect(await found(50 * 2 ** 20)).toMatchObject({ state: 'wrong', what: '50 MiB are free.' });
    expect(await found(500 * 2 ** 20)).toMatchObject({ state: 'advice' });
    expect(await found(2.5 * 2 ** 30)).toMatchObject({ state: 'ok', what: '2.5 GiB are free.' });
  });

  test('is not for other users, nor in the folder that each build makes anew', async () => {
    const places = await folders();
    await chmod(places.VAR_DIR, 0o755);
    expect((await examine({ ...production, ...places })).found['VAR_DIR']).toMatchObject({ state: 'advice' });
    const inside = { ...places, VAR_DIR: join(places.DIST_DIR, 'var') };
    expect((await examine({ ...production, ...inside })).wrong).toContain('VAR_DIR');
  });

  test('need not be there before the first start', async () => {
    const places = await folders();
    const { ok, found } = await examine({ ...production, ...places, VAR_DIR: join(places.VAR_DIR, 'later') });
    expect(ok).toBe(true);
    expect(found['Database']?.what).toContain('is made when the server starts');
    expect(found['Outbox']).toBeUndefined();
  });

  test('is told to be migrated, and is not, by a doctor', async () => {
    const places = await folders();
    const file = join(places.VAR_DIR, 'd-files.db');
    await openSqlite(file).close();
    const look = async () => (await examine({ ...production, ...places })).found;
    expect((await look())['Tables']).toMatchObject({ state: 'advice', fix: 'Make a backup, then: npm run migrate' });
    const store = openSqlite(file);
    expect((await store.migrate()).length).toBeGreaterThan(0);
    await store.close();
    expect(await look()).toMatchObject({
      Tables: { state: 'ok' },
      Durability: { state: 'ok' },
      Outbox: { state: 'ok' },
    });
  });

  test('is told as damaged where it is no database', async () => {
    const places = await folders();
    await writeFile(
      join(places.VAR_DIR, 'd-files.db'),
      'no database, but a letter of more than a hundred bytes'.repeat(9),
    );
    const { wrong, found } = await examine({ ...production, ...places });
    expect(wrong).toEqual(['Database']);
    expect(found['Database']?.what).toContain('cannot be read');
  });

  test('shows mails that wait too long, and those that failed for good', async () => {
    const places = await folders();
    const store = openSqlite(join(places.VAR_DIR, 'd-files.db'));
    await store.migrate();
    const row = {
      kind: 'mail',
      lane: 'answer',
      contactId: null,
      payload: '{}',
      attempts: 9,
      leaseUntil: null,
      lastError: null,
    } as const;
    const queue = (id: string, runAt: number, state: 'ready' | 'dead') =>
      insertRows(store, 'outbox', [{ ...row, id, dedupeKey: id, runAt, state }]);
    const look = async () => (await examine({ ...production, ...places })).found;

    await queue('a', now - 60_000, 'ready');
    expect(await look()).toMatchObject({ Outbox: { state: 'ok' }, 'Dead letters': { state: 'ok' } });
    await queue('b', now - 600_000, 'ready');
    expect((await look())['Outbox']).toMatchObject({ state: 'advice' });
    await queue('c', now - 2 * day, 'ready');
    expect((await look())['Outbox']).toMatchObject({
      state: 'wrong',
      what: expect.stringContaining('2 days') as string,
    });
    await queue('d', now, 'dead');
    expect((await look())['Dead letters']).toMatchObject({ state: 'advice', fix: 'npm run leads -- dead-letters' });
    await store.close();
  });

  test('can be looked at while a server has it', async () => {
    const places = await folders();
    const file = join(places.VAR_DIR, 'd-files.db');
    const store = openSqlite(file);
    await store.migrate();
    const lock = lockForServer(file, { pid: 4711, since: now });
    const { ok, found } = await examine({ ...production, ...places });
    lock.release();
    await store.close();
    expect(ok).toBe(true);
    expect(found['Process']?.what).toBe('4711 serves it since 2026-11-22T12:00Z.');
  });

  test('is told as away where PostgreSQL does not answer, without its password', async () => {
    const variables = { ...production, ...(await folders()), DATABASE_URL: 'postgres://me:geheim@127.0.0.1:9/d_files' };
    const { wrong, found } = await examine(variables);
    expect(wrong).toEqual(['Database']);
    expect(found['Database']?.what).toMatch(/^PostgreSQL at 127\.0\.0\.1:9\/d_files does not answer: .*ECONNREFUSED/);
  });
});

describe('what is around', () => {
  test('a site whose forms end at another host is wrong, and one that is not up yet is not', async () => {
    const places = await folders();
    const look = (fetch: DoctorPorts['fetch']) => examine({ ...production, ...places }, { fetch });
    const asked: string[] = [];
    const other = await look((address) => {
      asked.push(address.href);
      return Promise.resolve(new Response('', { status: 404 }));
    });
    expect(asked).toEqual(['https://d-files.example/healthz']);
    expect(other.wrong).toEqual(['Server']);
    expect(other.found['Server']?.fix).toContain('/unsubscribe/');
    const down = await look(() => Promise.reject(new Error('ECONNREFUSED')));
    expect(down.found['Server']?.state).toBe('advice');
    expect(down.found['Clock']).toMatchObject({
      state: 'advice',
      what: expect.stringContaining('no other clock') as string,
    });
  });

  test.each([
    [-5_000, 'ok'],
    [30_000, 'advice'],
    [-600_000, 'wrong'],
  ])('a clock that is %d ms off is %s', async (off, state) => {
    const fetch = () => Promise.resolve(healthy(new Date(now + off)));
    const { found } = await examine({ ...production, ...(await folders()) }, { fetch });
    expect(found['Clock']?.state).toBe(state);
    if (state !== 'ok')
      expect(found['Clock']?.what).toContain(off > 0 ? 'behind d-files.example' : 'before d-files.example');
  });

  test('a webhook that leads to a private address is wrong, unless its host is allowed by name', async () => {
    const places = await folders();
    const inside = { resolveHost: () => Promise.resolve(['93.184.215.14', '10.0.0.7']) };
    expect((await examine({ ...production, ...places }, inside)).found['WEBHOOK_URL']).toMatchObject({
      state: 'wrong',
      fix: 'If that is meant: WEBHOOK_ALLOWED_HOSTS=crm.example',
    });
    const allowed = { ...production, ...places, WEBHOOK_ALLOWED_HOSTS: 'crm.example' };
    expect((await examine(allowed, inside)).ok).toBe(true);
    const literal = { ...production, ...places, WEBHOOK_URL: 'https://[::1]/hook' };
    expect((await examine(literal)).found['WEBHOOK_URL']?.what).toBe(
      '::1 is not on the open Internet: nothing is sent there.',
    );
  });

  test('a webhook that cannot be looked up, or is not https, is to be looked at', async () => {
    const places = await folders();
    const away = { resolveHost: () => Promise.reject(new Error('EAI_AGAIN')) };
    expect((await examine({ ...production, ...places }, away)).found['WEBHOOK_URL']?.state).toBe('advice');
    const plain = { ...production, ...places, WEBHOOK_URL: 'http://crm.example/hook' };
    expect((await examine(plain)).found['WEBHOOK_URL']?.state).toBe('advice');
  });

  test('the DKIM selector that was typed goes before that of the environment', async () => {
    const asked: string[] = [];
    const resolveTxt = (name: string) => {
      asked.push(name);
      return Promise.resolve([]);
    };
    const doctor = doctorWith(ports({ resolveTxt }));
    await runCommand(doctor, ['--dkim-selector', 'typed'], { ...production, ...(await folders()) }, { now: () => now });
    expect(asked).toContain('typed._domainkey.d-files.example');
    expect(asked).not.toContain('s1._domainkey.d-files.example');
  });

  test('long findings stay within the terminal', async () => {
    const variables = { ...production, ...(await folders()), TRUSTED_PROXIES: '0' };
    const { output } = await runCommand(doctorWith(ports()), [], variables, { now: () => now, columns: 80 });
    const prose = output.split('\n').filter((line) => !/\/|:.*=/.test(line));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('the doctor, of the desk', () => {
  test('says that there is none, and how to open it', async () => {
    const { found } = await examine({ ...production, ...(await folders()) });
    expect(found['OWNERS']).toMatchObject({ state: 'ok', what: expect.stringContaining('there is no desk') as string });
  });

  test('counts who may use it, and asks for the age of backups', async () => {
    const OWNERS = 'ann@example.com, mo@example.com moderator, jo@example.com moderator';
    const { found, ok } = await examine({ ...production, ...(await folders()), OWNERS });
    expect(ok).toBe(true);
    expect(found['OWNERS']?.what).toBe('The desk is open to 1 owner, 2 moderators, at /desk/.');
    expect(found['BACKUP']).toMatchObject({ state: 'advice' });
  });

  test('finds a host who is none, and names the nearest', async () => {
    const [host] = site.hosts;
    const slip = `${host?.slug.slice(0, -1)}`;
    const OWNERS = `ann@example.com, gus@example.com host:${slip}`;
    const { found, wrong } = await examine({ ...production, ...(await folders()), OWNERS });
    expect(wrong).toEqual(['OWNERS']);
    expect(found['OWNERS']).toMatchObject({
      what: `gus@example.com is to be ${slip}, and no host has that slug.`,
      fix: `gus@example.com host:${host?.slug}`,
    });
  });

  test('says what is wrong with a role', async () => {
    const { wrong } = await examine({ ...production, ...(await folders()), OWNERS: 'ann@example.com ower' });
    expect(wrong).toEqual(['OWNERS']);
  });
});
