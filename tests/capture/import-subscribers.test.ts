import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { secret } from '#capture/environment.ts';
import { eraseAddress } from '#capture/owner/erasure.ts';
import { confirm } from '#capture/links/confirm.ts';
import { unsubscribe } from '#capture/links/unsubscribe.ts';
import { signToken } from '#capture/store/tokens.ts';
import { leads } from '../../src/cli/leads.ts';
import { runCommand } from '../fakes/command-context.ts';
import { scene, site, visit } from './scene.ts';
import { forEachStore } from './stores.ts';

const key = 'a secret of more than thirty-two characters';
const heading = 'address,consent,date,source,ip';

forEachStore('subscribers who agreed elsewhere', ({ place, open }) => {
  async function imports() {
    const where = await place();
    const folder = await mkdtemp(join(tmpdir(), 'd-files-import-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const isPostgres = where.startsWith('postgres:');
    const store = open(where);
    await store.migrate();
    await mkdir(join(folder, 'gated'), { recursive: true });
    await writeFile(join(folder, 'gated/site.json'), JSON.stringify(site));
    const at = scene(store, { secrets: [secret(key)] });
    const run = async (csv: string, ...options: string[]) => {
      const file = join(folder, 'list.csv');
      await writeFile(file, csv);
      const variables = {
        ...{ DIST_DIR: folder, VAR_DIR: join(where, '..'), SECRET: key, SITE_URL: site.url },
        ...(isPostgres && { VAR_DIR: folder, DATABASE_URL: where }),
      };
      return runCommand(leads, ['import', file, ...options], variables, { now: at.now });
    };
    return { ...at, run };
  }

  const list = [
    heading,
    'ann@one.example,"Yes, send me the letter.",2024-03-13,https://old.example/letter/,192.0.2.7',
    'bob@one.example,"Yes, send me the letter.",2024-03-14T10:00:00Z,Fair of 2024,',
    'ANN@one.example,"Yes, send me the letter.",2024-03-13,https://old.example/letter/,',
    'carl@one.example,,2024-03-13,https://old.example/letter/,',
    'dora@one.example,Yes.,last spring,https://old.example/letter/,',
    'not an address,Yes.,2024-03-13,https://old.example/letter/,',
    'emil@one.example,Yes.,2024-03-13,,',
    'fay@one.example,Yes.,2099-01-01,https://old.example/letter/,',
  ].join('\n');

  it('are subscribed with their proof; lines without one are refused by their numbers', async () => {
    const at = await imports();
    const { code, output, errors } = await at.run(list);
    expect(output).toBe('2 subscribers were added; 1 already there, 0 left as they are, 5 refused.\n');
    expect(code).toBe(1);
    for (const line of ['line 5: consent', 'line 6: date', 'line 7: address', 'line 8: source', 'line 9: date'])
      expect(errors).toContain(line);
    expect((await at.rows('subscription')).map(({ status }) => status)).toEqual(['confirmed', 'confirmed']);
    const events = await at.rows('consentEvent');
    expect(events.filter(({ ip }) => ip === '192.0.2.7')).toMatchObject([
      { purpose: 'newsletter', at: Date.UTC(2024, 2, 13), sourceUrl: 'https://old.example/letter/' },
      { purpose: 'newsletter' },
    ]);
    expect((await at.rows('consentText')).map(({ body }) => body)).toEqual(['Yes, send me the letter.']);
    expect(await at.mails()).toEqual([]);
  });

  it('are not changed by a second import, nor by a rehearsal', async () => {
    const at = await imports();
    expect((await at.run(list, '--dry-run')).output).toMatch(/^2 subscribers would be added; 1 already/);
    expect(await at.state()).toMatchObject({ contact: 0, consentText: 0 });
    await at.run(list);
    const before = await at.state();
    expect((await at.run(list)).output).toMatch(/^0 subscribers were added; 3 already there/);
    expect(await at.state()).toEqual(before);
  });

  it('stay away who left, were erased, or called a mail spam', async () => {
    const at = await imports();
    await at.run(list);
    const [ann] = (await at.rows('contact')).filter(({ emailNorm }) => emailNorm === 'ann@one.example');
    const token = (await at.rows('token')).find(({ contactId }) => contactId === ann?.id);
    if (!token) throw new Error('Ann has no preferences.');
    expect(await unsubscribe(at.context, signToken(token, at.context.secrets), visit)).toEqual({ kind: 'done' });
    await eraseAddress(at.context, 'bob@one.example');
    const { output, errors } = await at.run(list);
    expect(output).toMatch(/^0 subscribers were added; 1 already there, 2 left as they are/);
    expect(errors).toContain('line 2: left the newsletter here');
    expect(errors).toContain('line 3: was erased here');
    expect((await at.rows('subscription')).map(({ status }) => status)).toEqual(['unsubscribed']);
  });

  it('are asked first, where that is wanted: once each, and a subscriber is who says yes', async () => {
    const at = await imports();
    const { output } = await at.run(list, '--confirm');
    expect(output).toBe('2 people were asked; 1 already there, 0 left as they are, 5 refused.\n');
    expect((await at.rows('subscription')).map(({ status }) => status)).toEqual(['pending', 'pending']);
    const mails = await at.mails();
    expect(mails.map(({ lane, payload }) => ({ lane, payload }))).toMatchObject([
      { lane: 'issue', payload: { mail: 'confirm', agreed: { on: '2024-03-13', at: 'https://old.example/letter/' } } },
      { lane: 'issue', payload: { mail: 'confirm', agreed: { on: '2024-03-14', at: 'Fair of 2024' } } },
    ]);
    const [first, second] = mails.map(({ runAt }) => runAt);
    expect((second ?? 0) - (first ?? 0)).toBe(200);
    expect(await confirm(at.context, await at.link(), visit)).toMatchObject({ kind: 'confirmed', newsletter: true });
    const statuses = (await at.rows('subscription')).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['confirmed', 'pending']);
    const before = await at.state();
    expect((await at.run(list, '--confirm')).output).toMatch(/^0 people were asked; 3 already there/);
    expect(await at.state()).toEqual(before);
  });

  it('are not looked for in a file that has other columns', async () => {
    const at = await imports();
    const { code, errors } = await at.run('adress,consent,date,source\n');
    expect([code, errors]).toEqual([2, expect.stringMatching(/no column “address”; is “adress” meant\?/)]);
  });
});
