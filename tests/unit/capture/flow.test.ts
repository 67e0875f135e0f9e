import { describe, expect, it } from 'vitest';
import { confirm } from '#capture/links/confirm.ts';
import { download } from '#capture/links/download.ts';
import { eraseAddress, forgive } from '#capture/owner/erasure.ts';
import { look } from '#capture/links/look.ts';
import { sendNewLink } from '#capture/forms/new-link.ts';
import { resubscribe } from '#capture/links/resubscribe.ts';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { subscribe } from '#capture/forms/subscribe.ts';
import { tokenId } from '#capture/store/tokens.ts';
import { unsubscribe } from '#capture/links/unsubscribe.ts';
import {
  day,
  minute,
  newsletterForm,
  paper,
  paperForm,
  scene,
  site,
  ticked,
  visit,
  type Scene,
} from '../../capture/scene.ts';
import { sqlite } from '../../capture/stores.ts';

const anna = 'anna@example.com';
const opened = async () => scene(await sqlite.fresh());
const lastMail = async (at: Scene) => (await at.mails()).at(-1)?.payload;

/** Asks for the paper, with the newsletter or without, and confirms. Gives the token of the download. */
async function confirmed(at: Scene, more = {}): Promise<string> {
  await requestWhitepaper(at.context, paperForm(anna, more), visit);
  const outcome = await confirm(at.context, await at.link(), visit);
  return 'download' in outcome ? (outcome.download ?? '') : '';
}

describe('a form beside an entry', () => {
  it('counts as seen by who sends it, so that no more are sent than seen', async () => {
    const at = await opened();
    const beside = { ...visit, referer: 'https://files.example/posts/first-post/' };
    await requestWhitepaper(at.context, paperForm(anna), beside);
    await subscribe(at.context, newsletterForm('ben@example.com'), beside);
    expect(await at.totals()).toEqual([
      'submit /newsletter/ posts/first-post: 1',
      `submit /whitepapers/${paper}/ posts/first-post: 1`,
      'view /newsletter/ posts/first-post: 1',
      `view /whitepapers/${paper}/ posts/first-post: 1`,
    ]);
  });
});

describe('asking for a whitepaper', () => {
  it('of a new address, sends a link to confirm, and keeps who asked, for what and from where', async () => {
    const at = await opened();
    const form = paperForm(' Anna@Example.com ', { name: ' Anna  ', company: 'Berg & Co', ...ticked });
    expect(await requestWhitepaper(at.context, form, { ...visit, userAgent: 'B'.repeat(1000) })).toEqual({
      kind: 'accepted',
    });
    expect(await at.rows('contact')).toMatchObject([
      { email: 'Anna@Example.com', emailNorm: anna, name: 'Anna', company: 'Berg & Co' },
    ]);
    expect(await at.rows('submission')).toMatchObject([
      {
        ...{
          asset: paper,
          landing: `/whitepapers/${paper}/`,
          fromEntry: 'episodes/first-episode',
          verdict: 'accepted',
        },
        utm: '{"utm_source":"letter"}',
      },
    ]);
    expect(await at.rows('subscription')).toMatchObject([
      { topic: 'newsletter', status: 'pending', confirmedAt: null },
    ]);
    const events = (await at.rows('consentEvent')).toSorted((a, b) => a.purpose.localeCompare(b.purpose));
    const proof = {
      action: 'given',
      ip: visit.ip,
      ua: 'B'.repeat(300),
      at: at.now(),
      sourceUrl: `https://files.example/whitepapers/${paper}/`,
    };
    expect(events).toMatchObject([
      { purpose: 'newsletter', textId: site.consent.newsletter.id, ...proof },
      { purpose: 'whitepaper', textId: site.consent.whitepaper.id, ...proof },
    ]);
    expect(await at.rows('consentText')).toHaveLength(2);
    expect(await lastMail(at)).toMatchObject({ mail: 'confirm', asset: paper, newsletter: true });
    expect(await at.totals()).toEqual([`submit /whitepapers/${paper}/ episodes/first-episode: 1`]);
    expect(await at.events()).toEqual([]);
  });

  it('without the box ticked asks for no newsletter', async () => {
    const at = await opened();
    await requestWhitepaper(at.context, paperForm(anna), visit);
    expect(await lastMail(at)).toMatchObject({ mail: 'confirm', newsletter: false });
    expect(await at.rows('subscription')).toEqual([]);
    expect((await at.rows('consentEvent')).map(({ purpose }) => purpose)).toEqual(['whitepaper']);
  });

  it('of a confirmed address, sends the paper; but asks it to confirm a newsletter that it does not have', async () => {
    const at = await opened();
    await confirmed(at);
    at.pass(20 * minute);
    await requestWhitepaper(at.context, paperForm(anna, { whitepaper: 'two-desks' }), visit);
    expect(await lastMail(at)).toMatchObject({ mail: 'download', asset: 'two-desks' });
    at.pass(20 * minute);
    await requestWhitepaper(at.context, paperForm(anna, { whitepaper: 'number-seven', ...ticked }), visit);
    expect(await lastMail(at)).toMatchObject({ mail: 'confirm', asset: 'number-seven', newsletter: true });
    expect(await confirm(at.context, await at.link(), visit)).toMatchObject({ newsletter: true });
    at.pass(day);
    await requestWhitepaper(at.context, paperForm(anna, { whitepaper: 'the-long-handover', ...ticked }), visit);
    expect(await lastMail(at)).toMatchObject({ mail: 'download', asset: 'the-long-handover' });
  });

  it('a second time with the box ticked is another request, also in the same minute', async () => {
    const at = await opened();
    await requestWhitepaper(at.context, paperForm(anna), visit);
    await requestWhitepaper(at.context, paperForm(anna, ticked), visit);
    expect((await at.mails()).map(({ payload }) => 'newsletter' in payload && payload.newsletter)).toEqual([
      false,
      true,
    ]);
  });

  it('changes nothing about someone who has left the newsletter, until they confirm', async () => {
    const at = await opened();
    await confirmed(at, ticked);
    await unsubscribe(at.context, await at.link('preferences'), visit);
    at.pass(20 * minute);
    await subscribe(at.context, newsletterForm(anna), visit);
    expect(await at.rows('subscription')).toMatchObject([{ status: 'unsubscribed' }]);
    expect(await confirm(at.context, await at.link(), visit)).toMatchObject({ newsletter: true });
    expect(await at.rows('subscription')).toMatchObject([{ status: 'confirmed', confirmedAt: at.now() }]);
  });

  it('tells every error beside its field at once', async () => {
    const at = await opened();
    const name = 'x'.repeat(101);
    const outcome = await requestWhitepaper(
      at.context,
      { email: 'anna', name, company: name, whitepaper: 'keeping' },
      visit,
    );
    expect(outcome).toMatchObject({
      kind: 'invalid',
      values: { email: 'anna', name, whitepaper: 'keeping', newsletter: false },
    });
    expect(Object.keys('errors' in outcome ? outcome.errors : {}).toSorted()).toEqual([
      'company',
      'email',
      'name',
      'whitepaper',
    ]);
  });

  it('takes names of a hundred characters, of any script', async () => {
    const at = await opened();
    for (const name of ['名'.repeat(100), '𝒜'.repeat(100), "O'Neill-Łukasz, Jr."])
      expect(await requestWhitepaper(at.context, paperForm(anna, { name }), visit)).toEqual({ kind: 'accepted' });
  });
});

describe('a likely slip in an address', () => {
  const refilled = { ...visit, referer: 'https://files.example/forms/whitepaper/' };

  it('is offered to be corrected, and taken as it is when it is sent again', async () => {
    const at = await opened();
    const form = paperForm('anna@gmial.com', { from: 'first-episode' });
    expect(await requestWhitepaper(at.context, form, visit)).toMatchObject({
      kind: 'invalid',
      errors: { email: expect.stringContaining('anna@gmail.com?') },
      values: { email: 'anna@gmial.com', from: 'episodes/first-episode' },
    });
    expect(await requestWhitepaper(at.context, form, refilled)).toEqual({ kind: 'accepted' });
    expect(await at.rows('contact')).toMatchObject([{ email: 'anna@gmial.com' }]);
    expect(await at.rows('submission')).toMatchObject([{ fromEntry: 'episodes/first-episode' }]);
  });

  it('is taken from a browser that does not tell its page, since it could not be asked twice', async () => {
    const at = await opened();
    expect(await subscribe(at.context, newsletterForm('anna@gmial.com'), { ...visit, referer: undefined })).toEqual({
      kind: 'accepted',
    });
  });
});

describe('a wording', () => {
  const older = { id: 'a'.repeat(64), locale: 'en', body: 'What it was before.' };

  it('that was shown before is agreed to as it was', async () => {
    const at = await opened();
    await at.context.store.transaction((records) => records.keepConsentText(older));
    await requestWhitepaper(at.context, paperForm(anna, { wording: older.id, newsletter: older.id }), visit);
    expect((await at.rows('consentEvent')).map(({ textId }) => textId)).toEqual([older.id, older.id]);
    await confirm(at.context, await at.link(), visit);
    const events = (await at.rows('consentEvent')).filter(({ action }) => action === 'confirmed');
    expect(events.map(({ textId }) => textId)).toEqual([older.id, older.id]);
  });

  it.each([older.id, 'on', 'x', `${site.consent.newsletter.id}\n`])(
    'of the newsletter that nobody knows (%j) is to be read again, and nothing is kept',
    async (id) => {
      const at = await opened();
      for (const outcome of [
        await requestWhitepaper(at.context, paperForm(anna, { newsletter: id }), visit),
        await subscribe(at.context, { email: anna, newsletter: id }, visit),
      ])
        expect(outcome).toMatchObject({
          kind: 'invalid',
          errors: { newsletter: expect.stringContaining('tick the box again') },
        });
      expect(await at.state()).toMatchObject({ contact: 0, submission: 0, outbox: 0 });
    },
  );

  it.each([older.id, '', undefined])(
    'of the whitepaper that nobody knows (%j) is to be read again too',
    async (wording) => {
      const at = await opened();
      expect(await requestWhitepaper(at.context, paperForm(anna, { wording }), visit)).toMatchObject({
        kind: 'invalid',
        errors: { whitepaper: expect.stringContaining('wording') },
      });
      expect(await at.state()).toMatchObject({ contact: 0, submission: 0, outbox: 0 });
    },
  );
});

describe('asking for the newsletter', () => {
  it('needs the box', async () => {
    const at = await opened();
    expect(await subscribe(at.context, { email: anna }, visit)).toMatchObject({
      kind: 'invalid',
      errors: { newsletter: expect.any(String) },
    });
  });

  it('is confirmed, welcomed and told to the CRM', async () => {
    const at = await opened();
    const fromLanding = { ...visit, referer: 'https://files.example/subscribe/?from=first-episode' };
    await subscribe(at.context, newsletterForm(anna), fromLanding);
    expect(await lastMail(at)).toMatchObject({ mail: 'confirm', newsletter: true });
    expect(await lastMail(at)).not.toHaveProperty('asset');
    expect(await look(at.context, await at.link(), 'confirm')).toMatchObject({
      asksNewsletter: true,
      newsletter: 'pending',
      paper: undefined,
    });
    expect(await confirm(at.context, await at.link(), visit)).toEqual({
      kind: 'confirmed',
      download: undefined,
      newsletter: true,
    });
    expect(await at.mails()).toHaveLength(2);
    expect((await at.mails()).map(({ payload }) => payload.mail)).toContain('welcome');
    expect(await at.events()).toMatchObject([
      {
        type: 'subscriber.confirmed',
        timestamp: new Date(at.now()).toISOString(),
        data: { email: anna, landing: '/newsletter/', from: 'episodes/first-episode' },
      },
    ]);
    expect(await at.totals()).toEqual([
      'confirm /newsletter/ episodes/first-episode: 1',
      'submit /newsletter/ episodes/first-episode: 1',
    ]);
  });

  it('by two mails is welcomed and told to the CRM once, though both are confirmed', async () => {
    const at = await opened();
    await subscribe(at.context, newsletterForm(anna), visit);
    const first = await at.link();
    at.pass(20 * minute);
    await requestWhitepaper(at.context, paperForm(anna, ticked), visit);
    const second = await at.link();
    expect(await confirm(at.context, first, visit)).toMatchObject({ kind: 'confirmed', newsletter: true });
    at.pass(minute);
    expect(await confirm(at.context, second, visit)).toMatchObject({ kind: 'confirmed', newsletter: true });
    expect((await at.mails()).filter(({ payload }) => payload.mail === 'welcome')).toHaveLength(1);
    expect((await at.events()).map(({ type }) => type).toSorted()).toEqual(['lead.confirmed', 'subscriber.confirmed']);
  });

  it('and leaving before it was confirmed is told to nobody', async () => {
    const at = await opened();
    await subscribe(at.context, newsletterForm(anna), visit);
    expect(await unsubscribe(at.context, await at.link('preferences'), visit)).toEqual({ kind: 'done' });
    expect(await at.rows('subscription')).toMatchObject([{ status: 'unsubscribed' }]);
    expect(await at.events()).toEqual([]);
  });

  it('of someone who has it, tells them so', async () => {
    const at = await opened();
    await confirmed(at, ticked);
    at.pass(20 * minute);
    await subscribe(at.context, newsletterForm(anna), visit);
    expect(await lastMail(at)).toMatchObject({ mail: 'already-subscribed' });
    expect(await at.link('preferences')).toBeTruthy();
  });
});

describe('confirming', () => {
  it('confirms the address, and leads to the paper and to the preferences', async () => {
    const at = await opened();
    await requestWhitepaper(at.context, paperForm('Anna@example.com', { name: 'Anna' }), visit);
    const link = await at.link();
    const seen = await look(at.context, link, 'confirm');
    expect(seen).toMatchObject({
      kind: 'valid',
      maskedEmail: 'A•••@example.com',
      paper: { slug: paper },
      asksNewsletter: false,
      newsletter: undefined,
    });
    expect('preferences' in seen && seen.preferences).toBe(await at.link('preferences'));

    const outcome = await confirm(at.context, link, { ...visit, ip: '198.51.100.9' });
    expect(outcome).toMatchObject({ kind: 'confirmed', newsletter: false });
    expect((await at.rows('consentEvent')).filter(({ action }) => action === 'confirmed')).toMatchObject([
      {
        purpose: 'whitepaper',
        textId: site.consent.whitepaper.id,
        ip: '198.51.100.9',
        sourceUrl: 'https://files.example/confirm/',
      },
    ]);
    expect(await at.events()).toMatchObject([
      {
        type: 'lead.confirmed',
        data: {
          email: 'Anna@example.com',
          name: 'Anna',
          company: null,
          whitepaper: paper,
          utm: { utm_source: 'letter' },
          newsletter: false,
        },
      },
    ]);
    expect(await at.mails()).toHaveLength(1);
  });

  it('works without a webhook, and then queues no event', async () => {
    const at = scene(await sqlite.fresh(), { hasWebhook: false });
    await confirmed(at, ticked);
    await eraseAddress(at.context, anna);
    expect(await at.events()).toEqual([]);
  });

  it('once more leads to the same download, also after the box was ticked and the newsletter left', async () => {
    const at = await opened();
    await requestWhitepaper(at.context, paperForm(anna, ticked), visit);
    const link = await at.link();
    const first = await confirm(at.context, link, visit);
    at.pass(day);
    expect(await confirm(at.context, link, visit)).toEqual(first);
    await unsubscribe(at.context, await at.link('preferences'), visit);
    expect(await confirm(at.context, link, visit)).toEqual({ ...first, newsletter: false });
  });

  it('of a newsletter that was left before is nothing to confirm', async () => {
    const at = await opened();
    await subscribe(at.context, newsletterForm(anna), visit);
    const link = await at.link();
    await unsubscribe(at.context, await at.link('preferences'), visit);
    expect(await look(at.context, link, 'confirm')).toEqual({ kind: 'gone' });
    expect(await confirm(at.context, link, visit)).toEqual({ kind: 'gone' });
  });

  it('of a paper that is not there any more confirms the address all the same', async () => {
    const at = await opened();
    await requestWhitepaper(at.context, paperForm(anna), visit);
    const without = { ...at.context, site: { ...site, whitepapers: site.whitepapers.slice(1) } };
    expect(await confirm(without, await at.link(), visit)).toEqual({
      kind: 'confirmed',
      download: undefined,
      newsletter: false,
    });
  });
});

describe('downloading', () => {
  it('uses the link once for each new download, and counts and tells the first', async () => {
    const at = await opened();
    const link = await confirmed(at);
    expect(await look(at.context, link, 'download')).toMatchObject({ kind: 'valid', paper: { slug: paper } });
    // A look at the head of the file.
    expect(await download(at.context, link, 'nothing')).toMatchObject({
      kind: 'file',
      paper: { slug: paper },
      path: `/built/gated/${paper}.pdf`,
    });
    for (const sent of ['beginning', 'later part', 'beginning'] as const)
      expect(await download(at.context, link, sent)).toMatchObject({ kind: 'file' });
    expect((await at.rows('token')).find(({ id }) => id === tokenId(link))).toMatchObject({ uses: 2, maxUses: 20 });
    expect((await at.events()).map(({ type }) => type).toSorted()).toEqual(['lead.confirmed', 'lead.downloaded']);
    expect(await at.totals()).toEqual(
      ['confirm', 'download', 'submit'].map((event) => `${event} /whitepapers/${paper}/ episodes/first-episode: 1`),
    );
  });

  it('of a later part of a paper of which nothing was sent before is a use, and counted', async () => {
    const at = await opened();
    const link = await confirmed(at);
    for (let time = 0; time < 3; time++)
      expect(await download(at.context, link, 'later part')).toMatchObject({ kind: 'file' });
    expect((await at.rows('token')).find(({ id }) => id === tokenId(link))).toMatchObject({ uses: 1 });
    expect(await at.totals()).toContain(`download /whitepapers/${paper}/ episodes/first-episode: 1`);
  });

  it('by the mail to a confirmed address counts as confirmed, as that mail has no button', async () => {
    const at = await opened();
    await confirmed(at);
    at.pass(20 * minute);
    await requestWhitepaper(at.context, paperForm(anna, { whitepaper: 'two-desks' }), visit);
    const link = await at.link();
    for (let time = 0; time < 2; time++) await download(at.context, link, 'beginning');
    expect((await at.totals()).filter((total) => total.includes('two-desks'))).toEqual(
      ['confirm', 'download', 'submit', 'view'].map(
        (event) => `${event} /whitepapers/two-desks/ episodes/first-episode: 1`,
      ),
    );
  });

  it('ends seven days after the confirmation', async () => {
    const at = await opened();
    const link = await confirmed(at);
    at.pass(7 * day);
    expect(await download(at.context, link, 'beginning')).toEqual({ kind: 'gone' });
  });

  it('of a paper that is not there any more is gone', async () => {
    const at = await opened();
    const link = await confirmed(at);
    const without = { ...at.context, site: { ...site, whitepapers: site.whitepapers.slice(1) } };
    expect(await download(without, link, 'beginning')).toEqual({ kind: 'gone' });
    expect(await look(without, link, 'download')).toEqual({ kind: 'gone' });
  });
});

describe('a new link', () => {
  const again = (at: Scene) => sendNewLink(at.context, { email: ' ANNA@example.com' }, visit);

  it('confirms what was asked for last, where that was not confirmed', async () => {
    const at = await opened();
    await requestWhitepaper(at.context, paperForm(anna, ticked), visit);
    at.pass(8 * day);
    expect(await again(at)).toEqual({ kind: 'accepted' });
    expect(await lastMail(at)).toMatchObject({ mail: 'confirm', asset: paper, newsletter: true });
    expect(await confirm(at.context, await at.link(), visit)).toMatchObject({ kind: 'confirmed', newsletter: true });
    expect(await at.rows('submission')).toHaveLength(1);
  });

  it('leads to the paper that was asked for last', async () => {
    const at = await opened();
    await confirmed(at);
    at.pass(8 * day);
    await again(at);
    expect(await lastMail(at)).toMatchObject({ mail: 'download', asset: paper });
    expect(await download(at.context, await at.link(), 'beginning')).toMatchObject({ kind: 'file' });
    expect((await at.totals()).filter((total) => total.startsWith('confirm'))).toEqual([
      `confirm /whitepapers/${paper}/ episodes/first-episode: 1`,
    ]);
  });

  it('leads a subscriber to the preferences', async () => {
    const at = await opened();
    await subscribe(at.context, newsletterForm(anna), visit);
    await confirm(at.context, await at.link(), visit);
    at.pass(8 * day);
    await again(at);
    expect(await lastMail(at)).toMatchObject({ mail: 'already-subscribed' });
  });

  it('does not woo who has left the newsletter', async () => {
    const at = await opened();
    await subscribe(at.context, newsletterForm(anna), visit);
    await confirm(at.context, await at.link(), visit);
    await unsubscribe(at.context, await at.link('preferences'), visit);
    at.pass(8 * day);
    const before = await at.mails();
    expect(await again(at)).toEqual({ kind: 'accepted' });
    expect(await at.mails()).toEqual(before);
  });

  it('is for nobody at an address that never asked, and does not keep it', async () => {
    const at = await opened();
    expect(await again(at)).toEqual({ kind: 'accepted' });
    expect(await at.state()).toMatchObject({ contact: 0, submission: 0, outbox: 0 });
  });

  it('needs an address', async () => {
    const at = await opened();
    expect(await sendNewLink(at.context, {}, visit)).toMatchObject({
      kind: 'invalid',
      errors: { email: expect.any(String) },
    });
  });
});

describe('preferences', () => {
  it('begin the newsletter anew, once, with the wording that their page shows', async () => {
    const at = await opened();
    await confirmed(at);
    at.pass(day);
    const preferences = await at.link('preferences');
    for (let time = 0; time < 2; time++)
      expect(await resubscribe(at.context, preferences, visit)).toEqual({ kind: 'done' });
    expect(await at.rows('subscription')).toMatchObject([{ status: 'confirmed', confirmedAt: at.now() }]);
    const events = (await at.rows('consentEvent')).filter(({ purpose }) => purpose === 'newsletter');
    expect(events.map(({ action }) => action).toSorted()).toEqual(['confirmed', 'given']);
    expect(new Set(events.map(({ textId }) => textId))).toEqual(new Set([site.consent.newsletter.id]));
    expect((await at.events()).map(({ type }) => type)).toEqual(['lead.confirmed', 'subscriber.confirmed']);
    expect(await look(at.context, preferences, 'preferences')).toMatchObject({ newsletter: 'confirmed' });
  });

  it('never expire', async () => {
    const at = await opened();
    await confirmed(at, ticked);
    const preferences = await at.link('preferences');
    at.pass(10 * 365 * day);
    expect(await unsubscribe(at.context, preferences, visit)).toEqual({ kind: 'done' });
  });

  it('end what was never there without a word', async () => {
    const at = await opened();
    await requestWhitepaper(at.context, paperForm(anna), visit);
    const before = await at.state();
    expect(await unsubscribe(at.context, await at.link('preferences'), visit)).toEqual({ kind: 'done' });
    expect(await at.state()).toEqual(before);
  });
});

describe('forgiving', () => {
  it('lets someone who was erased ask again, and tells whether there was anything to lift', async () => {
    const at = await opened();
    await eraseAddress(at.context, anna);
    expect(await forgive(at.context, ' Anna@example.com')).toEqual({
      kind: 'done',
      known: true,
      address: 'Anna@example.com',
    });
    expect(await forgive(at.context, anna)).toEqual({ kind: 'done', known: false, address: anna });
    expect(await forgive(at.context, 'anna')).toMatchObject({ kind: 'refused' });
    await requestWhitepaper(at.context, paperForm(anna), visit);
    expect(await at.mails()).toHaveLength(1);
    expect((await at.rows('audit')).map(({ actor, action }) => `${actor} ${action}`).toSorted()).toEqual([
      'owner erase',
      'owner forgive',
    ]);
  });
});
