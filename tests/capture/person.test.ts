import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { secret } from '#capture/environment.ts';
import { exportPerson } from '#capture/leads/person.ts';
import { mailFiles } from '#capture/mail/adapters/mail-files.ts';
import { addressHmacs } from '#capture/store/secrets.ts';
import type { Tables } from '#capture/store/tables.ts';
import { leads } from '../../src/cli/leads.ts';
import { runCommand } from '../fakes/command-context.ts';
import {
  auditRow,
  bounceRow,
  commentRow,
  consentEventRow,
  contactRow,
  idAt,
  insertRows,
  leadEventRow,
  leadRow,
  noon,
  outboxRow,
  questionRow,
  submissionRow,
  tokenRow,
  wording,
} from './rows.ts';
import { scene, site } from './scene.ts';
import { forEachStore, sqlite, type TestEngine } from './stores.ts';

const key = 'a secret of more than thirty-two characters';
const address = 'Wanda.Whelk@shingle.example';
const norm = 'wanda.whelk@shingle.example';
/** What is the person's alone: all of it is shown, and none of it is left. */
const marks = [
  ...['wanda.whelk', 'shingle.example', 'Wandalena', 'Shingleworks', 'Pebble', 'limpet', 'Barnacled', 'periwinkle'],
  ...['192.0.2.77', 'Kelpbrowser'],
];
/** More than a page of SQLite's: it lies on pages of its own. */
const long = (word: string) => `${`${word} `.repeat(1500)}<b>&`;

const petra = { owner: 'petra@example.com', seesAll: true };

/** A row of the person in each table that can have one. The tables whose rows name a contact are all here. */
function rowsOfPerson() {
  const contact = contactRow(norm, { email: address, name: 'Wandalena', company: 'Shingleworks' });
  const { id: contactId } = contact;
  const submission = submissionRow({ contactId, fromEntry: 'episodes/first-episode', utm: '{"utm_source":"letter"}' });
  const lead = leadRow(contactId, { id: submission.id });
  const [emailHmac] = addressHmacs(norm, [secret(key)]);
  const byContact = {
    subscription: [{ contactId, topic: 'newsletter', status: 'confirmed' as const, confirmedAt: noon }],
    consentEvent: [
      consentEventRow(contactId, {
        ...{ textId: wording.id, name: 'Wandalena', company: 'Shingleworks', ip: '192.0.2.77', ua: 'Kelpbrowser/1' },
      }),
    ],
    submission: [submission],
    token: [tokenRow(contactId, { submissionId: submission.id, uses: 2 })],
    outbox: [
      outboxRow({ contactId, lastError: `450 ${norm} is full` }),
      outboxRow({
        ...{ contactId, kind: 'webhook', dedupeKey: 'webhook:lead.confirmed:1' },
        payload: JSON.stringify({ type: 'lead.confirmed', data: { email: address, name: 'Wandalena' } }),
      }),
    ],
    comment: [commentRow({ contactId, name: 'Wandalena Pebble', body: long('limpet'), state: 'approved' })],
    question: [
      questionRow(contactId, { ...{ firstName: 'Wandalena', body: long('Barnacled') }, answer: 'The keeper does.' }),
    ],
    lead: [lead],
    leadEvent: [leadEventRow(lead, { note: long('periwinkle') })],
    bounce: [bounceRow(contactId)],
  } satisfies Partial<{ [Name in keyof Tables]: Tables[Name][] }>;
  return {
    lead,
    byContact,
    all: {
      ...{ consentText: [wording], contact: [contact], ...byContact },
      audit: [auditRow({ action: 'forgive', subjectHmac: emailHmac })],
      suppression: [{ emailHmac, reason: 'bounced' as const, at: noon }],
    },
  };
}

/** A store with the person and people beside them, in a folder with mails; and the owner's commands. */
async function kept({ place, open }: TestEngine) {
  const where = await place();
  const folder = where.startsWith('postgres:') ? await mkdtemp(join(tmpdir(), 'd-files-person-')) : dirname(where);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = open(where);
  await store.migrate();
  const others = Array.from({ length: 300 }, (_, i) =>
    contactRow(`reader-${i}@company.example`, { name: `Reader ${i}` }),
  );
  await insertRows(store, 'contact', others.slice(150));
  const rows = rowsOfPerson();
  for (const [table, some] of Object.entries(rows.all)) await insertRows(store, table as keyof Tables, some as never[]);
  await insertRows(store, 'contact', others.slice(0, 150));

  await mkdir(join(folder, 'dist/gated'), { recursive: true });
  await writeFile(join(folder, 'dist/gated/site.json'), JSON.stringify(site));
  const mail = join(folder, 'mail');
  const mailer = mailFiles({ folder: mail, now: () => noon, log: () => {} });
  for (const to of [address, 'reader-1@company.example'])
    await mailer.send({
      ...{ kind: 'confirm', messageId: `<${idAt(noon)}@files.example>`, from: 'hello@files.example', to },
      ...{ subject: 'Confirm', text: `Mailed to ${to}`, html: `<p>Mailed to ${to}</p>`, headers: {} },
    });

  const set = scene(store, { secrets: [secret(key)] });
  const variables = {
    ...{ DIST_DIR: join(folder, 'dist'), VAR_DIR: folder, MAIL_DIR: mail, SECRET: key, SITE_URL: site.url },
    ...{ MAIL_FROM: 'hello@files.example', ...(where.startsWith('postgres:') && { DATABASE_URL: where }) },
  };
  const run = (args: string, more: Record<string, string> = {}) =>
    runCommand(leads, args.split(' '), { ...variables, ...more }, { now: set.now });
  return { ...{ where, folder, store, set, run }, ...rows };
}

/** All rows of all tables, as text. */
async function everyRow({ store, set }: Awaited<ReturnType<typeof kept>>): Promise<string> {
  const tables = Object.keys(await store.reading.counts()) as (keyof Tables)[];
  return JSON.stringify(await Promise.all(tables.map(async (table) => [table, await set.rows(table)])));
}

forEachStore('what is kept of a person', (engine) => {
  test('is shown whole, by their address however it is written', async () => {
    const { run } = await kept(engine);
    const { code, output, errors } = await run('person WANDA.whelk@shingle.example');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    for (const mark of [...marks.slice(1), 'Wanda.Whelk', wording.body, 'letter', 'The keeper does.', 'bounced'])
      expect(output).toContain(mark);
    for (const said of [
      /Kind: download/,
      /Mail: confirm/,
      /Event: lead\.confirmed/,
      /Action: forgive/,
      /Status: confirmed/,
    ])
      expect(output).toMatch(said);
  });

  test('is given to programs as the desk gives it, without what opens a link', async () => {
    const { run, set, lead, byContact } = await kept(engine);
    const { output } = await run('person wanda.whelk@shingle.example --json');
    expect(JSON.parse(output)).toMatchObject({
      person: { email: address, comparedAs: norm, name: 'Wandalena' },
      consents: [{ wording: wording.body, wordingSha256: wording.id, ip: '192.0.2.77' }],
      links: [{ kind: 'download', madeAt: '2026-01-15T12:00:00.000Z', uses: 2 }],
      suppressed: [{ reason: 'bounced', at: '2026-01-15T12:00:00.000Z' }],
      leads: [{ history: [{ kind: 'note', note: long('periwinkle') }] }],
    });
    expect(output).toBe(await exportPerson(set.context, lead.id, petra));
    expect(output).not.toContain(byContact.token[0]?.id);
    expect((await set.rows('audit')).map(({ actor, action }) => `${actor} ${action}`)).toContain(
      `owner person exported ${lead.contactId}`,
    );
  });

  test('is a page of its own to hand over, which only the owner can read and in which nothing is markup', async () => {
    const { run, folder } = await kept(engine);
    const file = join(folder, 'wanda.html');
    const { code, output } = await run(`person ${norm} --html ${file}`);
    expect({ code, output }).toEqual({ code: 0, output: '' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const page = await readFile(file, 'utf8');
    for (const mark of marks.slice(1)) expect(page).toContain(mark);
    expect(page).toContain('&lt;b&gt;&amp;');
    expect(page).not.toMatch(/<b>|<(script|img|link|a)\b|https?:\/\/(?!example\.com\/whitepapers\/inland\/<)/);
    expect(await run(`person ${norm} --html /nowhere/page.html`)).toMatchObject({ code: 2, output: '' });
  });

  test('is nothing for who is not known, with an exit code that says so', async () => {
    const { run } = await kept(engine);
    expect(await run('person nobody@shingle.example')).toMatchObject({
      ...{ code: 1, output: '' },
      errors: 'nobody@shingle.example is not known: nothing is kept of it.\n',
    });
    expect(await run('person no-address')).toMatchObject({ code: 2, output: '' });
  });

  test('is after an erasure that nothing is sent to them, in no row anything else', async () => {
    const desk = await kept(engine);
    const before = await everyRow(desk);
    for (const mark of marks) expect(before).toContain(mark);
    expect(await desk.run(`erase ${norm} --yes`)).toMatchObject({ code: 0 });
    const after = await everyRow(desk);
    for (const mark of marks) expect(after.toLowerCase()).not.toContain(mark.toLowerCase());
    expect(after).toContain('reader-299@company.example');
    const { code, output } = await desk.run(`person ${norm}`);
    expect(code).toBe(0);
    expect(output).toMatch(/^Nobody is kept with the address .* It is suppressed \(erased, 2026-01-15\)/);
    expect(output).toContain('Action: erase');
  });

  test('is still with the event that tells a CRM of the erasure, until it is delivered', async () => {
    const { run, store } = await kept(engine);
    const crm = { WEBHOOK_URL: 'https://crm.example/hook', WEBHOOK_SECRET: `whsec_${'a'.repeat(32)}` };
    await run(`erase ${norm} --yes`, crm);
    expect((await run(`person ${norm}`)).output).toContain('Event: contact.erased');
    for (const lease of await store.outbox.lease('webhook', 9, noon, noon + 1)) await store.outbox.finish(lease);
    await store.outbox.prune(noon);
    expect((await run(`person ${norm}`)).output).not.toContain('contact.erased');
  });
});

forEachStore('an erasure', (engine) => {
  test('says until when backups have the person, which is the newest, and what logs may have', async () => {
    const { run, folder } = await kept(engine);
    const backup = join(folder, 'backup');
    await mkdir(backup);
    const { errors: erased } = await run(`erase ${norm} --yes`, { BACKUP: backup });
    expect(erased).toContain('Backups and exports made before 2026-01-15T09:00Z have the person until you delete them');
    expect(erased).toContain(`There is none in ${backup} yet.`);
    expect(erased).toContain('may have logged IP addresses');
    expect(erased.includes('vacuum')).toBe(engine.name === 'PostgreSQL');

    const desk = await kept(engine);
    await writeFile(join(backup, 'd-files.db'), '');
    await utimes(join(backup, 'd-files.db'), noon / 1000, noon / 1000);
    expect((await desk.run(`erase ${norm} --yes`, { BACKUP: backup })).errors).toContain(
      `The newest in ${backup} is of 2026-01-15T12:00Z.`,
    );
    expect((await (await kept(engine)).run(`erase ${norm} --yes`)).errors).not.toContain('The newest');
  });
});

test('whatever table names a contact is one that these tests know', async () => {
  const { where, byContact } = await kept(sqlite);
  const database = new Database(where, { readonly: true });
  const tables = database
    .prepare(
      `select m.name from sqlite_schema m join pragma_table_info(m.name) c
        where m.type = 'table' and c.name = 'contact_id' order by m.name`,
    )
    .pluck()
    .all() as string[];
  database.close();
  const camelCase = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(tables.map(camelCase).toSorted()).toEqual(Object.keys(byContact).toSorted());
});

test('an erasure leaves no byte of the person in any file of the folder, beside a server that has it open', async () => {
  const { folder, run } = await kept(sqlite);
  const found = async () => {
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
    const texts = await Promise.all(
      files.map(async (each) => (await readFile(join(each.parentPath, each.name))).toString('latin1').toLowerCase()),
    );
    return marks.filter((mark) => texts.some((text) => text.includes(mark.toLowerCase())));
  };
  expect(await found()).toEqual(marks);
  expect(await run(`erase ${norm} --yes`)).toMatchObject({ code: 0 });
  expect(await found()).toEqual([]);
  expect(await readdir(join(folder, 'mail'))).toHaveLength(1);
});
