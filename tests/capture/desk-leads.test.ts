import { expect, it } from 'vitest';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { confirm } from '#capture/links/confirm.ts';
import { desk, people } from './desk-scene.ts';
import { minute, paperForm, visit } from './scene.ts';
import { forEachStore, type TestEngine } from './stores.ts';

/** The desk, with a lead that waits. */
async function begin({ fresh }: Pick<TestEngine, 'fresh'>) {
  const at = desk(await fresh());
  await requestWhitepaper(at.context, paperForm('dora@skerry.example', { name: 'Dora' }), visit);
  await confirm(at.context, await at.link(), visit);
  at.pass(5 * minute);
  const lead = async () => {
    const [row] = await at.rows('lead');
    if (!row) throw new Error('There is no lead.');
    return row;
  };
  return { at, lead, ...(await lead()) };
}

forEachStore('leads at the desk', (engine) => {
  it('are seen by owners and hosts, which is noted, and by no moderator', async () => {
    const { at, id } = await begin(engine);
    for (const name of ['leads', 'lead'] as const) {
      expect(await (await at.signedIn(people.owner)).see(name, { id })).toMatchObject({ kind: 'open' });
      expect(await (await at.signedIn(people.host)).see(name, { id })).toMatchObject({ kind: 'open' });
      expect(await (await at.signedIn(people.moderator)).see(name, { id })).toMatchObject({ kind: 'forbidden' });
    }
    const done = (await at.rows('audit')).map(({ actor, action }) => `${actor} ${action}`);
    expect(done).toEqual(expect.arrayContaining([`gus@example.com saw lead ${id}`]) as string[]);
    expect(done.filter((each) => each.startsWith('mo@') && each.includes('lead'))).toEqual([]);
  });

  it('leave by CSV, as JSON and by an erasure for owners alone, and so do the numbers', async () => {
    const { at, id } = await begin(engine);
    const [owner, host] = [await at.signedIn(people.owner), await at.signedIn(people.host)];
    for (const name of ['leads as CSV', 'person', 'funnel', 'heard'] as const) {
      expect(await host.see(name, { id })).toMatchObject({ kind: 'forbidden' });
      expect(await owner.see(name, { id })).toMatchObject({ kind: 'open' });
    }
    const email = 'dora@skerry.example';
    expect(await host.act('erase person', { id, email })).toMatchObject({ kind: 'forbidden' });
    expect(await owner.act('erase person', { id, email: 'x' })).toMatchObject({
      kind: 'invalid',
      errors: { email: expect.stringContaining('Nothing was erased') as string },
    });
    expect(await owner.act('erase person', { id, email })).toMatchObject({ kind: 'done' });
    expect(await owner.see('lead', { id })).toMatchObject({ kind: 'unknown' });
  });

  it('are changed by a form of the session alone', async () => {
    const { at, id, version, lead } = await begin(engine);
    const owner = await at.signedIn(people.owner);
    const form = { act: 'change lead', id, seen: `${version}`, state: 'lost' };
    expect(await at.door.act({ ...form, token: 'x' }, { ...visit, ...owner.jar })).toMatchObject({
      kind: 'forged',
    });
    expect(await lead()).toMatchObject({ state: 'waiting' });
  });

  it('are taken and given back by a host, who gives them to nobody else', async () => {
    const { at, id, version, lead } = await begin(engine);
    const host = await at.signedIn(people.host);
    const give = (owner: string, seen: number) => host.act('change lead', { id, seen: `${seen}`, owner });
    expect(await give('ann@example.com', version)).toMatchObject({ kind: 'forbidden' });
    expect(await give('gus@example.com', version)).toMatchObject({ kind: 'done', said: 'It has its owner.' });
    expect(await lead()).toMatchObject({ assignedTo: 'gus@example.com' });
    expect(await give('', version + 1)).toMatchObject({ kind: 'done', said: 'It is nobody’s now.' });
  });

  it('are won with a value that is one, and a conflict names who was first', async () => {
    const { at, id, version, lead } = await begin(engine);
    const [owner, host] = [await at.signedIn(people.owner), await at.signedIn(people.host)];
    const win = (value: string) =>
      owner.act('change lead', { id, seen: `${version}`, state: 'won', value, owner: 'gus@example.com' });
    expect(await win('much')).toMatchObject({ kind: 'invalid', errors: { value: expect.any(String) as string } });
    expect(await win('1,450')).toMatchObject({ kind: 'done', said: 'It has its owner. Set: won.' });
    at.pass(2 * minute);
    const late = await host.act('change lead', { id, seen: `${version}`, state: 'lost', note: 'Rang twice.' });
    expect(late).toMatchObject({
      kind: 'conflict',
      said: 'Petra Plimsoll marked this lead as won 2 min ago, for 1,450. Your “lost” was not written. Your note was, and stands below.',
    });
    expect(await lead()).toMatchObject({ state: 'won', value: 145_000 });
    expect(at.queued()).toBeGreaterThan(0);
  });

  it.each([{ seen: 'x' }, { seen: '' }, { id: 'x' }, { id: '../etc' }])(
    'are not changed by a form with %o',
    async (odd) => {
      const { at, id, version, lead } = await begin(engine);
      const owner = await at.signedIn(people.owner);
      const outcome = await owner.act('change lead', { id, seen: `${version}`, state: 'lost', ...odd });
      expect(['conflict', 'unknown']).toContain(outcome.kind);
      expect(await lead()).toMatchObject({ state: 'waiting' });
    },
  );

  it('that wait are counted at Today and in the rooms, each owner’s own for a host', async () => {
    const { at, id, version } = await begin(engine);
    const [owner, host] = [await at.signedIn(people.owner), await at.signedIn(people.host)];
    const waiting = async (browser: typeof owner) => {
      const seen = await browser.see('today');
      if (seen.kind !== 'open') throw new Error(seen.kind);
      return [seen.shown.leads?.total, seen.frame.rooms.find(({ name }) => name === 'leads')?.waiting];
    };
    expect([await waiting(owner), await waiting(host)]).toEqual([
      [1, 1],
      [1, 1],
    ]);
    await owner.act('change lead', { id, seen: `${version}`, owner: 'ann@example.com' });
    expect([await waiting(owner), await waiting(host)]).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });
});
