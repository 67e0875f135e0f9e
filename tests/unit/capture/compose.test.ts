import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCapture, readSite, type OpenCapture } from '#capture/compose.ts';
import { readEnvironment } from '#capture/environment.ts';
import { eraseAddress, forgive } from '#capture/owner/erasure.ts';
import { openOwner, withSecrets, type OpenOwner } from '#capture/owner/owner.ts';
import { readReport } from '#capture/owner/report.ts';
import { openSqlite } from '#capture/store/adapters/sqlite.ts';
import { ServerIsRunning } from '#capture/store/server-running.ts';
import type { Wording } from '#site/contract.ts';
import { commentRow, insertRows } from '../../capture/rows.ts';
import { day, minute, newsletterForm, paper, paperForm, site, visit } from '../../capture/scene.ts';

let folder = '';
const open: { close(): Promise<void> }[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'd-files-compose-'))));
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  rmSync(folder, { recursive: true });
});

const lines: string[] = [];
const environmentWith = (variables = {}) =>
  readEnvironment({ VAR_DIR: folder, SITE_URL: site.url, SECRET: 's'.repeat(32), ...variables }).environment;
async function opened(variables = {}): Promise<OpenCapture> {
  const each = await openCapture(environmentWith(variables), { site, log: (line) => lines.push(line) });
  open.push(each);
  return each;
}
/** What the owner's commands work with, beside a server or after it. */
async function commands(): Promise<OpenOwner> {
  const owner = await openOwner({ environment: environmentWith() }, { clock: () => Date.now(), random: randomBytes });
  if (!owner) throw new Error('No server has kept anything yet.');
  open.push(owner);
  return owner;
}

describe('capture, opened', () => {
  it('takes a form, sends its mail, and tells the report of it', async () => {
    const server = await opened();
    server.capture.countView(`/whitepapers/${paper}/`, 'from=first-episode');
    expect(await server.capture.requestWhitepaper(paperForm('anna@example.com'), visit)).toEqual({ kind: 'accepted' });
    server.start();
    server.capture.countView(`/whitepapers/${paper}/`, '');
    await server.close();
    open.length = 0;
    const command = await commands();
    expect(await readReport(command, {})).toMatchObject({ total: { views: 2, submissions: 1, confirmations: 0 } });
    // What was not sent before the end is in the outbox still.
    const sent = readdirSync(folder).includes('mail') ? readdirSync(join(folder, 'mail')).length : 0;
    expect(sent + Number((await command.store.outbox.progress('ask:')).ready)).toBe(1);
  });

  it('reads a site that an earlier version built, with the wordings of comments that it lacks', async () => {
    const { hosts: _hosts, redirects: _redirects, comments: _comments, consent, ...older } = site;
    const { newsletter, whitepaper } = consent;
    mkdirSync(join(folder, 'gated'));
    writeFileSync(join(folder, 'gated/site.json'), JSON.stringify({ ...older, consent: { newsletter, whitepaper } }));
    const read = await readSite(folder);
    expect(read).toMatchObject({ hosts: [], redirects: [], consent: { newsletter, whitepaper } });
    for (const { id, body } of [read.consent.replies, read.consent.quote].flatMap((wording) => wording ?? [])) {
      expect(id).toBe(createHash('sha256').update(body).digest('hex'));
      expect(body).toContain(site.title);
    }
    expect(Object.keys(read.consent).toSorted()).toEqual(['newsletter', 'quote', 'replies', 'whitepaper']);
  });

  it('clears away what nobody confirmed in two days', async () => {
    const store = openSqlite(join(folder, 'd-files.db'));
    await store.migrate();
    const old = Date.now() - 2 * day - minute;
    await insertRows(store, 'comment', [
      commentRow({ state: 'unconfirmed', changedAt: old }),
      commentRow({ state: 'unconfirmed', changedAt: old + 5 * minute }),
      commentRow({ state: 'pending', changedAt: old }),
    ]);
    await store.close();
    const server = await opened();
    server.start();
    await vi.waitFor(async () => expect(await server.store.reading.counts()).toMatchObject({ comment: 2 }));
    expect(await server.commentsVersion()).toBeUndefined();
  });

  it('knows the wordings that its forms show, so that they can be agreed to after they change', async () => {
    const { store } = await opened();
    expect(await Array.fromAsync(store.reading.rows('consentText'))).toEqual(
      Object.values({ ...site.consent } as Record<string, Wording>).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  it('is no second server on one file, but commands work beside it', async () => {
    const server = await opened();
    await expect(opened()).rejects.toThrow(ServerIsRunning);
    const command = await withSecrets(await commands());
    const done = { kind: 'done', address: 'anna@example.com' };
    await server.capture.subscribe(newsletterForm('anna@example.com'), visit);
    expect(await eraseAddress(command, 'anna@example.com')).toEqual({ ...done, known: true });
    expect(await forgive(command, 'anna@example.com')).toEqual({ ...done, known: true });
  });

  it('leaves no byte of who was erased in any file, and all of the others', async () => {
    const server = await opened();
    server.start();
    const holding = (text: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
        .map(({ name }) => name.replace(/^.*-confirm-.*(?=\.eml$)/, 'mail'));
    for (const email of ['anna.zyxwvut@example.com', 'a.zyxwvut@example.com', 'ben@example.com'])
      await server.capture.requestWhitepaper(paperForm(email, { name: email }), visit);
    await vi.waitUntil(() => holding('To: ').length === 3);
    await server.capture.subscribe(newsletterForm('anna.zyxwvut@example.com'), visit);
    const command = await withSecrets(await commands());
    await eraseAddress(command, 'anna.zyxwvut@example.com');
    expect(holding('anna.zyxwvut')).toEqual([]);
    expect(holding('a.zyxwvut')).toContain('mail.eml');
    await eraseAddress(command, 'A.Zyxwvut@Example.com');
    expect(holding('zyxwvut')).toEqual([]);
    expect(holding('ben@example.com')).toEqual(expect.arrayContaining(['d-files.db', 'mail.eml']));
  });

  it('lets the next server in when it is closed', async () => {
    await (await opened()).close();
    open.length = 0;
    await expect(opened()).resolves.toBeDefined();
  });

  it('makes a secret where none is given, and keeps it', async () => {
    await opened({ SECRET: undefined });
    expect(readdirSync(folder)).toContain('secret');
  });
});
