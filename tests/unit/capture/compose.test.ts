import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCapture, type OpenCapture } from '#capture/compose.ts';
import { readEnvironment } from '#capture/environment.ts';
import { eraseAddress, forgive } from '#capture/owner/erasure.ts';
import { openOwner, withSecrets, type OpenOwner } from '#capture/owner/owner.ts';
import { readReport } from '#capture/owner/report.ts';
import { ServerIsRunning } from '#capture/store/server-running.ts';
import { newsletterForm, paper, paperForm, site, visit } from '../../capture/scene.ts';

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
    server.capture.countView(`/whitepapers/${paper}/`, 'first-episode');
    expect(await server.capture.requestWhitepaper(paperForm('anna@example.com'), visit)).toEqual({ kind: 'accepted' });
    server.start();
    server.capture.countView(`/whitepapers/${paper}/`, undefined);
    await server.close();
    open.length = 0;
    const command = await commands();
    expect(await readReport(command, {})).toMatchObject({ total: { views: 2, submissions: 1, confirmations: 0 } });
    // What was not sent before the end is in the outbox still.
    const sent = readdirSync(folder).includes('mail') ? readdirSync(join(folder, 'mail')).length : 0;
    expect(sent + Number((await command.store.outbox.progress('ask:')).ready)).toBe(1);
  });

  it('knows the wordings that its forms show, so that they can be agreed to after they change', async () => {
    const { store } = await opened();
    const { newsletter, whitepaper } = site.consent;
    expect(await Array.fromAsync(store.reading.rows('consentText'))).toEqual(
      [newsletter, whitepaper].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
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
