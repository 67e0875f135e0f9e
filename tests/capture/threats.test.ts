import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { FormOutcome } from '#capture/capture.ts';
import { captureOf } from '#capture/compose.ts';
import type { FormFields } from '#site/form-fields.ts';
import { confirm } from '#capture/links/confirm.ts';
import { download } from '#capture/links/download.ts';
import { secret, type Environment } from '#capture/environment.ts';
import { eraseAddress } from '#capture/owner/erasure.ts';
import { askErasure } from '#capture/links/ask-erasure.ts';
import { eraseMe } from '#capture/links/erase-me.ts';
import { look } from '#capture/links/look.ts';
import type { Context } from '#capture/context.ts';
import { sendNewLink } from '#capture/forms/new-link.ts';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { addressHmacs } from '#capture/store/secrets.ts';
import { StoreUnavailable, type Store } from '#capture/store/store.ts';
import { subscribe } from '#capture/forms/subscribe.ts';
import { newId, signToken } from '#capture/store/tokens.ts';
import { unsubscribe } from '#capture/links/unsubscribe.ts';
import { proofOf } from '#components/signup/proof.ts';
import { day, minute, newsletterForm, paper, paperForm, scene, site, ticked, visit, type Scene } from './scene.ts';
import { forEachStore } from './stores.ts';
import { counted, watched } from './watched-store.ts';

const accepted = { kind: 'accepted' };
const gone = { kind: 'gone' };

/** Asks for the paper and the newsletter, and confirms. */
async function confirmed(at: Scene, email: string): Promise<void> {
  await requestWhitepaper(at.context, paperForm(email, ticked), visit);
  expect(await confirm(at.context, await at.link(), visit)).toMatchObject({ kind: 'confirmed' });
}

forEachStore('threats', ({ name, fresh, ...open }) => {
  describe('1: a scanner that follows links', () => {
    it('changes nothing by looking twenty times, and the click that follows works', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com', ticked), visit);
      const [link, preferences] = [await at.link(), await at.link('preferences')];
      const before = await Promise.all([
        at.rows('token'),
        at.rows('subscription'),
        at.rows('consentEvent'),
        at.state(),
      ]);
      for (let time = 0; time < 20; time++) {
        expect(await look(at.context, link, 'confirm')).toMatchObject({ kind: 'valid', asksNewsletter: true });
        expect(await look(at.context, preferences, 'preferences')).toMatchObject({
          kind: 'valid',
          newsletter: 'pending',
        });
      }
      expect(
        await Promise.all([at.rows('token'), at.rows('subscription'), at.rows('consentEvent'), at.state()]),
      ).toEqual(before);
      expect(await confirm(at.context, link, visit)).toMatchObject({ kind: 'confirmed', newsletter: true });
    });
  });

  describe('3: two confirmations at once', () => {
    it('are one consent for each purpose, one count, and the same answer', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com', ticked), visit);
      const link = await at.link();
      const answers = await Promise.all([1, 2, 3, 4].map(() => confirm(at.context, link, visit)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject({ kind: 'confirmed', newsletter: true, download: expect.any(String) });
      const events = await at.rows('consentEvent');
      expect(
        events
          .filter(({ action }) => action === 'confirmed')
          .map(({ purpose }) => purpose)
          .toSorted(),
      ).toEqual(['newsletter', 'whitepaper']);
      expect(await at.totals()).toContain(`confirm /whitepapers/${paper}/ episodes/first-episode: 1`);
      expect((await at.events()).map(({ type }) => type).toSorted()).toEqual([
        'lead.confirmed',
        'subscriber.confirmed',
      ]);
      expect((await at.mails()).filter(({ payload }) => payload.mail === 'welcome')).toHaveLength(1);
    });

    it('by two mails for one request are one too', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      const first = await at.link();
      at.pass(20 * minute);
      await sendNewLink(at.context, { email: 'anna@example.com' }, visit);
      const second = await at.link();
      expect(second).not.toBe(first);
      const answers = [await confirm(at.context, first, visit), await confirm(at.context, second, visit)];
      expect(answers[1]).toEqual(answers[0]);
      expect((await at.rows('consentEvent')).filter(({ action }) => action === 'confirmed')).toHaveLength(1);
    });
  });

  describe('4: a link that does not hold', () => {
    it('is gone when any part of it was changed', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      const link = await at.link();
      const [id = '', key = '', signature = ''] = link.split('.');
      const other = (text: string, index: number) =>
        `${text.slice(0, index)}${text[index] === 'a' ? 'b' : 'a'}${text.slice(index + 1)}`;
      const changed = [
        ...[other(id, 35), other(id, 0)].map((text) => `${text}.${key}.${signature}`),
        `${id}.${other(key, 0)}.${signature}`,
        ...[0, 20].map((index) => `${id}.${key}.${other(signature, index)}`),
        ...['', id, `${id}.${key}.`, `${link}x`, `${link}.${signature}`, `'; drop table token --`, '\0'],
      ];
      for (const text of changed) expect(await confirm(at.context, text, visit)).toEqual(gone);
      expect((await at.rows('token')).every(({ uses }) => uses === 0)).toBe(true);
    });

    it('is gone after seven days, and not before', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      const link = await at.link();
      at.pass(7 * day - 1);
      expect(await look(at.context, link, 'confirm')).toMatchObject({ kind: 'valid' });
      at.pass(1);
      expect(await look(at.context, link, 'confirm')).toEqual(gone);
      expect(await confirm(at.context, link, visit)).toEqual(gone);
    });

    it('is gone when it was made for something else', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      const [link, preferences] = [await at.link(), await at.link('preferences')];
      expect(await download(at.context, link, 'beginning')).toEqual(gone);
      expect(await unsubscribe(at.context, link, visit)).toEqual(gone);
      expect(await eraseMe(at.context, link)).toEqual(gone);
      expect(await confirm(at.context, preferences, visit)).toEqual(gone);
      // The row says what it is for, and so does the signature.
      const [row] = (await at.rows('token')).filter(({ kind }) => kind === 'confirm');
      if (!row) throw new Error('There is no token.');
      expect(await confirm(at.context, signToken({ ...row, kind: 'download' }, at.context.secrets), visit)).toEqual(
        gone,
      );
    });

    it('is gone when it was revoked', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      const [row] = (await at.rows('token')).filter(({ kind }) => kind === 'confirm');
      if (!row) throw new Error('There is no token.');
      const other = (revokedAt: number | null) => ({ ...row, id: newId(at.now(), at.context.random), revokedAt });
      const [whole, revoked] = [other(null), other(at.now())];
      await at.context.store.transaction(async (records) => {
        for (const token of [whole, revoked]) await records.addToken(token);
      });
      expect(await confirm(at.context, signToken(revoked, at.context.secrets), visit)).toEqual(gone);
      expect(await confirm(at.context, signToken(whole, at.context.secrets), visit)).not.toEqual(gone);
    });

    it('is gone when its secret is not in use any more, and holds while it is an older one', async () => {
      const store = await fresh();
      const at = scene(store);
      await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      const link = await at.link();
      const newer = secret('another secret of more than thirty-two characters');
      const rotated = { ...at.context, secrets: [newer, ...at.context.secrets] };
      expect(await look(rotated, link, 'confirm')).toMatchObject({ kind: 'valid' });
      expect(await look({ ...at.context, secrets: [newer] }, link, 'confirm')).toEqual(gone);
    });

    it('is gone after twenty downloads', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      const answer = await confirm(at.context, await firstLink(at, 'confirm'), visit);
      const link = 'download' in answer ? (answer.download ?? '') : '';
      for (let time = 0; time < 20; time++)
        expect(await download(at.context, link, 'beginning')).toMatchObject({ kind: 'file' });
      expect(await download(at.context, link, 'beginning')).toEqual(gone);
      expect(await look(at.context, link, 'download')).toEqual(gone);
      // A further part of the last download is no new one.
      expect(await download(at.context, link, 'later part')).toMatchObject({ kind: 'file' });
    });
  });

  describe('5: a link whose person was erased', () => {
    it('is gone, and brings nobody back', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      const [link, preferences] = [await at.link(), await at.link('preferences')];
      at.pass(1);
      await askErasure(at.context, preferences);
      expect(await eraseMe(at.context, await at.link())).toEqual({ kind: 'done' });
      expect(await confirm(at.context, link, visit)).toEqual(gone);
      expect(await unsubscribe(at.context, preferences, visit)).toEqual(gone);
      expect(await sendNewLink(at.context, { email: 'anna@example.com' }, visit)).toEqual(accepted);
      expect(await requestWhitepaper(at.context, paperForm('anna@example.com'), visit)).toEqual(accepted);
      expect(await at.state()).toMatchObject({ contact: 0, token: 0, consentEvent: 0, subscription: 0 });
      expect(await at.mails()).toEqual([]);
    });
  });

  // SQLite does one unit after the other.
  describe.runIf(name === 'PostgreSQL')('5: a person who is erased while a form of theirs is kept', () => {
    it('is not brought back by it', async () => {
      const store = await fresh();
      const at = scene(store);
      await confirmed(at, 'anna@example.com');
      at.pass(20 * minute);
      const between = watched(store, async (statement, proceed) => {
        if (statement === 'contactFor') await eraseAddress(at.context, 'anna@example.com');
        return proceed();
      });
      const form = paperForm('anna@example.com', { whitepaper: 'two-desks' });
      expect(await requestWhitepaper({ ...at.context, store: between }, form, visit)).toEqual(accepted);
      expect(await at.state()).toMatchObject({ contact: 0, token: 0, consentEvent: 0 });
      expect(await at.mails()).toEqual([]);
    });
  });

  describe('6: whoever an address belongs to', () => {
    /** What each address is before the form is sent. */
    const people: Record<string, (at: Scene, email: string) => Promise<void>> = {
      new: async () => {},
      unconfirmed: async (at, email) => void (await requestWhitepaper(at.context, paperForm(email), visit)),
      confirmed: async (at, email) => confirmed(at, email),
      unsubscribed: async (at, email) => {
        await confirmed(at, email);
        await unsubscribe(at.context, await at.link('preferences'), visit);
      },
      suppressed: async (at, email) => void (await eraseAddress(at.context, email)),
      capped: async (at, email) => {
        for (const [index, { slug }] of site.whitepapers.slice(0, 3).entries())
          await requestWhitepaper(at.context, paperForm(email, { whitepaper: slug }), elsewhere(index));
      },
    };

    const forms: Record<string, (at: Scene, email: string) => Promise<FormOutcome>> = {
      'a paper': (at, email) => requestWhitepaper(at.context, paperForm(email, { whitepaper: 'two-desks' }), visit),
      'a paper and the newsletter': (at, email) => requestWhitepaper(at.context, paperForm(email, ticked), visit),
      'the newsletter': (at, email) => subscribe(at.context, newsletterForm(email), visit),
      'a new link': (at, email) => sendNewLink(at.context, { email }, visit),
    };

    it.each(Object.entries(forms))('who asks for %s is answered the same, after as much work', async (_, send) => {
      const seen: Record<string, unknown> = {};
      for (const [name, before] of Object.entries(people)) {
        const at = scene(await fresh());
        await before(at, 'anna@example.com');
        at.pass(20 * minute);
        const made = { commits: 0, reads: 0, writes: 0, turns: 0 };
        const counting = scene(counted(at.context.store, made), { clock: at.context.clock, random: at.context.random });
        seen[name] = { outcome: await send(counting, 'anna@example.com'), made };
      }
      const [one] = Object.values(seen);
      expect(one).toMatchObject({ outcome: accepted });
      for (const [name, result] of Object.entries(seen)) expect({ [name]: result }).toEqual({ [name]: one });
    });

    it('a confirmed person gets the mail for the new download', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      at.pass(20 * minute);
      await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper: 'two-desks' }), visit);
      expect((await at.mails()).at(-1)?.payload).toMatchObject({ mail: 'download', asset: 'two-desks' });
      expect(await download(at.context, await at.link(), 'beginning')).toMatchObject({
        kind: 'file',
        path: '/built/gated/two-desks.pdf',
      });
    });

    it('a suppressed person gets no mail, and no row', async () => {
      const at = scene(await fresh());
      await eraseAddress(at.context, 'anna@example.com');
      await requestWhitepaper(at.context, paperForm('Anna@Example.com', ticked), visit);
      await subscribe(at.context, newsletterForm('anna@example.com'), visit);
      expect(await at.mails()).toEqual([]);
      expect(await at.rows('contact')).toEqual([]);
      expect((await at.rows('submission')).map(({ contactId, verdict }) => ({ contactId, verdict }))).toEqual([
        { contactId: null, verdict: 'suppressed' },
        { contactId: null, verdict: 'suppressed' },
      ]);
    });

    it('a known person who called a mail spam gets what they ask for, and no newsletter', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      const [emailHmac] = addressHmacs('anna@example.com', at.context.secrets);
      await at.context.store.transaction((records) =>
        records.suppress({ emailHmac, reason: 'complained', at: at.now() }),
      );
      at.pass(20 * minute);
      const before = await at.mails();
      const form = paperForm('anna@example.com', { whitepaper: 'two-desks', ...ticked });
      expect(await subscribe(at.context, newsletterForm('anna@example.com'), visit)).toEqual(accepted);
      expect(await at.mails()).toEqual(before);
      expect(await requestWhitepaper(at.context, form, visit)).toEqual(accepted);
      expect((await at.mails()).slice(before.length)).toMatchObject([
        { payload: { mail: 'download', asset: 'two-desks' } },
      ]);
    });

    it('a person suppressed under an older secret stays so', async () => {
      const at = scene(await fresh());
      await eraseAddress(at.context, 'anna@example.com');
      const secrets = [secret('another secret of more than thirty-two characters'), ...at.context.secrets];
      await requestWhitepaper({ ...at.context, secrets }, paperForm('anna@example.com'), visit);
      expect(await at.mails()).toEqual([]);
    });
  });

  describe('7: one address again and again', () => {
    it('gets one mail in fifteen minutes and three in a day, for a hundred requests with the same answer', async () => {
      const at = scene(await fresh());
      for (let time = 0; time < 100; time++) {
        const from = { ...visit, ip: `192.0.${time}.7` };
        expect(await requestWhitepaper(at.context, paperForm('anna@example.com'), from)).toEqual(accepted);
        at.pass(10 * minute);
      }
      const due = (await at.mails()).map(({ runAt }) => runAt);
      expect(due).toHaveLength(3);
      expectApart(due);
      const verdicts = (await at.rows('submission')).map(({ verdict }) => verdict);
      expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(3);
      expect(verdicts.filter((verdict) => verdict === 'capped')).toHaveLength(97);
      at.pass(day);
      await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      expect(await at.mails()).toHaveLength(4);
    });

    it('gets no second mail for the same thing while the first is fresh, however it is asked for', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      at.pass(15 * minute - 1);
      await requestWhitepaper(at.context, paperForm('Anna@Example.com'), visit);
      await sendNewLink(at.context, { email: 'anna@example.com' }, visit);
      expect((await at.rows('submission')).map(({ verdict }) => verdict).toSorted()).toEqual(['accepted', 'capped']);
      expect(await at.mails()).toHaveLength(1);
      at.pass(1);
      await requestWhitepaper(at.context, paperForm('anna@example.com', { name: 'Anna' }), visit);
      expect((await at.mails()).map(({ runAt }) => runAt - at.now())).toEqual([-15 * minute, 0]);
    });

    it('gets what else it asked for as soon as it may, and never more than three mails in a day', async () => {
      const at = scene(await fresh());
      for (const [index, { slug }] of site.whitepapers.entries())
        await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper: slug }), elsewhere(index));
      await subscribe(at.context, newsletterForm('anna@example.com'), visit);
      await sendNewLink(at.context, { email: 'anna@example.com' }, visit);
      const mails = await at.mails();
      expect(mails.map(({ payload }) => 'asset' in payload && payload.asset)).toEqual(
        site.whitepapers.slice(0, 3).map(({ slug }) => slug),
      );
      expect(mails.map(({ runAt }) => runAt - at.now())).toEqual([0, 15 * minute, 30 * minute]);
    });

    it('asked at once is answered once, and by no more mails than one after the other', async () => {
      const at = scene(await fresh());
      const all = Array.from({ length: 20 }, (_, index) => site.whitepapers[index % 4]?.slug ?? '');
      const answers = await Promise.all(
        all.map((whitepaper, index) =>
          requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper }), elsewhere(index)),
        ),
      );
      expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
      expect(await at.rows('contact')).toHaveLength(1);
      const due = (await at.mails()).map(({ runAt }) => runAt);
      expect(due).toHaveLength(3);
      expectApart(due);
    });

    it('sent twice by a double click is one submission', async () => {
      const at = scene(await fresh());
      for (let click = 0; click < 2; click++) await requestWhitepaper(at.context, paperForm('anna@example.com'), visit);
      expect(await at.rows('submission')).toHaveLength(1);
      expect(await at.totals()).toEqual([`submit /whitepapers/${paper}/ episodes/first-episode: 1`]);
    });
  });

  describe('28: twelve networks at their limits', () => {
    const limited = async () => scene(await fresh(), {}, { perNetwork: 60, perHour: 60 });

    /** Twelve networks send what they may, and more than an hour has mails for. */
    const flooded = async (at: Scene) => {
      const capture = captureOf(at.context, { countView: () => {}, queued: () => {} });
      const outcomes: FormOutcome[] = [];
      for (let n = 0; n < 360; n++) {
        const sender = elsewhere(n % 12);
        expect(await capture.admit(sender)).toBeUndefined();
        outcomes.push(await capture.subscribe(newsletterForm(`reader${n}@example.com`), sender));
      }
      return { capture, outcomes };
    };

    it('have every form kept and no reader elsewhere refused: mails to unconfirmed addresses go out later', async () => {
      const at = await limited();
      const { capture, outcomes } = await flooded(at);
      expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'accepted'));
      const due = (await at.mails()).map(({ runAt }) => runAt - at.now());
      expect(due).toHaveLength(360);
      expect(due.filter((wait) => wait === 0).length).toBeLessThanOrEqual(2 * 60);
      for (let hour = 1; hour < 4; hour++)
        expect(
          due.filter((wait) => wait > (hour - 1) * 60 * minute && wait <= hour * 60 * minute).length,
        ).toBeLessThanOrEqual(2 * 60);
      expect(await capture.admit(visit)).toBeUndefined();
      expect(await capture.requestWhitepaper(paperForm('anna@example.com'), visit)).toEqual({
        kind: 'accepted',
        later: true,
      });
    });

    it('hold up no mail to an address that was confirmed, and the page is the same for both', async () => {
      const at = await limited();
      await confirmed(at, 'anna@example.com');
      const { capture } = await flooded(at);
      at.pass(20 * minute);
      const ask = (email: string) => capture.requestWhitepaper(paperForm(email, { whitepaper: 'two-desks' }), visit);
      const [known, unknown] = [await ask('anna@example.com'), await ask('bob@example.com')];
      expect(known).toEqual({ kind: 'accepted', later: true });
      expect(unknown).toEqual(known);
      const mails = (await at.mails()).filter(({ payload }) => 'asset' in payload && payload.asset === 'two-desks');
      expect(mails.map(({ payload, runAt }) => [payload.mail, runAt > at.now()])).toEqual([
        ['download', false],
        ['confirm', true],
      ]);
    });

    it('wait for one another where they send many, and hold up nobody else', async () => {
      const at = scene(await fresh(), {}, { perNetwork: 20, perHour: 11 });
      const capture = captureOf(at.context, { countView: () => {}, queued: () => {} });
      for (let n = 0; n < 20; n++) {
        await capture.admit(elsewhere(1));
        const form = newsletterForm(`reader${n}@example.com`);
        const outcome = await capture.subscribe(form, elsewhere(1));
        const solved = 'challenge' in outcome ? await answered(outcome.challenge) : {};
        if (n >= 10) expect(await capture.subscribe({ ...form, ...solved }, elsewhere(1))).toEqual(accepted);
      }
      await capture.admit(visit);
      expect(await capture.subscribe(newsletterForm('anna@example.com'), visit)).toEqual(accepted);
      expect((await at.mails()).every(({ runAt }) => runAt === at.now())).toBe(true);
    });

    it('is forgotten when nobody asked for an hour', async () => {
      const at = await limited();
      const { capture } = await flooded(at);
      at.pass(6 * 60 * minute);
      expect(await capture.subscribe(newsletterForm('anna@example.com'), elsewhere(1))).toEqual(accepted);
    });
  });

  describe('28: a network that is near its limit', () => {
    /** A context in which more than half of the network's forms have come. */
    const busy = async () => {
      const at = scene(await fresh(), {}, { perNetwork: 10, perHour: 1000 });
      for (let n = 0; n < 6; n++) await at.context.limits.ofNetwork(visit.ip);
      const send = (more: FormFields = {}, sender = visit) =>
        subscribe(at.context, { ...newsletterForm('anna@example.com'), ...more }, sender);
      const asked = async () => {
        const outcome = await send();
        if (!('challenge' in outcome)) throw new Error('There is no challenge.');
        return outcome;
      };
      return { at, send, asked };
    };

    it('is asked for work that a browser does by itself, and keeps what was typed', async () => {
      const { at, send, asked } = await busy();
      const { challenge, ...outcome } = await asked();
      expect(outcome).toMatchObject({ kind: 'limited', retryAfterSeconds: 60, values: { email: 'anna@example.com' } });
      expect(await at.state()).toMatchObject({ contact: 0, submission: 0, outbox: 0 });
      expect(await send(await answered(challenge))).toEqual(accepted);
      expect(await at.mails()).toHaveLength(1);
    });

    it('is taken without script when the minute is over that it is told to wait', async () => {
      const { at, send, asked } = await busy();
      const { challenge } = await asked();
      at.pass(minute - 1);
      expect(await send({ challenge })).toMatchObject({ kind: 'limited' });
      at.pass(1);
      expect(await send({ challenge })).toEqual(accepted);
    });

    it('uses an answer once, within ten minutes, from where it was asked', async () => {
      const { at, send, asked } = await busy();
      const first = await answered((await asked()).challenge);
      const second = await answered((await asked()).challenge);
      for (let n = 0; n < 6; n++) await at.context.limits.ofNetwork(elsewhere(1).ip);
      expect(await send(first, elsewhere(1))).toMatchObject({ kind: 'limited' });
      expect(await send(first)).toEqual(accepted);
      expect(await send(first)).toMatchObject({ kind: 'limited' });
      at.pass(9 * minute);
      expect(await send(first)).toMatchObject({ kind: 'limited' });
      at.pass(minute);
      for (let n = 0; n < 6; n++) await at.context.limits.ofNetwork(visit.ip);
      expect(await send(second)).toMatchObject({ kind: 'limited' });
    });

    it.each([
      ['nothing', () => ({})],
      ['no proof', (challenge: string) => ({ challenge })],
      ['another proof', (challenge: string) => ({ challenge, proof: '12345678' })],
      ['a proof that is no number', (challenge: string) => ({ challenge, proof: 'x'.repeat(64_000) })],
      ['another moment', (challenge: string) => ({ challenge: challenge.replace(/^./, '0') })],
      ['a signature of its own', (challenge: string) => ({ challenge: challenge.replace(/[^.]+$/, 'a'.repeat(32)) })],
      ['no challenge', () => ({ challenge: '.'.repeat(64_000), proof: '1' })],
    ])('is asked again where it brings %s', async (_, brought) => {
      const { send, asked } = await busy();
      expect(await send(brought((await asked()).challenge))).toMatchObject({ kind: 'limited' });
    });
  });

  describe('29: one mailbox by many addresses', () => {
    it.each([
      ['tags', (n: number) => `victim+${n}@example.com`],
      [
        'dots and capitals',
        (n: number) => `${n % 2 ? 'vic.tim' : 'V.i.c.t.i.m'}+${n}@${n % 3 ? 'gmail' : 'googlemail'}.com`,
      ],
    ])(
      'has one cap, however it is written by %s, and each mail goes to the address as it was typed',
      async (_, name) => {
        const at = scene(await fresh());
        const typed = Array.from({ length: 30 }, (_, number) => name(number));
        await Promise.all(
          typed.map((email, number) => subscribe(at.context, newsletterForm(email), elsewhere(number))),
        );
        for (const [number, email] of typed.entries())
          await requestWhitepaper(at.context, paperForm(email), elsewhere(number));
        const mails = await at.mails();
        expect(mails).toHaveLength(3 - 1);
        expectApart(mails.map(({ runAt }) => runAt));
        const contacts = await at.rows('contact');
        expect(contacts.map(({ email }) => email).toSorted()).toEqual(typed.toSorted());
      },
    );

    it('is not used up for the day by the forms of a stranger', async () => {
      const at = scene(await fresh());
      for (const { slug } of site.whitepapers.slice(0, 3)) {
        await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper: slug }), elsewhere(1));
        at.pass(20 * minute);
      }
      expect(await at.mails()).toHaveLength(2);
      await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper: 'two-desks' }), visit);
      expect((await at.mails()).at(-1)?.payload).toMatchObject({ asset: 'two-desks' });
      expect(await at.mails()).toHaveLength(3);
    });

    it('gets what its person asks for in the minute in which a stranger was refused the same', async () => {
      const at = scene(await fresh());
      for (const { slug } of site.whitepapers.slice(0, 2))
        await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper: slug }), elsewhere(1));
      await subscribe(at.context, newsletterForm('anna@example.com'), elsewhere(1));
      expect(await at.mails()).toHaveLength(2);
      await subscribe(at.context, newsletterForm('anna@example.com'), visit);
      expect((await at.mails()).at(-1)?.payload).toMatchObject({ mail: 'confirm', newsletter: true });
      expect(await at.mails()).toHaveLength(3);
    });

    it('has a new day once its person confirms something, however many strangers used up the old one', async () => {
      const at = scene(await fresh());
      for (const [index, { slug }] of site.whitepapers.slice(0, 3).entries()) {
        await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper: slug }), elsewhere(index));
        at.pass(20 * minute);
      }
      const wanted = paperForm('anna@example.com', { whitepaper: 'two-desks' });
      await requestWhitepaper(at.context, wanted, visit);
      expect(await at.mails()).toHaveLength(3);
      await confirm(at.context, await at.link(), visit);
      at.pass(minute);
      await requestWhitepaper(at.context, wanted, visit);
      expect((await at.mails()).at(-1)?.payload).toMatchObject({ mail: 'download', asset: 'two-desks' });
    });

    it('may have all three from where it was confirmed', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      at.pass(2 * day);
      const before = (await at.mails()).length;
      for (const { slug } of site.whitepapers) {
        await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper: slug }), visit);
        at.pass(20 * minute);
      }
      expect(await at.mails()).toHaveLength(before + 3);
    });
  });

  describe('29: a name that a stranger types for somebody', () => {
    const stranger = { name: 'Win https://x.example', company: 'X' };
    const own = { name: 'Anna', company: 'Berg & Co' };

    it('gives way to what the person types who confirms', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com', stranger), elsewhere(1));
      at.pass(20 * minute);
      await requestWhitepaper(at.context, paperForm('anna@example.com', { ...own, whitepaper: 'two-desks' }), visit);
      await confirm(at.context, await at.link(), visit);
      expect(await at.rows('contact')).toMatchObject([own]);
      expect((await at.events()).map(({ data }) => data)).toMatchObject([own]);
    });

    it('goes where the person who confirms typed none', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com', stranger), elsewhere(1));
      at.pass(20 * minute);
      await subscribe(at.context, newsletterForm('anna@example.com'), visit);
      await confirm(at.context, await at.link(), visit);
      expect(await at.rows('contact')).toMatchObject([{ name: null, company: null }]);
    });

    it('changes nothing about a person who has confirmed, whether they gave a name or not', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com', own), visit);
      await requestWhitepaper(at.context, paperForm('bob@example.com'), visit);
      for (const row of (await at.rows('token')).filter(({ kind }) => kind === 'confirm'))
        await confirm(at.context, signToken(row, at.context.secrets), visit);
      const before = await at.rows('contact');
      at.pass(20 * minute);
      for (const email of ['anna@example.com', 'bob@example.com'])
        await requestWhitepaper(at.context, paperForm(email, { ...stranger, whitepaper: 'two-desks' }), elsewhere(1));
      expect(await at.rows('contact')).toEqual(before);
    });

    it('is taken where it is missing, once a person who has confirmed acts on the mail', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      at.pass(20 * minute);
      await requestWhitepaper(at.context, paperForm('anna@example.com', { ...own, whitepaper: 'two-desks' }), visit);
      expect(await at.rows('contact')).toMatchObject([{ name: null }]);
      await download(at.context, await at.link(), 'beginning');
      expect(await at.rows('contact')).toMatchObject([own]);
      expect((await at.events()).at(-1)?.data).toMatchObject(own);
    });

    it('leaves with the person who is erased', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com', stranger), visit);
      await eraseAddress(at.context, 'anna@example.com');
      for (const table of ['contact', 'submission', 'consentEvent', 'token', 'outbox'] as const)
        expect(JSON.stringify(await at.rows(table))).not.toContain('x.example');
    });
  });

  describe('8: a thousand addresses', () => {
    const front = async (store: Store, limits: Environment['limits']) => {
      const at = scene(store, {}, limits);
      return { at, capture: captureOf(at.context, { countView: () => {}, queued: () => {} }) };
    };

    it.each([
      ['one /24', (n: number) => `192.0.2.${n % 256}`],
      ['one /24, written as IPv6', (n: number) => `::ffff:192.0.2.${n % 256}`],
      ['one /48', (n: number) => `2001:db8:7:${n.toString(16)}::1`],
    ])('from %s are limited before any of their forms is read', async (_, ip) => {
      const { capture, at } = await front(await fresh(), { perNetwork: 30, perHour: 100_000 });
      const waits: Awaited<ReturnType<typeof capture.admit>>[] = [];
      for (let n = 0; n < 1000; n++) {
        const sender = { ...visit, ip: ip(n) };
        const wait = await capture.admit(sender);
        waits.push(wait);
        if (wait === undefined)
          expect(await capture.requestWhitepaper(paperForm(`reader${n}@example.com`), sender)).toMatchObject({
            kind: n < 15 ? 'accepted' : 'limited',
          });
      }
      expect(waits.map((wait) => wait === undefined)).toEqual(waits.map((_, n) => n < 30));
      expect(waits.at(-1)).toBeGreaterThan(0);
      expect(await at.state()).toMatchObject({ contact: 15, submission: 15, outbox: 15 });
      expect(await capture.admit({ ...visit, ip: '198.51.100.1' })).toBeUndefined();
    });

    it('that are refused for a slip or a machine hold nobody up', async () => {
      const at = scene(await fresh(), {}, { perNetwork: 30, perHour: 1 });
      await requestWhitepaper(at.context, paperForm('no address'), visit);
      await requestWhitepaper(at.context, paperForm('bot@example.com', { website: 'https://x' }), visit);
      expect(await requestWhitepaper(at.context, paperForm('anna@example.com'), visit)).toEqual(accepted);
    });

    it('may come again when the time is over that they were told', async () => {
      const at = scene(await fresh(), {}, { perNetwork: 1, perHour: 100 });
      const { limits } = at.context;
      expect(await limits.ofNetwork(visit.ip)).toBeUndefined();
      at.pass(4 * minute);
      expect(await limits.ofNetwork(visit.ip)).toBe(6 * 60);
      at.pass(6 * minute);
      expect(await limits.ofNetwork(visit.ip)).toBeUndefined();
      expect(await at.rows('submission')).toEqual([]);
    });

    it('are shown why where they cannot be counted now, by their form', async () => {
      const store = await fresh();
      let asked = 0;
      const refused = async () => {
        asked += 1;
        throw new StoreUnavailable('disk full');
      };
      const full = { ...failing(store, () => (asked += 1) > 0), limits: { ...store.limits, take: refused } };
      const { capture } = await front(full, { perNetwork: 1, perHour: 1 });
      expect(await capture.admit(visit)).toBe('uncounted');
      const sender = { ...visit, isUncounted: true as const };
      asked = 0;
      expect(await capture.requestWhitepaper(paperForm('anna@example.com'), sender)).toMatchObject({
        kind: 'unavailable',
        values: { email: 'anna@example.com' },
      });
      // Nobody waits twice for a store that is locked.
      expect(asked).toBe(0);
    });
  });

  describe('32: a restart, and a second process', () => {
    it('count on where the first one was, and keep nothing by which a network is known', async () => {
      const place = await open.place();
      const [first, second] = [open.open(place), open.open(place)];
      await first.migrate();
      const limits = { perNetwork: 3, perHour: 100 };
      const [one, other] = [scene(first, {}, limits), scene(second, {}, limits)];
      for (const { context } of [one, other, one]) expect(await context.limits.ofNetwork('192.0.2.1')).toBeUndefined();
      expect(await other.context.limits.ofNetwork('192.0.2.200')).toBe(600);
      await first.close();
      const restarted = scene(open.open(place), {}, limits);
      expect(await restarted.context.limits.ofNetwork('192.0.2.1')).toBe(600);
      expect(await restarted.context.limits.ofNetwork('198.51.100.1')).toBeUndefined();
    });

    it('take together no more than one of them would, at once', async () => {
      const place = await open.place();
      const both = [open.open(place), open.open(place)];
      await both[0]?.migrate();
      const fronts = both.map((store) => scene(store, {}, { perNetwork: 30, perHour: 100 }).context.limits);
      const waits = await Promise.all(
        Array.from({ length: 100 }, (_, index) => fronts[index % 2]?.ofNetwork('192.0.2.1')),
      );
      expect(waits.filter((wait) => wait === undefined)).toHaveLength(30);
    });
  });

  describe('27: 64 KB of what is slow to read', () => {
    const bytes = 64 * 1024;
    const filled = (piece: string) => piece.repeat(Math.floor(bytes / Buffer.byteLength(piece)));
    const shapes = {
      'combining marks that have to change places': filled('\u0301\u0323'),
      'combining marks after an address': `anna@example.com${filled('\u0315\u0300').slice(0, 30_000)}`,
      'combining marks in a domain': `anna@${filled('a\u0301\u0323').slice(0, 30_000)}.com`,
      'opening brackets': filled('['),
      'one long word': filled('a'),
      'one long domain': `a@${filled('b')}`,
      'one long domain of hyphens': `a@${filled('-')}.com`,
      'one long domain in Punycode': `a@xn--${filled('a')}.com`,
      slashes: filled('/'),
      'slashes and a letter': `${filled('/')}a`,
      dots: `a@${filled('.')}`,
      'signs of an address': filled('@'),
      spaces: `a${filled(' ')}a`,
      emoji: filled('👩‍👩‍👧'),
    };
    const fields = ['email', 'name', 'company', 'newsletter', 'whitepaper', 'wording', 'website', 'from', 'other'];

    it.each(Object.entries(shapes))(
      '%s: takes no time worth speaking of in any field of any form',
      async (_, shape) => {
        const at = scene(await fresh());
        const normalize = vi.spyOn(String.prototype, 'normalize');
        onTestFinished(() => normalize.mockRestore());
        const before = process.cpuUsage();
        for (const field of fields)
          for (const send of [requestWhitepaper, subscribe, sendNewLink])
            await send(at.context, paperForm('anna@example.com', { ...ticked, [field]: shape }), visit);
        for (const link of [look, (context: Context, text: string) => confirm(context, text, visit)])
          await link(at.context, shape, 'confirm');
        const { user, system } = process.cpuUsage(before);
        expect((user + system) / 1e6).toBeLessThan(2);
        // Putting marks in order takes time that grows with the square of their number.
        expect(Math.max(0, ...normalize.mock.contexts.map((text) => String(text).length))).toBeLessThan(2000);
      },
    );

    it.each(['email', 'name', 'company'])('is told that it is too long, in the field %s', async (field) => {
      const at = scene(await fresh());
      const form = paperForm('anna@example.com', { [field]: shapes['combining marks that have to change places'] });
      expect(await requestWhitepaper(at.context, form, visit)).toMatchObject({
        kind: 'invalid',
        errors: { [field]: expect.stringContaining('longer than') },
      });
    });
  });

  describe('10: what is not one address', () => {
    it.each([
      'anna@example.com\r\nBcc: eve@example.com',
      'anna@example.com\nbcc: eve@example.com',
      'anna@example.com,eve@example.com',
      'anna@example.com; eve@example.com',
      '"anna eve"@example.com',
      'anna\0@example.com',
      'Anna <anna@example.com>',
      `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.com`,
    ])('%j is an error beside its field, and nothing is kept', async (email) => {
      const at = scene(await fresh());
      const before = await at.state();
      for (const outcome of [
        await requestWhitepaper(at.context, paperForm(email), visit),
        await subscribe(at.context, newsletterForm(email), visit),
        await sendNewLink(at.context, { email }, visit),
      ])
        expect(outcome).toMatchObject({
          kind: 'invalid',
          errors: { email: expect.any(String) },
          values: { email: email.slice(0, 400) },
        });
      expect(await at.state()).toEqual(before);
    });

    it('is one address, that of the domain which was meant by its letters, where they only look like others', async () => {
      const at = scene(await fresh());
      expect(await requestWhitepaper(at.context, paperForm('anna@еxample.com'), visit)).toEqual(accepted);
      expect(await at.rows('contact')).toMatchObject([{ email: 'anna@xn--xample-2of.com' }]);
    });
  });

  describe('11: a name that is a message', () => {
    it('is in no mail', async () => {
      const at = scene(await fresh());
      const name = 'Win https://x.example';
      await requestWhitepaper(at.context, paperForm('anna@example.com', { name, company: name, ...ticked }), visit);
      await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper: 'two-desks', name }), visit);
      expect(await at.rows('contact')).toMatchObject([{ name, company: name }]);
      expect(await at.mails()).toHaveLength(2);
      expect(JSON.stringify(await at.mails())).not.toContain('x.example');
    });

    it.each(['Anna\r\nBerg', 'Anna\u202egreB', 'a'.repeat(101)])(
      'is an error beside its field where it is %j',
      async (name) => {
        const at = scene(await fresh());
        expect(
          await requestWhitepaper(at.context, paperForm('anna@example.com', { name, company: name }), visit),
        ).toMatchObject({
          kind: 'invalid',
          errors: { name: expect.any(String), company: expect.any(String) },
        });
      },
    );
  });

  describe('12 and 40: what nobody sees comes filled in', () => {
    const forms = {
      'a paper': (at: Scene, more: FormFields) =>
        requestWhitepaper(at.context, paperForm('anna@example.com', { name: 'Anna', ...more }), visit),
      'the newsletter': (at: Scene, more: FormFields) =>
        subscribe(at.context, { ...newsletterForm('anna@example.com'), ...more }, visit),
      'a new link': (at: Scene, more: FormFields) =>
        sendNewLink(at.context, { email: 'anna@example.com', ...more }, visit),
    };

    it.each(Object.entries(forms))('who asks for %s is asked once more, and keeps what they typed', async (_, send) => {
      const at = scene(await fresh());
      for (let time = 0; time < 2; time++)
        expect(await send(at, { website: 'https://x' })).toMatchObject({
          kind: 'doubtful',
          values: { email: 'anna@example.com' },
        });
      expect((await at.rows('submission')).map(({ verdict, contactId }) => ({ verdict, contactId }))).toEqual(
        [1, 2].map(() => ({ verdict: 'honeypot', contactId: null })),
      );
      expect(await at.state()).toMatchObject({ contact: 0, outbox: 0, token: 0 });
      expect(await send(at, { person: 'yes' })).toEqual(accepted);
      // A password manager that fills the field in again, in a form that has it still.
      expect(await send(at, { person: 'yes', website: 'https://x' })).toEqual(accepted);
    });

    it('and the mail of who ticks the box goes out', async () => {
      const at = scene(await fresh());
      await forms['a paper'](at, { website: 'https://x' });
      await forms['a paper'](at, { person: 'yes' });
      expect(await at.mails()).toMatchObject([{ payload: { mail: 'confirm', asset: paper } }]);
    });
  });

  describe('15: one click that unsubscribes', () => {
    it('does so as often as it is sent, and is one withdrawal', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      const preferences = await at.link('preferences');
      for (let time = 0; time < 3; time++) {
        at.pass(minute);
        expect(await unsubscribe(at.context, preferences, visit)).toEqual({ kind: 'done' });
      }
      expect(await at.rows('subscription')).toMatchObject([{ status: 'unsubscribed' }]);
      expect((await at.rows('consentEvent')).filter(({ action }) => action === 'withdrawn')).toMatchObject([
        { purpose: 'newsletter', textId: site.consent.newsletter.id },
      ]);
      expect((await at.events()).filter(({ type }) => type === 'subscriber.unsubscribed')).toHaveLength(1);
    });

    it('is not undone by an older link', async () => {
      const at = scene(await fresh());
      await requestWhitepaper(at.context, paperForm('anna@example.com', ticked), visit);
      const link = await at.link();
      at.pass(minute);
      await unsubscribe(at.context, await at.link('preferences'), visit);
      expect(await look(at.context, link, 'confirm')).toMatchObject({ kind: 'valid', asksNewsletter: false });
      expect(await confirm(at.context, link, visit)).toMatchObject({ kind: 'confirmed', newsletter: false });
      expect(await at.rows('subscription')).toMatchObject([{ status: 'unsubscribed' }]);
      expect(await confirm(at.context, link, visit)).toMatchObject({ kind: 'confirmed', newsletter: false });
      expect(await at.rows('subscription')).toMatchObject([{ status: 'unsubscribed' }]);
    });
  });

  describe('18: a whitepaper by another name', () => {
    it.each(['../keeping-the-keepers', '../../etc/passwd', 'keeping-the-keeper', '__proto__', '', 'x'.repeat(5000)])(
      '%j is an error that names the nearest',
      async (whitepaper) => {
        const at = scene(await fresh());
        const outcome = await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper }), visit);
        expect(outcome).toMatchObject({
          kind: 'invalid',
          errors: { whitepaper: expect.stringContaining('/whitepapers/') },
        });
        expect(await at.state()).toMatchObject({ contact: 0, submission: 0 });
      },
    );

    it('leads the reader to the paper that was meant', async () => {
      const at = scene(await fresh());
      const outcome = await requestWhitepaper(
        at.context,
        paperForm('anna@example.com', { whitepaper: 'number-sevn' }),
        visit,
      );
      expect(outcome).toMatchObject({ errors: { whitepaper: expect.stringContaining('/whitepapers/number-seven/') } });
    });
  });

  describe('23: a store that cannot keep anything', () => {
    const form: FormFields = paperForm('anna@example.com', { name: 'Anna', company: 'Berg & Co', ...ticked });

    it('is never thanked for: the form comes back as it was', async () => {
      const at = scene(failing(await fresh(), () => true));
      expect(await requestWhitepaper(at.context, form, visit)).toEqual({
        kind: 'unavailable',
        values: {
          email: 'anna@example.com',
          name: 'Anna',
          company: 'Berg & Co',
          newsletter: true,
          whitepaper: paper,
          from: 'episodes/first-episode',
          ...{ entry: '', parent: '', body: '', moment: '', replies: false },
          ...{ to: '', question: '', first: '', quote: false, page: '', partner: '' },
        },
        paper: site.whitepapers[0],
      });
      expect(await subscribe(at.context, newsletterForm('anna@example.com'), visit)).toMatchObject({
        kind: 'unavailable',
      });
      expect(await sendNewLink(at.context, { email: 'anna@example.com' }, visit)).toMatchObject({
        kind: 'unavailable',
      });
      expect(await subscribe(at.context, { ...newsletterForm('anna@example.com'), website: 'x' }, visit)).toMatchObject(
        {
          kind: 'unavailable',
        },
      );
    });

    it('keeps nothing of a form when it fails at the last statement', async () => {
      const store = await fresh();
      const at = scene(failing(store, (name) => name === 'count'));
      expect(await requestWhitepaper(at.context, form, visit)).toMatchObject({ kind: 'unavailable' });
      expect(await at.state()).toMatchObject({ contact: 0, submission: 0, outbox: 0, token: 0, consentEvent: 0 });
      expect(await requestWhitepaper({ ...at.context, store }, form, visit)).toEqual(accepted);
      expect(await at.mails()).toHaveLength(1);
    });

    it('is told to whoever follows a link, and the link still works later', async () => {
      const store = await fresh();
      const at = scene(store);
      await requestWhitepaper(at.context, form, visit);
      const [link, preferences] = [await at.link(), await at.link('preferences')];
      const away = { ...at.context, store: failing(store, () => true) };
      expect(await look(away, link, 'confirm')).toEqual({ kind: 'unavailable' });
      expect(await confirm(away, link, visit)).toEqual({ kind: 'unavailable' });
      expect(await unsubscribe(away, preferences, visit)).toEqual({ kind: 'unavailable' });
      expect(await eraseMe(away, preferences)).toEqual({ kind: 'unavailable' });
      expect(await confirm(at.context, link, visit)).toMatchObject({ kind: 'confirmed' });
    });

    it('does not hide a mistake of ours', async () => {
      const at = scene(failing(await fresh(), () => true, new TypeError('a mistake')));
      await expect(requestWhitepaper(at.context, form, visit)).rejects.toThrow('a mistake');
      await expect(confirm(at.context, unknownLink(at), visit)).rejects.toThrow('a mistake');
    });
  });

  describe('34: a newsletter that is passed on, with the link to its reader’s preferences', () => {
    it('erases nobody: the reader gets a mail, whose link does', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      const preferences = await at.link('preferences');
      const before = await at.rows('contact');
      at.pass(1);
      expect(await eraseMe(at.context, preferences)).toEqual(gone);
      expect(await askErasure(at.context, preferences)).toEqual({ kind: 'done' });
      expect(await at.rows('contact')).toEqual(before);
      expect((await at.mails()).at(-1)).toMatchObject({
        payload: { mail: 'erase' },
        contactId: before[0]?.id,
        lane: 'answer',
      });
      const link = await at.link();
      expect(await look(at.context, link, 'erase')).toMatchObject({ kind: 'valid', maskedEmail: 'a•••@example.com' });
      expect(await at.rows('contact')).toEqual(before);
      expect(await eraseMe(at.context, link)).toEqual({ kind: 'done' });
      expect(await at.rows('contact')).toEqual([]);
      expect(await eraseMe(at.context, link)).toEqual(gone);
    });

    it('sends the reader one such mail in a quarter of an hour and three in a day, each good for a week', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      const preferences = await at.link('preferences');
      for (let time = 0; time < 60; time++) {
        at.pass(5 * minute);
        expect(await askErasure(at.context, preferences)).toEqual({ kind: 'done' });
      }
      const mails = (await at.mails()).filter(({ payload }) => payload.mail === 'erase');
      expect(mails).toHaveLength(3);
      expectApart(mails.map(({ runAt }) => runAt));
      const link = await at.link();
      at.pass(7 * day);
      expect(await eraseMe(at.context, link)).toEqual(gone);
    });
  });

  describe('25: erasing', () => {
    it('cancels what is queued, keeps an HMAC and the totals, and tells the CRM', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'Anna@Example.com');
      await requestWhitepaper(at.context, paperForm('anna@example.com', { whitepaper: 'two-desks' }), visit);
      const totals = await at.totals();
      await askErasure(at.context, await firstLink(at, 'preferences'));
      expect(await eraseMe(at.context, await firstLink(at, 'erase'))).toEqual({ kind: 'done' });

      expect(await at.mails()).toEqual([]);
      expect(await at.state()).toMatchObject({ contact: 0, subscription: 0, consentEvent: 0, token: 0, submission: 2 });
      expect(await at.totals()).toEqual(totals);
      expect(await at.events()).toMatchObject([
        {
          type: 'contact.erased',
          data: {
            contactId: expect.any(String),
            email: 'Anna@Example.com',
            emailHmac: expect.stringMatching(/^[\da-f]{64}$/),
          },
        },
      ]);
      const [suppressed] = await at.rows('suppression');
      expect(suppressed).toMatchObject({ reason: 'erased', emailHmac: (await at.events())[0]?.data['emailHmac'] });
      expect(await at.rows('audit')).toMatchObject([
        { actor: 'reader', action: 'erase', subjectHmac: suppressed?.emailHmac },
      ]);
      for (const table of ['submission', 'suppression', 'audit', 'funnelDay'] as const)
        expect(JSON.stringify(await at.rows(table))).not.toMatch(/anna/i);
    });

    it('leaves the address in the outbox no longer than the delivery takes', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      await eraseAddress(at.context, 'anna@example.com');
      const { outbox } = at.context.store;
      await outbox.prune(at.now() - 30 * day);
      expect(await at.events()).toHaveLength(1);
      for (const row of await outbox.lease('webhook', 10, at.now(), at.now() + minute)) await outbox.finish(row);
      await outbox.prune(at.now() - 30 * day);
      expect(await at.rows('outbox')).toEqual([]);
    });

    it('is the same for the owner, also of an address that nobody knows', async () => {
      const at = scene(await fresh());
      await confirmed(at, 'anna@example.com');
      expect(await eraseAddress(at.context, ' ANNA@example.com ')).toEqual({
        kind: 'done',
        known: true,
        address: 'ANNA@example.com',
      });
      expect(await eraseAddress(at.context, 'eve@example.com')).toEqual({
        kind: 'done',
        known: false,
        address: 'eve@example.com',
      });
      expect(await eraseAddress(at.context, 'eve')).toMatchObject({ kind: 'refused' });
      expect(await at.rows('suppression')).toHaveLength(2);
      expect(await at.rows('audit')).toMatchObject([{ actor: 'owner' }, { actor: 'owner' }]);
      await subscribe(at.context, newsletterForm('eve@example.com'), visit);
      expect(await at.mails()).toEqual([]);
    });
  });
});

/** What the script of a form answers a challenge with. */
const answered = async (challenge: string) => ({ challenge, proof: await proofOf(challenge) });

/** From another network for each number. */
const elsewhere = (number: number) => ({ ...visit, ip: `198.51.${number}.7` });

/** The link to the token of this kind that was made first. */
async function firstLink(at: Scene, kind: string): Promise<string> {
  const row = (await at.rows('token')).find((token) => token.kind === kind);
  if (!row) throw new Error(`There is no ${kind} token.`);
  return signToken(row, at.context.secrets);
}

/** Well formed, and nobody's. */
function unknownLink({ context }: Scene): string {
  const row = { id: '01900000-0000-7000-8000-000000000000', kind: 'confirm', keyId: '', expiresAt: null } as const;
  return signToken(row, context.secrets);
}

function expectApart(due: readonly number[]): void {
  for (const [index, at] of due.slice(1).entries()) expect(at - (due[index] ?? 0)).toBeGreaterThanOrEqual(15 * minute);
}

/** The store on a disk that is full: the statements that `fails` names throw. */
function failing(
  store: Store,
  fails: (name: string) => boolean,
  error: Error = new StoreUnavailable('disk full'),
): Store {
  return watched(store, (name, proceed) => {
    if (fails(name)) throw error;
    return proceed();
  });
}
