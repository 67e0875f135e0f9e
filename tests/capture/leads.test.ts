import Database from 'better-sqlite3';
import { Client } from 'pg';
import { describe, expect, it, test } from 'vitest';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { changeLead } from '#capture/leads/change.ts';
import { leadCsv } from '#capture/leads/csv.ts';
import { readFunnel, readHeard } from '#capture/leads/funnel.ts';
import { listLeads } from '#capture/leads/list.ts';
import { erasePerson, exportPerson } from '#capture/leads/person.ts';
import { readLead } from '#capture/leads/record.ts';
import { confirm } from '#capture/links/confirm.ts';
import { download } from '#capture/links/download.ts';
import { eraseAddress } from '#capture/owner/erasure.ts';
import { migrations } from '#capture/store/adapters/migrations.ts';
import type { Store } from '#capture/store/store.ts';
import type { ContactRow, LeadRow, LeadState } from '#capture/store/tables.ts';
import type { LeadChange, LeadLine, LeadQuery, LeadReader } from '#site/lead-desk.ts';
import { contactRow, insertRows, leadEventRow, leadRow, noon } from './rows.ts';
import { day, minute, paper, paperForm, scene, site, visit } from './scene.ts';
import { forEachStore, type TestEngine } from './stores.ts';

const hour = 60 * minute;
const petra: LeadReader = { owner: 'petra@example.com', seesAll: true };
const gus: LeadReader = { owner: 'gus@example.com', seesAll: false };
const partners = [{ slug: 'haddock', name: 'Haddock & Nephew', url: '/with/haddock/' }];

/** The desk over a store: Petra owns the site, Gus is a host; they mean to answer within six hours. */
function deskOver(store: Store) {
  const at = scene(store, {
    site: { ...site, partners, timeZone: 'Europe/Berlin' },
    owners: [
      { email: 'Petra@example.com', role: 'owner', person: 'petra-plimsoll' },
      { email: 'gus@example.com', role: 'host', person: 'gus-barnacle' },
    ],
    answerWithin: 6 * hour,
  });
  const { context } = at;
  const list = (query: LeadQuery = {}, reader = petra) => listLeads(context, query, reader);
  const record = async (id: string, reader = petra) => {
    const found = await readLead(context, id, reader);
    if (!found) throw new Error('There is no such lead.');
    return found;
  };
  const lead = async (id: string) => {
    const row = (await at.rows('lead')).find((each) => each.id === id);
    if (!row) throw new Error('There is no such lead.');
    return row;
  };
  return {
    ...{ at, context, list, record, lead },
    /** As the page would: with the version that it showed. */
    change: async (id: string, change: Omit<LeadChange, 'seen'>, reader = petra) =>
      changeLead(context, id, { seen: (await lead(id)).version, ...change }, reader),
  };
}

type Desk = ReturnType<typeof deskOver>;

/** Somebody asks for the paper, and confirms the address unless they do not. */
async function ask({ at }: Desk, email: string, { confirms = true, referer = visit.referer } = {}): Promise<LeadRow> {
  await requestWhitepaper(at.context, paperForm(email, { name: 'Dora' }), { ...visit, referer });
  if (confirms) {
    const link = await at.link();
    at.pass(7 * minute);
    await confirm(at.context, link, visit);
  }
  const newest = (await at.rows('lead')).at(-1);
  if (!newest) throw new Error('There is no lead.');
  return newest;
}

forEachStore('a lead', ({ fresh }) => {
  const begin = async () => deskOver(await fresh());

  test('is one person and one whitepaper, and waits from the confirmation on', async () => {
    const desk = await begin();
    const asked = await ask(desk, 'dora@skerry.example', { confirms: false });
    const from = desk.at.now();
    expect(asked).toMatchObject({
      ...{ asset: paper, fromEntry: 'episodes/first-episode', partner: null, source: 'episode' },
      ...{ state: 'unconfirmed', askedAt: from, confirmedAt: null, version: 1 },
    });
    const link = await desk.at.link();
    desk.at.pass(hour);
    await confirm(desk.at.context, link, visit);
    await confirm(desk.at.context, link, visit);
    const [lead, ...others] = await desk.at.rows('lead');
    expect(others).toEqual([]);
    expect(lead).toMatchObject({ state: 'waiting', confirmedAt: from + hour, answeredAt: null, version: 2 });
  });

  test('is the same when the person asks again, and keeps what became of it', async () => {
    const desk = await begin();
    const lead = await ask(desk, 'dora@skerry.example');
    await desk.change(lead.id, { state: 'lost' });
    desk.at.pass(2 * day);
    await requestWhitepaper(desk.at.context, paperForm('dora@skerry.example'), visit);
    expect(await desk.at.rows('lead')).toMatchObject([{ id: lead.id, state: 'lost' }]);
  });

  test('names what sent the submission that was confirmed, not what a stranger typed before', async () => {
    const desk = await begin();
    await ask(desk, 'dora@skerry.example', { confirms: false });
    desk.at.pass(day);
    const page = `https://files.example/whitepapers/${paper}/`;
    await ask(desk, 'dora@skerry.example', { referer: `${page}?partner=haddock&from=first-post` });
    expect(await desk.at.rows('lead')).toMatchObject([
      { fromEntry: 'posts/first-post', partner: 'haddock', source: 'partner', askedAt: expect.any(Number) as number },
    ]);
    expect((await desk.at.rows('submission')).map((each) => each.partner)).toEqual([null, 'haddock']);
    expect((await desk.at.rows('funnelDay')).map((each) => [each.event, each.source, each.partner]).toSorted()).toEqual(
      [
        ['confirm', 'partner', 'haddock'],
        ['submit', 'episode', ''],
        ['submit', 'partner', 'haddock'],
      ],
    );
  });

  test('of a partner that the site does not know is nobody’s', async () => {
    const desk = await begin();
    const lead = await ask(desk, 'dora@skerry.example', {
      referer: `https://files.example/whitepapers/${paper}/?partner=<b>`,
    });
    expect(lead).toMatchObject({ partner: null, source: 'unknown' });
  });

  test('of who confirmed another paper before begins to wait with the download', async () => {
    const desk = await begin();
    await ask(desk, 'dora@skerry.example');
    desk.at.pass(day);
    await requestWhitepaper(desk.at.context, paperForm('dora@skerry.example', { whitepaper: 'two-desks' }), visit);
    const newest = async () => (await desk.at.rows('lead')).find(({ asset }) => asset === 'two-desks');
    expect(await newest()).toMatchObject({ state: 'unconfirmed', confirmedAt: null });
    desk.at.pass(minute);
    await download(desk.at.context, await desk.at.link(), 'beginning');
    const now = desk.at.now();
    expect(await newest()).toMatchObject({ state: 'waiting', confirmedAt: now, downloadedAt: now });
    desk.at.pass(minute);
    await download(desk.at.context, await desk.at.link(), 'beginning');
    expect(await newest()).toMatchObject({ downloadedAt: now });
  });

  test('is answered, won with a value and reported, and the clock stops once', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    const confirmedAt = desk.at.now();
    desk.at.pass(52 * minute);
    expect(await desk.change(id, { state: 'answered' })).toEqual({ kind: 'done', did: ['state'] });
    const answeredAt = desk.at.now();
    desk.at.pass(6 * day);
    expect(await desk.change(id, { state: 'won', value: 145_000, note: 'Three nights.' })).toEqual({
      kind: 'done',
      did: ['note', 'state'],
    });
    expect(await desk.lead(id)).toMatchObject({
      ...{ state: 'won', confirmedAt, answeredAt, endedAt: desk.at.now(), value: 145_000, version: 4 },
    });
    expect((await desk.record(id)).line.clock).toEqual({ kind: 'answered', after: 52 * minute });
    const events = (await desk.at.events()).filter(({ type }) => /^lead\.(answered|won)$/.test(type));
    expect(events).toMatchObject([
      {
        type: 'lead.answered',
        data: {
          ...{ email: 'dora@skerry.example', name: 'Dora', whitepaper: paper, from: 'episodes/first-episode' },
          ...{ leadId: id, by: 'petra@example.com', answeredAt: new Date(answeredAt).toISOString() },
        },
      },
      { type: 'lead.won', data: { value: 1450, by: 'petra@example.com' } },
    ]);
    expect(JSON.stringify(events)).not.toContain('Three nights');
    expect((await desk.at.rows('audit')).map(({ actor, action }) => `${actor} ${action}`).toSorted()).toEqual(
      ['answered', 'note', 'won'].map((what) => `petra@example.com lead ${what} ${id}`),
    );
  });

  test('names who answered it, though the clock runs on meanwhile', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    const { clock } = desk.context;
    let ticks = 0;
    desk.context.clock = () => clock() + (ticks += 1);
    await desk.change(id, { state: 'won', owner: 'gus@example.com', value: 5 });
    const { answeredBy, endedBy, answeredAt, endedAt } = await desk.record(id);
    expect([answeredBy?.name, endedBy?.name, endedAt]).toEqual(['Petra Plimsoll', 'Petra Plimsoll', answeredAt]);
  });

  test('that is won unanswered was answered with that, and one that is lost was not', async () => {
    const desk = await begin();
    const won = await ask(desk, 'dora@skerry.example');
    const lost = await ask(desk, 'otto@cuttle.example');
    desk.at.pass(hour);
    await desk.change(won.id, { state: 'won' });
    await desk.change(lost.id, { state: 'lost' });
    expect(await desk.lead(won.id)).toMatchObject({ answeredAt: desk.at.now(), endedAt: desk.at.now(), value: null });
    expect(await desk.lead(lost.id)).toMatchObject({ answeredAt: null, endedAt: desk.at.now() });
  });

  test('waits again when that was a mistake, and then has no answer, end or value', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    await desk.change(id, { state: 'won', value: 5 });
    await desk.change(id, { state: 'waiting' });
    expect(await desk.lead(id)).toMatchObject({ state: 'waiting', answeredAt: null, endedAt: null, value: null });
  });

  test('is assigned to an owner, to another and to nobody', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    expect(await desk.change(id, { owner: 'Gus@example.com' })).toEqual({ kind: 'done', did: ['owner'] });
    expect(await desk.change(id, { owner: 'mallory@example.org' })).toEqual({ kind: 'refused', why: 'no such owner' });
    expect((await desk.list()).leads[0]?.owner).toEqual({
      ...{ email: 'gus@example.com', name: 'Gus Barnacle', side: 'sales' },
    });
    await desk.change(id, { owner: null });
    expect(await desk.lead(id)).toMatchObject({ assignedTo: null, version: 4 });
    const events = (await desk.at.events()).filter(({ type }) => type === 'lead.assigned');
    expect(events).toMatchObject([{ data: { assignedTo: 'gus@example.com', assignedBefore: null } }]);
  });

  test('is not decided on by who has not seen how it stands, whose note is kept', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    const { version } = await desk.record(id);
    await desk.change(id, { state: 'won', value: 145_000 }, { ...gus, seesAll: true });
    const won = await desk.lead(id);
    const outcome = await changeLead(desk.context, id, { seen: version, state: 'lost', note: 'Rang twice.' }, petra);
    expect(outcome).toMatchObject({
      kind: 'conflict',
      isNoted: true,
      last: { kind: 'state', by: { name: 'Gus Barnacle' }, before: 'waiting', after: 'won', value: 145_000 },
    });
    expect(await desk.lead(id)).toEqual(won);
    expect((await desk.at.rows('leadEvent')).map(({ kind, note }) => `${kind} ${note}`).toSorted()).toEqual([
      'note Rang twice.',
      'state null',
    ]);
    expect((await desk.at.events()).map(({ type }) => type)).not.toContain('lead.lost');
  });

  test('that two decide on at once is decided once, and the other is told', async () => {
    const desk = await begin();
    const { id, version } = await ask(desk, 'dora@skerry.example');
    const outcomes = await Promise.all(
      (['won', 'lost'] as const).map((state) => changeLead(desk.context, id, { seen: version, state }, petra)),
    );
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['conflict', 'done']);
    expect(await desk.lead(id)).toMatchObject({ version: version + 1 });
  });

  test('is as wanted when a click came twice, and no conflict with oneself', async () => {
    const desk = await begin();
    const { id, version } = await ask(desk, 'dora@skerry.example');
    const once = () => changeLead(desk.context, id, { seen: version, state: 'answered' }, petra);
    expect(await once()).toEqual({ kind: 'done', did: ['state'] });
    expect(await once()).toEqual({ kind: 'done', did: [] });
    expect(await desk.at.rows('leadEvent')).toHaveLength(1);
  });

  test('takes notes that others need not have seen, and no endless ones', async () => {
    const desk = await begin();
    const { id, version } = await ask(desk, 'dora@skerry.example');
    expect(await desk.change(id, { note: ' May be\r\na reference.\u202e ' })).toEqual({ kind: 'done', did: ['note'] });
    expect(await desk.lead(id)).toMatchObject({ version });
    expect(await desk.change(id, { note: 'x'.repeat(5001) })).toEqual({ kind: 'refused', why: 'long note' });
    expect(await desk.change(id, { note: ' \n ' })).toEqual({ kind: 'done', did: [] });
    expect((await desk.record(id)).moments.findLast(({ kind }) => kind === 'note')).toMatchObject({
      ...{ note: 'May be\na reference.', by: { name: 'Petra Plimsoll', side: 'marketing' } },
    });
  });

  test('of who has not confirmed cannot be answered', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example', { confirms: false });
    expect(await desk.change(id, { state: 'answered' })).toEqual({ kind: 'refused', why: 'unconfirmed' });
  });

  test('that another host has is not a host’s to see, to change, to export or to erase', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    expect(await readLead(desk.context, id, gus)).toMatchObject({ line: { id } });
    expect(await exportPerson(desk.context, id, gus)).toBeUndefined();
    expect(await erasePerson(desk.context, id, 'dora@skerry.example', gus)).toBeUndefined();
    await desk.change(id, { owner: 'petra@example.com' });
    expect(await readLead(desk.context, id, gus)).toBeUndefined();
    expect(await desk.change(id, { state: 'lost' }, gus)).toEqual({ kind: 'gone' });
    expect(await desk.list({}, gus)).toMatchObject({ leads: [], total: 0 });
    const csv = await leadCsv(desk.context, { since: 'always' }, undefined, gus);
    expect(csv).toEqual({ csv: expect.not.stringContaining('dora') as string, next: undefined });
  });

  test('has all that its person sent and that owners did, in order of time', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    desk.at.pass(minute);
    await download(desk.at.context, await desk.at.link(), 'beginning').catch(() => {});
    await desk.change(id, { owner: 'gus@example.com', state: 'answered', note: 'Wrote to her.' });
    const { moments, line, owners, consents } = await desk.record(id);
    expect(moments.map(({ kind }) => kind)).toEqual(['asked', 'confirmed', 'note', 'assigned', 'state']);
    expect(moments[0]).toMatchObject({ sender: { entry: { title: 'The first episode' } } });
    expect(line).toMatchObject({ name: 'Dora', paper: { title: `The paper ${paper}` }, state: 'answered' });
    expect(owners.map(({ name }) => name)).toEqual(['Petra Plimsoll', 'Gus Barnacle']);
    expect(consents).toEqual({ given: 1, withdrawn: 0 });
  });

  test.each(['x', '../../etc', '00000000-0000-7000-8000-000000000000', "' or 1=1 --"])(
    'by a guessed id, %s, is none',
    async (id) => {
      const desk = await begin();
      await ask(desk, 'dora@skerry.example');
      expect(await readLead(desk.context, id, petra)).toBeUndefined();
      expect(await changeLead(desk.context, id, { seen: 1, state: 'lost' }, petra)).toEqual({ kind: 'gone' });
      expect(await exportPerson(desk.context, id, petra)).toBeUndefined();
      expect(await erasePerson(desk.context, id, 'dora@skerry.example', petra)).toBeUndefined();
    },
  );

  test('is exported for its person, with notes, consents and what owners did', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    await desk.change(id, { state: 'won', value: 145_050, note: 'Rang twice.' });
    expect(JSON.parse((await exportPerson(desk.context, id, petra)) ?? '')).toMatchObject({
      person: { email: 'dora@skerry.example', name: 'Dora', company: null },
      forms: [{ whitepaper: paper, from: 'episodes/first-episode', utm: { utm_source: 'letter' } }],
      consents: [
        { purpose: 'whitepaper', action: 'given', wording: site.consent.whitepaper.body, ip: visit.ip },
        { action: 'confirmed' },
      ],
      leads: [
        {
          ...{ state: 'won', value: 1450.5 },
          history: [
            { kind: 'note', note: 'Rang twice.', by: 'petra@example.com' },
            { kind: 'state', before: 'waiting', after: 'won' },
          ],
        },
      ],
    });
    expect((await desk.at.rows('audit')).at(-1)).toMatchObject({ action: `lead exported ${id}` });
  });

  test('goes with its person, when their address is typed: notes and history too, and only counts stay', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    await desk.change(id, { owner: 'gus@example.com', note: 'Dora rang twice.' });
    expect(await erasePerson(desk.context, id, 'otto@cuttle.example', petra)).toBe('mistyped');
    expect(await erasePerson(desk.context, id, '', petra)).toBe('mistyped');
    expect(await erasePerson(desk.context, id, ' Dora@Skerry.example ', petra)).toBe('erased');
    expect(await desk.at.rows('leadEvent')).toEqual([]);
    expect(await desk.lead(id)).toMatchObject({ contactId: null, assignedTo: null, state: 'unwanted' });
    expect(await readLead(desk.context, id, petra)).toBeUndefined();
    expect(await desk.list({ since: 'always' })).toMatchObject({ leads: [], total: 0 });
    const funnel = await readFunnel(desk.context, {});
    expect(funnel.total).toMatchObject({ submitted: 1, confirmed: 1, waiting: 0 });
    expect(funnel.answers.all.leads).toBe(0);
    const kept = JSON.stringify([await desk.at.rows('lead'), await desk.at.rows('audit')]);
    expect(kept).not.toMatch(/dora|skerry/i);
    expect((await desk.at.rows('audit')).map(({ actor, action }) => `${actor} ${action}`)).toEqual(
      expect.arrayContaining(['owner erase', 'petra@example.com lead erased']) as string[],
    );
  });

  test('goes with who erases themselves or is erased by a command', async () => {
    const desk = await begin();
    const { id } = await ask(desk, 'dora@skerry.example');
    await desk.change(id, { state: 'won', value: 500, note: 'Paid.' });
    await eraseAddress(desk.context, 'dora@skerry.example');
    expect(await desk.at.rows('leadEvent')).toEqual([]);
    expect(await desk.lead(id)).toMatchObject({ contactId: null, state: 'won', value: 500 });
  });
});

/** People whose leads stand in every way, confirmed an hour apart, the first longest ago. */
const crowd: { email: string; name?: string; company?: string; reads?: true; with?: Partial<LeadRow> }[] = [
  { email: 'isla@ballet.example', name: 'Isla Cormorant', company: 'Herring Ballet' },
  { email: 'ned@halyards.example', name: 'Ned Halyard', reads: true, with: { state: 'won', value: 145_000 } },
  { email: 'pym@tallow.example', name: 'Émile Tallow', with: { assignedTo: 'gus@example.com' } },
  {
    ...{ email: 'tilda@sprat.example', company: '100 % Sprat_Ltd' },
    with: { state: 'answered', fromEntry: 'posts/first-post' },
  },
  { email: 'otto@cuttle.example', with: { state: 'lost', partner: 'haddock', source: 'partner' } },
  { email: 'una@buoy.example', with: { state: 'unwanted', asset: 'two-desks' } },
  { email: 'agnes@buoy.example', with: { state: 'unconfirmed' } },
];

async function crowded(fresh: () => Promise<Store>) {
  const store = await fresh();
  const contacts: ContactRow[] = [];
  const leads = crowd.map(({ email, name = null, company = null, with: lead = {} }, index) => {
    const contact = contactRow(email, { name, company });
    contacts.push(contact);
    const askedAt = noon + index * hour;
    const { state = 'waiting' } = lead;
    const answered = ['answered', 'won'].includes(state) ? askedAt + 52 * minute : null;
    return leadRow(contact.id, {
      ...{ askedAt, confirmedAt: state === 'unconfirmed' ? null : askedAt, answeredAt: answered, asset: paper },
      ...lead,
    });
  });
  await insertRows(store, 'contact', contacts);
  await insertRows(store, 'lead', leads);
  await insertRows(
    store,
    'subscription',
    contacts.flatMap(({ id }, index) =>
      crowd[index]?.reads
        ? [{ contactId: id, topic: 'newsletter', status: 'confirmed' as const, confirmedAt: noon }]
        : [],
    ),
  );
  const desk = deskOver(store);
  desk.at.pass(noon + 7 * hour - desk.at.now());
  return { ...desk, leads };
}

const names = ({ leads }: { leads: LeadLine[] }) => leads.map(({ email }) => email.split('@')[0]);

forEachStore('the list of leads', ({ fresh }) => {
  test('has who waits first, the longest wait on top, then the latest', async () => {
    const { list } = await crowded(fresh);
    const found = await list();
    expect(names(found)).toEqual(['isla', 'pym', 'una', 'otto', 'tilda', 'ned']);
    expect(found.leads.map(({ clock }) => clock)).toEqual([
      { kind: 'waits', for: 7 * hour, is: 'late' },
      { kind: 'waits', for: 5 * hour, is: 'soon' },
      { kind: 'none' },
      { kind: 'none' },
      { kind: 'answered', after: 52 * minute },
      { kind: 'answered', after: 52 * minute },
    ]);
    expect(found.counts).toEqual({ unconfirmed: 1, waiting: 2, answered: 1, won: 1, lost: 1, unwanted: 1 });
    expect(found).toMatchObject({ total: 6, from: 1, next: undefined });
  });

  test.each<[LeadQuery, string[]]>([
    [{ state: 'unconfirmed' }, ['agnes']],
    [{ state: 'won' }, ['ned']],
    [{ q: 'halyard' }, ['ned']],
    [{ q: 'HERRING' }, ['isla']],
    [{ q: 'émile' }, ['pym']],
    [{ q: '%' }, ['tilda']],
    [{ q: 'sprat_' }, ['tilda']],
    [{ q: '0 % sprat_l' }, ['tilda']],
    [{ q: String.raw`\ ` }, []],
    [{ q: 'nobody at all' }, []],
    [{ source: 'partner' }, ['otto']],
    [{ partner: 'haddock' }, ['otto']],
    [{ paper: 'two-desks' }, ['una']],
    [{ newsletter: 'reads' }, ['ned']],
    [{ newsletter: 'not', state: 'won' }, []],
    [{ who: 'gus@example.com' }, ['pym']],
    [{ who: 'nobody', state: 'waiting' }, ['isla']],
    [
      { state: "won' or 1=1", since: '7 days', who: 'mallory', source: 'all', newsletter: 'yes' },
      [...['isla', 'pym', 'una', 'otto', 'tilda', 'ned']],
    ],
  ])('that is asked for %o has %o', async (query, expected) => {
    const { list } = await crowded(fresh);
    const found = await list(query);
    expect(names(found)).toEqual(expected);
    expect(found.total).toBe(expected.length);
  });

  test('looks back seven days unless it is asked to look further, but forgets nobody who waits', async () => {
    const { at, list } = await crowded(fresh);
    at.pass(10 * day);
    expect(names(await list())).toEqual(['isla', 'pym']);
    expect((await list()).counts).toMatchObject({ waiting: 2, answered: 0, unconfirmed: 0 });
    expect(names(await list({ since: '28' }))).toHaveLength(6);
    expect(names(await list({ since: 'always', state: 'unconfirmed' }))).toEqual(['agnes']);
  });

  test('is read in pages that neither repeat nor leave out anybody, whatever came in between', async () => {
    const store = await fresh();
    const contacts = Array.from({ length: 45 }, (_, index) => contactRow(`${index}@example.com`));
    await insertRows(store, 'contact', contacts);
    await insertRows(
      store,
      'lead',
      // Some confirmed in the same moment.
      contacts.map(({ id }, index) =>
        leadRow(id, { askedAt: noon + Math.floor(index / 3), state: index % 4 ? 'answered' : 'waiting' }),
      ),
    );
    const { list, at } = deskOver(store);
    at.pass(noon - at.now() + 1000);
    for (const query of [{}, { state: 'answered' }, { state: 'waiting' }] as LeadQuery[]) {
      const whole = await list(query);
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await list({ ...query, after });
        expect(page.from).toBe(seen.length + 1);
        seen.push(...page.leads.map(({ id }) => id));
        after = page.next;
      } while (after);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toHaveLength(whole.total);
    }
    for (const after of ['', 'x', '_1_2_3', `waiting_${'9'.repeat(30)}_x_1`])
      expect((await list({ after })).from).toBe(1);
  });

  test('is written as CSV by the same filters, with what is a formula made harmless', async () => {
    const { context, at } = await crowded(fresh);
    await insertRows(at.context.store, 'contact', [
      contactRow('=1+1@example.com', { name: '=cmd|x', company: 'a\n;=2' }),
    ]);
    const contact = (await at.rows('contact')).find(({ name }) => name === '=cmd|x');
    await insertRows(at.context.store, 'lead', [leadRow(contact?.id ?? '', { askedAt: noon, state: 'won', value: 5 })]);
    const { csv } = await leadCsv(context, { state: 'won' }, undefined, petra);
    const [heading, ...lines] = csv.trimEnd().split('\r\n');
    expect(heading).toContain('"email","name","company","whitepaper","state","value"');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^"ned@halyards\.example","Ned Halyard","","keeping-the-keepers","won","1450\.00"/);
    expect(lines[1]).toMatch(/^"'=1\+1@example\.com","'=cmd\|x","a ;'=2",/);
    expect((await at.rows('audit')).at(-1)).toMatchObject({ actor: petra.owner, action: 'leads exported' });
  });
});

const funnelOf = ({ context }: Pick<Desk, 'context'>, query = {}) => readFunnel(context, query);

forEachStore('the funnel', ({ fresh }) => {
  /** 20 who asked, by the hour; of them 15 confirmed, 9 were answered after so many hours, and 2 were won. */
  async function filled() {
    const store = await fresh();
    const contacts = Array.from({ length: 20 }, (_, index) => contactRow(`${index}@example.com`));
    await insertRows(store, 'contact', contacts);
    const state = (index: number): LeadState =>
      index < 2 ? 'won' : index < 9 ? 'answered' : index < 12 ? 'waiting' : index < 14 ? 'unwanted' : 'unconfirmed';
    await insertRows(
      store,
      'lead',
      contacts.map(({ id }, index) => {
        const askedAt = noon + index * hour;
        const is = index === 14 ? 'lost' : state(index);
        return leadRow(id, {
          ...{ askedAt, state: is, asset: index % 2 ? paper : 'two-desks', value: is === 'won' ? 100_00 : null },
          ...{ confirmedAt: is === 'unconfirmed' ? null : askedAt, downloadedAt: index < 10 ? askedAt : null },
          answeredAt: index < 9 ? askedAt + (index + 1) * hour : null,
          ...(index < 10 ? { fromEntry: 'episodes/first-episode', source: 'episode' } : {}),
        });
      }),
    );
    const views = { landing: `/whitepapers/${paper}/`, day: '2026-01-15', event: 'view' as const };
    await store.count([
      { ...views, fromEntry: 'episodes/first-episode', source: 'episode', partner: '', n: 50 },
      { ...views, fromEntry: '', source: 'unknown', partner: '', n: 40 },
      { ...views, fromEntry: '', source: 'partner', partner: 'haddock', n: 10 },
      { ...views, landing: '/newsletter/', fromEntry: '', source: 'unknown', partner: '', n: 999 },
      { ...views, day: '2025-01-15', fromEntry: '', source: 'unknown', partner: '', n: 999 },
    ]);
    const desk = deskOver(store);
    desk.at.pass(noon + 2 * day - desk.at.now());
    return desk;
  }

  it('counts the requests of the period at every step that each has reached', async () => {
    const funnel = await funnelOf(await filled());
    expect(funnel.total).toEqual({
      ...{ views: 100, submitted: 20, confirmed: 15, downloaded: 10, answered: 9, won: 2, waiting: 3, unwanted: 2 },
      value: 200_00,
      rate: { per100: 15, low: expect.closeTo(9.31, 2) as number, high: expect.closeTo(23.28, 2) as number },
    });
    expect(funnel.papers.map(({ key, confirmed }) => [key, confirmed])).toEqual([
      ['two-desks', 8],
      [paper, 7],
    ]);
    expect(funnel.entries.map(({ name, views, confirmed }) => [name, views, confirmed])).toEqual([
      ['The first episode', 50, 10],
      ['No entry', 50, 5],
    ]);
    expect(funnel.sources.map(({ name, views, confirmed }) => [name, views, confirmed])).toEqual([
      ['Episodes', 50, 10],
      ['Posts', 0, 0],
      ['Partner links', 10, 0],
      ['Newsletter', 0, 0],
      ['Other sites', 0, 0],
      ['Not known', 40, 5],
    ]);
    expect(funnel.partners.map(({ name, views }) => [name, views])).toEqual([['Haddock & Nephew', 10]]);
    expect(funnel.byWeek).toHaveLength(12);
    expect(funnel.byWeek.at(-1)).toEqual({
      at: Date.UTC(2026, 0, 12),
      ...{ views: 100, submitted: 20, confirmed: 15, downloaded: 10, answered: 9, won: 2 },
    });
  });

  it('has no rate of fewer than five leads, nor of more leads than views', async () => {
    const desk = await filled();
    const few = await funnelOf(desk, { partner: 'haddock' });
    expect(few.total).toMatchObject({ views: 10, confirmed: 0 });
    expect(few.total.rate).toBeUndefined();
    const unseen = await funnelOf(desk, { paper: 'two-desks' });
    expect(unseen.total).toMatchObject({ views: 0, confirmed: 8 });
    expect(unseen.total.rate).toBeUndefined();
  });

  it('counts who waits as longer than any, and leaves out who wants no answer', async () => {
    const { answers } = await funnelOf(await filled());
    // 13 want one: 9 have it, after 1 to 9 hours; 3 wait, and one was lost without.
    expect(answers.all).toEqual({
      ...{ leads: 13, answered: 9, withinTarget: 6, median: 7 * hour, p90: 'not yet', waiting: 3 },
      longestWait: 2 * day - 9 * hour,
    });
    // From Thursday, 15 January, noon in UTC, which is one in Berlin.
    expect(answers.weekdays.map(({ leads }) => leads)).toEqual([0, 0, 0, 11, 2, 0, 0]);
    expect(answers.cells[3]?.map(({ leads }) => leads)).toEqual([0, 0, 0, 3, 4, 4]);
    expect(answers.cells[3]?.[3]).toMatchObject({ median: 2 * hour, p90: 3 * hour });
  });

  it('has no wait of less than nothing where a clock went back', async () => {
    const store = await fresh();
    const contact = contactRow('ned@example.com');
    await insertRows(store, 'contact', [contact]);
    await insertRows(store, 'lead', [
      leadRow(contact.id, { askedAt: noon, state: 'answered', confirmedAt: noon, answeredAt: noon - hour }),
    ]);
    const desk = deskOver(store);
    desk.at.pass(noon + hour - desk.at.now());
    expect((await funnelOf(desk)).answers.all).toMatchObject({ leads: 1, answered: 1, median: 0 });
  });

  it('is of 4, 12 or 52 weeks, each from a Monday on', async () => {
    const desk = await filled();
    desk.at.pass(6 * 7 * day);
    expect((await funnelOf(desk, { weeks: '4' })).total).toMatchObject({ views: 0, submitted: 0 });
    expect((await funnelOf(desk, { weeks: '52' })).total).toMatchObject({ views: 100, submitted: 20 });
    expect(await funnelOf(desk, { weeks: '1000000' })).toMatchObject({
      ...{ weeks: 12, since: Date.UTC(2025, 11, 8) },
    });
  });

  it('says which episode led to which whitepaper', async () => {
    const desk = await filled();
    const heard = await readHeard(desk.context, {});
    expect(heard.papers.map(({ slug }) => slug)).toEqual([paper, 'two-desks']);
    expect(heard.episodes).toMatchObject([
      { key: 'episodes/first-episode', name: 'The first episode', views: 50, confirmed: 10, leadsByPaper: [5, 5] },
    ]);
    expect(heard.heard).toEqual({ app: 0, player: 0, download: 0 });
  });

  test('say how often an episode was heard, also one that led nobody anywhere, and which are elsewhere', async () => {
    const desk = deskOver(await fresh());
    const { store } = desk.context;
    const today = new Date(desk.context.clock()).toISOString().slice(0, 10);
    await store.heard.add([
      { day: today, entry: 'episodes/first-episode', kind: 'app', n: 70 },
      { day: today, entry: 'episodes/first-episode', kind: 'player', n: 20 },
      { day: today, entry: 'episodes/gone', kind: 'download', n: 1 },
      { day: '2020-01-01', entry: 'episodes/first-episode', kind: 'app', n: 999 },
    ]);
    const entries = site.entries.map((entry) => ({ ...entry, isElsewhere: true as const }));
    const heard = await readHeard({ ...desk.context, site: { ...desk.context.site, entries } }, {});
    expect(heard).toMatchObject({ heard: { app: 70, player: 20, download: 1 }, elsewhere: entries.length });
    expect(heard.episodes.map(({ key, heard, isElsewhere }) => ({ key, ...heard, isElsewhere }))).toEqual([
      { key: 'episodes/first-episode', app: 70, player: 20, download: 0, isElsewhere: true },
      { key: 'episodes/gone', app: 0, player: 0, download: 1, isElsewhere: false },
    ]);
  });

  it('of a store without anybody has no times, and no rates', async () => {
    const funnel = await funnelOf(deskOver(await fresh()));
    expect(funnel.total).toMatchObject({ views: 0, confirmed: 0 });
    expect(funnel.answers.all).toEqual({
      ...{ leads: 0, answered: 0, withinTarget: 0, median: undefined, p90: undefined, waiting: 0 },
      longestWait: undefined,
    });
  });
});

forEachStore('the forms of before there were leads', (engine) => {
  it('become leads that wait, where their links were used, with what sent them', async () => {
    const place = await engine.place();
    const types =
      engine.name === 'SQLite'
        ? { text: 'text', integer: 'integer', tail: ' strict' }
        : { text: 'text collate "C"', integer: 'bigint', tail: '' };
    const before = migrations.slice(
      0,
      migrations.findIndex(({ name }) => name === '008-desk'),
    );
    const submission = (id: string, contact: string | null, asset: string | null, from: string | null, at: number) =>
      `insert into submission (id, contact_id, asset, landing, from_entry, utm, verdict, at) values
        ('${id}', ${contact ? `'${contact}'` : 'null'}, ${asset ? `'${asset}'` : 'null'}, '/', ${
          from ? `'${from}'` : 'null'
        }, '{}', 'accepted', ${at})`;
    const token = (id: string, kind: string, contact: string, sent: string, uses: number) =>
      `insert into token (id, kind, contact_id, submission_id, key_id, uses) values
        ('${id}', '${kind}', '${contact}', '${sent}', 'k', ${uses})`;
    await run(engine, place, [
      `create table schema_migration (name ${types.text} not null primary key)`,
      ...before.flatMap((migration) => migration.statements(types)),
      ...before.map(({ name }) => `insert into schema_migration (name) values ('${name}')`),
      ...['ann', 'ben', 'una'].map(
        (id) => `insert into contact (id, email, email_norm, mailbox, created_at) values
          ('${id}', '${id}@example.com', '${id}@example.com', '${id}@example.com', 1)`,
      ),
      // Ann asked twice and confirmed the second; she has the paper, and another one, by the link of a mail.
      submission('a1', 'ann', 'inland', null, 10),
      submission('a2', 'ann', 'inland', 'posts/two', 20),
      submission('a3', 'ann', 'number', null, 90),
      token('t1', 'confirm', 'ann', 'a1', 0),
      token('t2', 'confirm', 'ann', 'a2', 1),
      token('t3', 'download', 'ann', 'a2', 3),
      token('t4', 'download', 'ann', 'a3', 1),
      ...[15, 25, 70].map(
        (at) => `insert into consent_event (id, contact_id, purpose, action, source_url, at)
          values ('c${at}', 'ann', '${at === 70 ? 'newsletter' : 'whitepaper'}', 'confirmed', '/', ${at})`,
      ),
      submission('b1', 'ben', 'inland', 'episodes/one', 30),
      token('t5', 'confirm', 'ben', 'b1', 0),
      submission('u1', 'una', null, null, 40),
      submission('x1', null, 'inland', null, 50),
      `insert into funnel_day (day, landing, from_entry, event, shard, n) values
        ('2026-01-15', '/whitepapers/inland/', 'posts/two', 'view', 7, 5)`,
      ...[33, 34].map(
        (at) => `insert into audit (id, actor, action, at) values ('i${at}', 'owner', 'issue posts/two', ${at})`,
      ),
    ]);
    const store = engine.open(place);
    expect((await store.migrate())[0]).toBe('008-desk');
    // What the newsletter's command noted in the audit alone is known as an issue.
    expect(await store.reading.issues()).toMatchObject([{ entry: 'posts/two', begunAt: 33, queuedAt: 33, version: 1 }]);
    const leads = await Array.fromAsync(store.reading.rows('lead'));
    const common = { partner: null, answeredAt: null, endedAt: null, value: null, assignedTo: null, version: 1 };
    expect(leads).toEqual([
      {
        ...{ ...common, id: 'a2', contactId: 'ann', asset: 'inland', fromEntry: 'posts/two', source: 'post' },
        ...{ askedAt: 20, confirmedAt: 25, downloadedAt: 25, state: 'waiting', changedAt: 20 },
      },
      {
        ...{ ...common, id: 'a3', contactId: 'ann', asset: 'number', fromEntry: null, source: 'unknown' },
        ...{ askedAt: 90, confirmedAt: 90, downloadedAt: 90, state: 'waiting', changedAt: 90 },
      },
      {
        ...{ ...common, id: 'b1', contactId: 'ben', asset: 'inland', fromEntry: 'episodes/one', source: 'episode' },
        ...{ askedAt: 30, confirmedAt: null, downloadedAt: null, state: 'unconfirmed', changedAt: 30 },
      },
    ]);
    expect(await Array.fromAsync(store.reading.rows('funnelDay'))).toEqual([
      {
        ...{ day: '2026-01-15', landing: '/whitepapers/inland/', fromEntry: 'posts/two', source: 'post' },
        ...{ partner: '', event: 'view', shard: 7, n: 5 },
      },
    ]);
  });
});

describe('the rows of leads', () => {
  forEachStore('that tests put in', ({ fresh }) => {
    it('are held to what there is', async () => {
      const store = await fresh();
      const contact = contactRow('ann@example.com');
      await insertRows(store, 'contact', [contact]);
      const lead = leadRow(contact.id);
      await insertRows(store, 'lead', [lead]);
      await insertRows(store, 'leadEvent', [leadEventRow(lead)]);
      for (const wrong of [
        { state: 'answered', confirmedAt: null },
        { state: 'unconfirmed' },
        { source: 'elsewhere' },
        { asset: lead.asset },
      ])
        await expect(
          insertRows(store, 'lead', [leadRow(contact.id, { asset: 'other', ...wrong } as Partial<LeadRow>)]),
        ).rejects.toThrow(/constraint/i);
    });
  });
});

/** Asks the database itself. */
async function run({ name }: TestEngine, place: string, statements: readonly string[]): Promise<void> {
  if (name === 'SQLite') {
    const database = new Database(place);
    for (const statement of statements) database.exec(statement);
    database.close();
    return;
  }
  const client = new Client(place);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
