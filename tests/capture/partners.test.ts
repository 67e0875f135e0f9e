import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openViews } from '#capture/forms/funnel.ts';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { secret } from '#capture/environment.ts';
import { confirm } from '#capture/links/confirm.ts';
import { download } from '#capture/links/download.ts';
import { partnerReport } from '#capture/links/partner-report.ts';
import { signOwnLink } from '#capture/store/own-links.ts';
import { toldText } from '#site/small-counts.ts';
import { partners } from '../../src/cli/partners.ts';
import { runCommand } from '../fakes/command-context.ts';
import { day, paper, paperForm, scene, site, visit, type Scene } from './scene.ts';
import { forEachStore, type TestEngine } from './stores.ts';

const key = 'a secret of more than thirty-two characters';
const page = (path: string) => ({ ...visit, referer: `https://files.example${path}` });

/** A store with its tables, what readers do there, and the owner's command beside it. */
async function desk({ place, open }: TestEngine) {
  const where = await place();
  const store = open(where);
  await store.migrate();
  const set = scene(store, { secrets: [secret(key)] });
  const folder = await mkdtemp(join(tmpdir(), 'd-files-partners-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'gated'), { recursive: true });
  await writeFile(join(folder, 'gated/site.json'), JSON.stringify(site));
  const variables = {
    ...{ DIST_DIR: folder, SECRET: key, SITE_URL: site.url, MAIL_FROM: 'hello@files.example', MAIL_DIR: folder },
    ...(where.startsWith('postgres:') ? { DATABASE_URL: where } : {}),
    VAR_DIR: where.startsWith('postgres:') ? folder : dirname(where),
  };
  const run = (command: string) => runCommand(partners, command.split(' '), variables, { now: set.now });
  const link = async (slug: string) => (await run(`link ${slug}`)).output.trim();
  return { store, set, run, link };
}

const tokenIn = (link: string) => new URL(link).searchParams.get('token') ?? '';

/** The rows of a report as its page shows them. */
async function rowsOf({ context }: Scene, link: string) {
  const outcome = await partnerReport(context, tokenIn(link));
  if (outcome.kind !== 'valid') return outcome.kind;
  return Object.fromEntries(
    outcome.report.rows.map(({ figure, parts, sum }) => [figure, [...parts, sum].map(toldText)]),
  );
}

/** A reader of a partner who asks for the paper, confirms and downloads. */
async function reader({ context, link, pass }: Scene, email: string, path: string) {
  await requestWhitepaper(context, paperForm(email), page(path));
  pass(1000);
  const confirmed = await confirm(context, await link(), visit);
  if (confirmed.kind === 'confirmed' && confirmed.download) await download(context, confirmed.download, 'beginning');
}

forEachStore('the report of a partner', (engine) => {
  test('counts visits, views and the leads of its readers, and of nobody else', async () => {
    const { set, link } = await desk(engine);
    const views = openViews(set.context);
    for (const query of ['', '', 'partner=almanac']) views.count('/with/ferry/', query);
    views.count(`/whitepapers/${paper}/`, 'from=first-post&partner=ferry');
    views.count(`/whitepapers/${paper}/`, 'partner=nobody');
    await views.flush();
    for (let i = 0; i < 5; i += 1) await reader(set, `reader${i}@one.example`, '/with/ferry/');
    await reader(set, 'ann@two.example', `/whitepapers/${paper}/?partner=almanac`);
    await reader(set, 'ben@two.example', `/whitepapers/${paper}/`);
    expect(await rowsOf(set, await link('ferry'))).toEqual({
      visits: ['0', '0', '3', '3'],
      // A form beside the page counts as seen when it is sent.
      views: ['0', '0', '6', '6'],
      leads: ['< 5', '< 5', '5', '≥ 5'],
      downloads: ['< 5', '< 5', '5', '≥ 5'],
      won: ['< 5', '< 5', '< 5', '< 5'],
    });
    expect(await rowsOf(set, await link('almanac'))).toMatchObject({ leads: ['< 5', '< 5', '< 5', '< 5'] });
  });

  test('has this month and the two before, and what is older no more', async () => {
    const { set, link } = await desk(engine);
    const views = openViews(set.context);
    const visitOnce = async () => {
      views.count('/with/ferry/', '');
      await views.flush();
    };
    await visitOnce();
    set.pass(31 * day);
    await visitOnce();
    const address = await link('ferry');
    expect(await rowsOf(set, address)).toMatchObject({ visits: ['0', '1', '1', '2'] });
    set.pass(59 * day);
    expect(await rowsOf(set, address)).toMatchObject({ visits: ['1', '0', '0', '1'] });
    const outcome = await partnerReport(set.context, tokenIn(address));
    expect(outcome).toMatchObject({ report: { name: 'The ferry', months: ['2026-02', '2026-03', '2026-04'] } });
  });

  test('says no address, name or company of anyone', async () => {
    const { set, link } = await desk(engine);
    for (let i = 0; i < 6; i += 1) await reader(set, `reader${i}@secret-firm.example`, '/with/ferry/');
    const outcome = await partnerReport(set.context, tokenIn(await link('ferry')));
    expect(JSON.stringify(outcome)).not.toMatch(/@|secret-firm|019/);
  });

  test('keeps counting who was erased since, of whom nothing is left', async () => {
    const { store, set, link } = await desk(engine);
    for (let i = 0; i < 5; i += 1) await reader(set, `reader${i}@one.example`, '/with/ferry/');
    const [contact] = await set.rows('contact');
    await store.transaction((records) => records.deleteContact(contact?.id ?? ''));
    expect(await rowsOf(set, await link('ferry'))).toMatchObject({ leads: ['< 5', '< 5', '5', '≥ 5'] });
  });
});

forEachStore('the link to the report of a partner', (engine) => {
  test('is the same as long as it works, and another one after it was ended', async () => {
    const { set, run, link } = await desk(engine);
    const first = await link('ferry');
    expect(first).toMatch(/^https:\/\/files\.example\/partner-report\/\?token=[\w.-]+$/);
    expect(await link('ferry')).toBe(first);
    expect(await rowsOf(set, first)).not.toBe('gone');
    expect(await run('revoke ferry')).toMatchObject({ code: 0, output: 'The link is ended.\n' });
    expect(await rowsOf(set, first)).toBe('gone');
    expect((await run('revoke ferry')).code).toBe(1);
    const second = await link('ferry');
    expect(second).not.toBe(first);
    expect([await rowsOf(set, first), typeof (await rowsOf(set, second))]).toEqual(['gone', 'object']);
  });

  test('is that of one partner: those of others work on when it is ended', async () => {
    const { set, run, link } = await desk(engine);
    const other = await link('almanac');
    await link('ferry');
    await run('revoke ferry');
    expect(await rowsOf(set, other)).toMatchObject({ visits: ['0', '0', '0', '0'] });
  });

  test('opens nothing where it was changed, guessed, signed for another use or by another secret', async () => {
    const { set, link } = await desk(engine);
    const token = tokenIn(await link('ferry'));
    const [id = ''] = token.split('.');
    const [row] = await set.rows('partnerLink');
    expect(row?.id).toBe(id);
    const others = [
      ...['', 'x', id, token.slice(0, -2), `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
      signOwnLink(id, 'comment', set.context.secrets),
      signOwnLink(id, 'partner report', [secret('another secret of more than thirty-two characters')]),
      signOwnLink('019bc0e2-1280-7400-ac3a-4daf0c225309', 'partner report', set.context.secrets),
    ];
    for (const other of others) expect(await partnerReport(set.context, other), other).toEqual({ kind: 'gone' });
  });

  test('opens nothing where the partner is in the site no more, and the owner can still end it', async () => {
    const { set, run, link } = await desk(engine);
    const token = tokenIn(await link('ferry'));
    const without = { ...set.context, site: { ...site, partners: [] } };
    expect(await partnerReport(without, token)).toEqual({ kind: 'gone' });
    expect(await partnerReport({ ...set.context, site: { ...site, partners: undefined } }, token)).toEqual({
      kind: 'gone',
    });
    expect((await run('revoke ferry')).code).toBe(0);
  });

  test('is listed with since when it is there, and never itself', async () => {
    const { run, link } = await desk(engine);
    const token = tokenIn(await link('ferry'));
    await run('revoke ferry');
    const next = tokenIn(await link('ferry'));
    const { output } = await run('list');
    expect(output).toMatch(/ferry +The ferry +\/with\/ferry\/ +since 2026-01-15, 1 link ended/);
    expect(output).toMatch(/almanac +The almanac +\/with\/almanac\/ +no link/);
    for (const secretPart of [token, next]) expect(output).not.toContain(secretPart.split('.')[2]);
    expect(JSON.parse((await run('list --json')).output)).toMatchObject([
      { slug: 'ferry', since: '2026-01-15T09:00:00.000Z', ended: 1 },
      { slug: 'almanac', since: null, ended: 0 },
    ]);
  });

  test('is made for no partner that the site has not, and the nearest is told', async () => {
    const { run, set } = await desk(engine);
    expect(await run('link fery')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('Nearest: ferry') as string,
    });
    expect(await set.rows('partnerLink')).toEqual([]);
  });
});

describe('an owner without partners', () => {
  test('is told how one is made', async () => {
    const { errors, code } = await runCommand(partners, ['link'], {});
    expect([code, errors]).toEqual([2, expect.stringContaining('npm run partners')]);
  });
});
