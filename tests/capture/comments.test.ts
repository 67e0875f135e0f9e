import { describe, expect, it } from 'vitest';
import type { Capture, FormOutcome } from '#capture/capture.ts';
import { captureOf } from '#capture/compose.ts';
import type { MailPayload } from '#capture/mail/payload.ts';
import { eraseAddress } from '#capture/owner/erasure.ts';
import { signOwnLink } from '#capture/store/own-links.ts';
import type { Store } from '#capture/store/store.ts';
import type { Site } from '#site/contract.ts';
import type { FormFields } from '#site/form-fields.ts';
import { accepted, commentOf, discussion, entry, questionOf, replies } from './discussion.ts';
import { day, minute, scene, site, visit } from './scene.ts';
import { forEachStore } from './stores.ts';

const gone = { kind: 'gone' };
const errorsOf = (outcome: FormOutcome) => (outcome.kind === 'invalid' ? outcome.errors : outcome);

forEachStore('comments', ({ fresh }) => {
  describe('a comment', () => {
    it('is read by nobody before its author confirms it, waits for the owner, and stands on its page after a yes', async () => {
      const at = discussion(await fresh());
      const link = await at.written(commentOf('dora@skerry.example', { moment: '12:30' }));
      expect(await at.shown()).toEqual({});
      expect(await at.capture.lookComment(link)).toMatchObject({ kind: 'valid', comment: { state: 'unconfirmed' } });
      expect(at.sent.map(({ to }) => to)).toEqual(['dora@skerry.example']);

      expect(await at.capture.confirmComment(link, visit)).toMatchObject({
        kind: 'confirmed',
        comment: { state: 'pending', moment: 750, name: 'Dora Skerry', entry: { id: entry } },
      });
      expect(await at.shown()).toEqual({});
      const [toOwner] = await at.deliver();
      expect(toOwner).toMatchObject({ to: 'owner@files.example', subject: '1 comment waits on The D-Files' });
      const decision = at.tokenIn(toOwner, '/decision/');
      const looked = await at.capture.lookDecision(decision);
      expect(looked).toMatchObject({ kind: 'valid', comment: { reasons: ['the first comment of this person'] } });
      const seen = looked.kind === 'valid' ? looked.comment.version : 0;
      expect(await at.capture.decide(decision, 'approve', seen, 'owner')).toMatchObject({ kind: 'decided' });
      expect(await at.shown()).toEqual({
        [entry]: [
          {
            ...{ id: link.split('.')[0], name: 'Dora Skerry', body: 'Ours fell in at the same place.', moment: 750 },
            ...{ at: new Date(at.now()).toISOString(), replies: [] },
          },
        ],
      });
      expect((await at.events()).map(({ type }) => type).toSorted()).toEqual(['comment.approved', 'comment.received']);
    });

    it('is changed by no look at its links, however many there are', async () => {
      const at = discussion(await fresh());
      const link = await at.written(commentOf('dora@skerry.example'));
      const before = await at.rows('comment');
      for (let time = 0; time < 20; time += 1) await at.capture.lookComment(link);
      expect(await at.rows('comment')).toEqual(before);
      await at.capture.confirmComment(link, visit);
      const decision = at.tokenIn((await at.deliver())[0], '/decision/');
      const pending = await at.rows('comment');
      for (let time = 0; time < 20; time += 1) await at.capture.lookDecision(decision);
      expect(await at.rows('comment')).toEqual(pending);
    });

    it('is confirmed once by two who click at once, with one event and one mail to the owner', async () => {
      const at = discussion(await fresh());
      const link = await at.written(commentOf('dora@skerry.example', replies));
      const answers = await Promise.all([1, 2, 3, 4].map(() => at.capture.confirmComment(link, visit)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect((await at.events()).map(({ type }) => type)).toEqual(['comment.received']);
      expect((await at.mails()).filter(({ payload }) => payload.mail === 'moderation')).toHaveLength(1);
      const confirmed = (await at.rows('consentEvent')).filter(({ action }) => action === 'confirmed');
      expect(confirmed.map(({ purpose }) => purpose).toSorted()).toEqual(['comment', 'replies']);
    });

    it('is gone where nobody confirms it in two days, with the address that nobody confirmed', async () => {
      const at = discussion(await fresh());
      const link = await at.written(commentOf('dora@skerry.example', replies));
      await at.capture.question(questionOf('ned@halyard.example'), visit);
      at.pass(2 * day - 16 * minute);
      await at.context.store.pruneUnconfirmed(at.now() - 2 * day);
      expect(await at.capture.lookComment(link)).toMatchObject({ kind: 'valid' });
      at.pass(minute);
      expect(await at.capture.confirmComment(link, visit)).toEqual(gone);
      at.pass(16 * minute);
      expect(await at.context.store.pruneUnconfirmed(at.now() - 2 * day)).toBe(2);
      expect(await at.state()).toMatchObject({ comment: 0, question: 0, contact: 0, token: 0, outbox: 0 });
    });

    it('keeps the person of whom there is more when it is cleared away', async () => {
      const at = discussion(await fresh());
      await at.confirmed(commentOf('dora@skerry.example'));
      await at.written(commentOf('dora@skerry.example', { body: 'Another one.' }));
      at.pass(3 * day);
      expect(await at.context.store.pruneUnconfirmed(at.now() - 2 * day)).toBe(1);
      expect(await at.state()).toMatchObject({ comment: 1, contact: 1 });
    });
  });

  describe('a form of a comment that is not right', () => {
    const refused = async (capture: Capture, more: FormFields) =>
      errorsOf(await capture.comment(commentOf('dora@skerry.example', more), visit));

    it('is answered beside its fields, and brings every word back', async () => {
      const at = discussion(await fresh());
      const body = `${'A long word. '.repeat(300)}\n<b>`;
      const outcome = await at.capture.comment(commentOf('dora', { body, moment: '17:00', ...replies }), visit);
      expect(outcome).toMatchObject({
        kind: 'invalid',
        errors: {
          email: expect.stringContaining('@') as string,
          body: 'Your comment is longer than 2,000 characters. Shorten it.',
          moment: 'This episode lasts 16:40. Enter a moment before that, or leave it empty.',
        },
        values: { body, moment: '17:00', replies: true, name: 'Dora Skerry', email: 'dora', entry },
      });
      expect(await at.state()).toMatchObject({ comment: 0, contact: 0, outbox: 0 });
    });

    it('is told what a name, a text and a moment are', async () => {
      const { capture } = discussion(await fresh());
      expect(await refused(capture, { name: ' ' })).toMatchObject({ name: expect.stringContaining('Enter the name') });
      expect(await refused(capture, { name: '\u200b\u2060' })).toMatchObject({ name: expect.any(String) });
      expect(await refused(capture, { name: 'a\u202eb' })).toMatchObject({
        name: expect.stringContaining('invisible'),
      });
      expect(await refused(capture, { name: 'x'.repeat(101) })).toMatchObject({ name: expect.stringContaining('100') });
      expect(await refused(capture, { body: ' \r\n\u200b' })).toEqual({ body: 'Write your comment.' });
      expect(await refused(capture, { body: '😀'.repeat(2001) })).toMatchObject({ body: expect.any(String) });
      for (const moment of ['16:40', '1:00:00', '99:99', 'noon', '-1', `${'9'.repeat(400)}`])
        expect(await refused(capture, { moment }), moment).toMatchObject({ moment: expect.any(String) });
      expect(await refused(capture, { entry: 'posts/first-post', moment: '1:00' })).toEqual({
        moment: 'A post has no moments. Leave this empty.',
      });
    });

    it('is told where comments are closed, and where there is no such page, or none yet', async () => {
      const store = await fresh();
      const at = (changed: Partial<Site['entries'][number]>, more: Partial<Site> = {}) =>
        discussion(store, { entries: site.entries.map((each) => ({ ...each, ...changed })), ...more }).capture;
      expect(await refused(at({ comments: 'closed' }), {})).toEqual({
        entry: 'Comments on “The first episode” are closed. You can still ask the hosts.',
      });
      const off = { entry: 'Comments are not taken here. You can still ask the hosts.' };
      expect(await refused(at({ comments: undefined }), {})).toEqual(off);
      expect(await refused(at({}, { comments: undefined }), {})).toEqual(off);
      const unknown = { entry: expect.stringContaining('There is no such episode or post') as string };
      expect(await refused(at({ publishedAt: '2027-01-01T00:00:00Z' }), {})).toEqual(unknown);
      expect(await refused(at({}), { entry: 'episodes/other' })).toEqual(unknown);
      expect(await refused(at({}), { entry: undefined })).toEqual(unknown);
    });

    it('is told that what it replies to is not there, whether it never was, waits, or is on another page', async () => {
      const at = discussion(await fresh());
      const waiting = await at.confirmed(commentOf('dora@skerry.example'));
      const shown = await at.approved(commentOf('ned@halyard.example', { body: 'Another one, and a longer one too.' }));
      for (const more of [
        { parent: waiting.id },
        { parent: '0193b9a0-0000-7000-8000-000000000001' },
        { parent: `' or 1=1 --` },
        { parent: shown.id, entry: 'posts/first-post' },
      ])
        expect(await refused(at.capture, more)).toEqual({ parent: expect.stringContaining('not here any more') });
      expect(await at.capture.lookParent(waiting.id)).toEqual(gone);
      expect(await at.capture.lookParent('x')).toEqual(gone);
      expect(await at.capture.lookParent(shown.id)).toMatchObject({ kind: 'valid', parent: { name: 'Dora Skerry' } });
    });

    it('is told that a wording has changed, and what was agreed to is kept with its proof', async () => {
      const at = discussion(await fresh());
      expect(await refused(at.capture, { replies: 'a'.repeat(64) })).toEqual({
        replies: expect.stringContaining('has changed'),
      });
      expect(await at.state()).toMatchObject({ comment: 0, contact: 0 });
      await at.confirmed(commentOf('dora@skerry.example', replies));
      const events = (await at.rows('consentEvent')).map(({ purpose, action, textId, ip }) => [
        purpose,
        action,
        textId,
        ip,
      ]);
      expect(events.toSorted((one, two) => String(one).localeCompare(String(two)))).toEqual([
        ['comment', 'confirmed', null, visit.ip],
        ['replies', 'confirmed', replies.replies, visit.ip],
        ['replies', 'given', replies.replies, visit.ip],
      ]);
    });
  });

  it('keep their line breaks, at most one empty line, and nothing that turns or hides text', async () => {
    const at = discussion(await fresh());
    const body = ' One\r\ntwo \r\rthree\n\n\n\nfour\tfive\u0000\u001b[31m\u202Eevil\u202C\u2066x\u2069 \ud800 e\u0301 ';
    const { id } = await at.confirmed(commentOf('dora@skerry.example', { body }));
    expect((await at.row(id)).body).toBe('One\ntwo\n\nthree\n\nfour five[31mevilx \ufffd é');
    const widest = '😀'.repeat(2000);
    expect((await at.confirmed(commentOf('ned@halyard.example', { body: widest }))).outcome).toMatchObject({
      comment: { body: widest },
    });
  });

  describe('26: a comment that would do harm', () => {
    it('stays the text that it is, in the mail to the owner too, with signs of spam beside it', async () => {
      const at = discussion(await fresh());
      const body =
        '<script>alert(1)</script> <a href="javascript:alert(1)">x</a> javascript:alert(1) https://a.example https://b.example https://c.example casino';
      const { outcome } = await at.confirmed(commentOf('dora@skerry.example', { body, name: 'Gus Barnacle' }));
      expect(outcome).toMatchObject({ kind: 'confirmed', comment: { state: 'pending', body } });
      const [toOwner] = await at.deliver();
      expect(toOwner?.html).not.toMatch(/<script|href="javascript|<a href="javascript/i);
      expect(toOwner?.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      const looked = await at.capture.lookDecision(at.tokenIn(toOwner, '/decision/'));
      expect(looked).toMatchObject({
        comment: {
          reasons: [
            'three links or more',
            'markup, which is shown as it was typed',
            'words that spam uses',
            'signed with the name of a host',
            'the first comment of this person',
          ],
        },
      });
    });

    it('mails nothing of it to an address that is not confirmed, and nothing but the confirmation', async () => {
      const at = discussion(await fresh());
      const bait = { name: 'Win a boat', body: 'Go to https://prize.example now' };
      await at.written(commentOf('victim@one.example', { ...bait, ...replies }));
      await at.capture.question(questionOf('other@two.example', { question: bait.body, first: bait.name }), visit);
      at.pass(15 * minute);
      await at.deliver();
      expect(at.sent.map(({ kind, to }) => [kind, to])).toEqual([
        ['confirm-comment', 'victim@one.example'],
        ['confirm-question', 'other@two.example'],
      ]);
      for (const mail of at.sent)
        for (const part of [mail.subject, mail.text, mail.html, JSON.stringify(mail.headers)])
          expect(part).not.toMatch(/Win a boat|prize\.example|Dora/);
      // Nor later: the two days pass without another mail.
      at.pass(day);
      expect(await at.deliver()).toEqual([]);
    });

    it('is limited when a thousand come in a minute, and the owner gets one mail in five minutes', async () => {
      const store = await fresh();
      const at = discussion(store);
      // A bot has a network for each, and no inbox.
      const bot = (number: number) =>
        at.capture.comment(commentOf(`bot${number}@bots.example`, { body: `Buy number ${number}` }), {
          ...visit,
          ip: `2001:db8:${number.toString(16)}::1`,
        });
      for (let from = 0; from < 1000; from += 100)
        await Promise.all(Array.from({ length: 100 }, (_, index) => bot(from + index)));
      expect(await store.reading.stateCounts()).toEqual({ comments: { unconfirmed: 1000 }, questions: {} });
      expect(new Set((await at.deliver()).map(({ kind }) => kind))).toEqual(new Set(['confirm-comment']));
      at.sent.length = 0;
      // Twenty people confirm theirs, each three seconds after the last.
      for (let number = 0; number < 20; number += 1) {
        const elsewhere = { ...visit, ip: `198.51.${number}.1` };
        await at.capture.comment(commentOf(`reader${number}@one.example`, { body: `Of reader ${number}` }), elsewhere);
      }
      await at.deliver();
      for (const mail of [...at.sent]) {
        at.pass(3000);
        await at.capture.confirmComment(at.tokenIn(mail, '/comment/'), visit);
        await at.deliver();
      }
      const toOwner = () => at.sent.filter(({ kind }) => kind === 'moderation');
      expect(toOwner()).toHaveLength(1);
      at.pass(5 * minute);
      await at.deliver();
      expect(toOwner()).toHaveLength(2);
      // What comes meanwhile joins the mail that waits.
      expect((await at.mails()).filter(({ payload }) => payload.mail === 'moderation')).toHaveLength(2);
      expect(toOwner()[1]?.text).toContain('20 comments wait');
      expect(toOwner()[1]?.text.match(/\/decision\//g)).toHaveLength(20);
      expect(toOwner()[1]?.text.match(/The first episode/g)).toHaveLength(20);
      at.pass(day);
      expect(await at.deliver()).toEqual([]);
      expect(await at.shown()).toEqual({});
    });

    it('is counted by its network like any other form, before it is read', async () => {
      const store = await fresh();
      const at = scene(store, {}, { perNetwork: 5, perHour: 1000 });
      const capture = captureOf(at.context, { countView: () => {}, queued: () => {} });
      const answers: unknown[] = [];
      for (let number = 0; number < 8; number += 1) answers.push(await capture.admit(visit));
      expect(answers.filter((wait) => wait === undefined)).toHaveLength(5);
      const outcome = await capture.comment(commentOf('a@one.example'), visit);
      expect(outcome).toMatchObject({ kind: 'limited', values: { body: 'Ours fell in at the same place.' } });
    });

    it('is asked for once more with every word where the hidden field is filled in, and nothing of it is kept', async () => {
      const at = discussion(await fresh());
      const outcome = await at.capture.comment(commentOf('a@one.example', { website: 'x' }), visit);
      expect(outcome).toMatchObject({ kind: 'doubtful', values: { body: 'Ours fell in at the same place.' } });
      expect(await at.state()).toMatchObject({ comment: 0, contact: 0, outbox: 0 });
      const asked = await at.capture.question(questionOf('a@one.example', { website: 'x' }), visit);
      expect(asked).toMatchObject({ kind: 'doubtful', values: { question: 'Who lights the lamp?' } });
    });
  });

  it('sent twice by a double click are one', async () => {
    const at = discussion(await fresh());
    for (const time of [1, 2])
      expect([time, await at.capture.comment(commentOf('dora@skerry.example'), visit)]).toEqual([time, accepted]);
    expect(await at.rows('comment')).toHaveLength(1);
    expect(await at.mails()).toHaveLength(1);
  });

  it('take the same work whether the address is known, new or suppressed', async () => {
    const at = discussion(await fresh());
    await at.approved(commentOf('known@one.example'));
    const erased = await eraseAddress({ ...at.context }, 'erased@one.example');
    expect(erased).toMatchObject({ kind: 'done' });
    const work = async (form: 'comment' | 'question', email: string) => {
      let made = 0;
      const { store } = at.context;
      const counting: Store = {
        ...store,
        transaction: (unit) =>
          store.transaction((records) =>
            unit(
              new Proxy(records, {
                get: (target, name): unknown => {
                  const method: unknown = Reflect.get(target, name);
                  if (typeof method !== 'function') return method;
                  return (...values: unknown[]): unknown => {
                    made += 1;
                    return Reflect.apply(method, target, values);
                  };
                },
              }),
            ),
          ),
      };
      const capture = captureOf({ ...at.context, store: counting }, { countView: () => {}, queued: () => {} });
      at.pass(day);
      const sending =
        form === 'comment'
          ? capture.comment(commentOf(email, { body: `From ${email}`, ...replies }), visit)
          : capture.question(questionOf(email, { quote: site.consent.quote?.id }), visit);
      expect(await sending).toEqual(accepted);
      return made;
    };
    for (const form of ['comment', 'question'] as const) {
      const known = await work(form, 'known@one.example');
      expect(known).toBeGreaterThan(15);
      expect(await work(form, `new-${form}@one.example`)).toBe(known);
      expect(await work(form, 'erased@one.example')).toBe(known);
    }
    const addresses = (await at.rows('contact')).map(({ email }) => email);
    expect(addresses).toContain('new-comment@one.example');
    expect(addresses).not.toContain('erased@one.example');
  });

  describe('of a person of whom two were approved', () => {
    const known = { comments: { approval: 'first-two' as const } };

    it('are shown at once where the owner set it so, unless they have signs of spam', async () => {
      const at = discussion(await fresh(), known);
      for (const body of ['The first one.', 'The second one.'])
        await at.approved(commentOf('dora@skerry.example', { body }));
      const third = await at.confirmed(commentOf('dora@skerry.example', { body: 'The third one.' }));
      expect(third.outcome).toMatchObject({ comment: { state: 'approved' } });
      const spam = 'https://a.example https://b.example https://c.example';
      const fourth = await at.confirmed(commentOf('dora@skerry.example', { body: spam }));
      expect(fourth.outcome).toMatchObject({ comment: { state: 'pending' } });
      const other = await at.confirmed(commentOf('ned@halyard.example', { body: 'By another.' }));
      expect(other.outcome).toMatchObject({ comment: { state: 'pending' } });
    });

    it('wait like all others where every comment has to be approved', async () => {
      const at = discussion(await fresh());
      for (const body of ['The first one.', 'The second one.'])
        await at.approved(commentOf('dora@skerry.example', { body }));
      const third = await at.confirmed(commentOf('dora@skerry.example', { body: 'The third one.' }));
      expect(third.outcome).toMatchObject({ comment: { state: 'pending' } });
    });

    it('wait when one of theirs was spam', async () => {
      const at = discussion(await fresh(), known);
      for (const body of ['The first one.', 'The second one.'])
        await at.approved(commentOf('dora@skerry.example', { body }));
      const bad = await at.confirmed(commentOf('dora@skerry.example', { body: 'casino' }));
      const { link, version } = await at.decisionOn(bad.id);
      await at.capture.decide(link, 'spam', version, 'owner');
      const third = await at.confirmed(commentOf('dora@skerry.example', { body: 'The third one.' }));
      expect(third.outcome).toMatchObject({ comment: { state: 'pending' } });
    });
  });

  it('that say the same as another one are pointed out, however they are spaced', async () => {
    const at = discussion(await fresh());
    const body = 'This is the very same advertisement as before.';
    await at.confirmed(commentOf('dora@skerry.example', { body }));
    const second = await at.confirmed(commentOf('ned@halyard.example', { body: `${body.toUpperCase()}  !!` }));
    expect(JSON.parse((await at.row(second.id)).reasons)).toEqual(['same-text', 'first']);
  });

  describe('its author', () => {
    it('may edit it for ten minutes from the confirmation, and no moment longer', async () => {
      const at = discussion(await fresh());
      const link = await at.written(commentOf('dora@skerry.example'));
      const words = { name: 'Dora S.', body: 'Better words.', moment: '0:05' };
      expect(await at.capture.editComment(link, words)).toMatchObject({
        kind: 'too-late',
        values: { body: words.body },
      });
      const confirmed = await at.capture.confirmComment(link, visit);
      expect(confirmed).toMatchObject({ comment: { editableUntil: at.now() + 10 * minute } });
      at.pass(10 * minute - 1);
      expect(await at.capture.editComment(link, words)).toMatchObject({
        kind: 'done',
        comment: { body: 'Better words.', name: 'Dora S.', moment: 5, state: 'pending' },
      });
      expect(await at.capture.editComment(link, { ...words, body: '' })).toMatchObject({
        kind: 'invalid',
        errors: { body: 'Write your comment.' },
      });
      at.pass(1);
      expect(await at.capture.editComment(link, { ...words, body: 'Too late.' })).toMatchObject({ kind: 'too-late' });
      const looked = await at.capture.lookComment(link);
      expect(looked).toMatchObject({ comment: { body: 'Better words.' } });
      expect(looked).not.toHaveProperty('comment.editableUntil');
    });

    it('has an edit of a shown one looked at again, and the old link of the owner decides nothing more', async () => {
      const at = discussion(await fresh());
      const { id, link } = await at.confirmed(commentOf('dora@skerry.example'));
      const first = await at.decisionOn(id);
      await at.capture.decide(first.link, 'approve', first.version, 'owner');
      expect(await at.shown()).toHaveProperty([entry, 0]);
      const version = await at.context.store.reading.commentsVersion();
      at.pass(minute);
      expect(await at.capture.editComment(link, { name: 'Dora', body: 'Something else.' })).toMatchObject({
        comment: { state: 'pending' },
      });
      expect(await at.shown()).toEqual({});
      expect(await at.context.store.reading.commentsVersion()).toBeGreaterThan(version ?? 0);
      expect(await at.capture.decide(first.link, 'approve', first.version + 2, 'owner')).toMatchObject({
        kind: 'conflict',
        comment: { body: 'Something else.', state: 'pending' },
      });
      at.pass(5 * minute);
      const second = await at.decisionOn(id);
      expect(await at.capture.decide(second.link, 'approve', second.version, 'owner')).toMatchObject({
        kind: 'decided',
      });
    });

    it('keeps a shown one shown where they are known', async () => {
      const at = discussion(await fresh(), { comments: { approval: 'first-two' } });
      for (const body of ['The first one.', 'The second one.'])
        await at.approved(commentOf('dora@skerry.example', { body }));
      const { link } = await at.confirmed(commentOf('dora@skerry.example', { body: 'The third one.' }));
      expect(await at.capture.editComment(link, { name: 'Dora', body: 'The third, put better.' })).toMatchObject({
        comment: { state: 'approved' },
      });
    });

    it('may delete it for good at any time; replies to it stay, and its place with them', async () => {
      const at = discussion(await fresh());
      const parent = await at.approved(commentOf('dora@skerry.example', { body: 'To be forgotten.', moment: '1:00' }));
      const reply = await at.approved(commentOf('ned@halyard.example', { parent: parent.id, body: 'A reply.' }));
      const version = await at.context.store.reading.commentsVersion();
      at.pass(40 * day);
      expect(await at.capture.deleteComment(parent.link)).toMatchObject({ kind: 'done', entry: { id: entry } });
      expect(await at.shown()).toEqual({
        [entry]: [
          {
            ...{ id: parent.id, name: '', body: '', at: expect.any(String), isDeleted: true },
            replies: [expect.objectContaining({ id: reply.id, body: 'A reply.' })],
          },
        ],
      });
      expect(await at.context.store.reading.commentsVersion()).toBeGreaterThan(version ?? 0);
      expect(JSON.stringify([await at.rows('comment'), await at.rows('outbox')])).not.toContain('To be forgotten');
      for (const answer of [
        await at.capture.lookComment(parent.link),
        await at.capture.confirmComment(parent.link, visit),
        await at.capture.editComment(parent.link, {}),
        await at.capture.deleteComment(parent.link),
      ])
        expect(answer).toEqual(gone);
      await at.capture.deleteComment(reply.link);
      expect(await at.shown()).toEqual({});
    });

    it('may delete it before it is confirmed, and the address goes with it', async () => {
      const at = discussion(await fresh());
      const link = await at.written(commentOf('dora@skerry.example', replies));
      expect(await at.capture.deleteComment(link)).toMatchObject({ kind: 'done' });
      expect(await at.state()).toMatchObject({ contact: 0, token: 0, outbox: 0, consentEvent: 0 });
      expect(await at.capture.confirmComment(link, visit)).toEqual(gone);
    });

    it('has no power over it by a link that was tampered with, or is of another kind or comment', async () => {
      const at = discussion(await fresh());
      const one = await at.confirmed(commentOf('dora@skerry.example', replies));
      const other = await at.confirmed(commentOf('ned@halyard.example'));
      const [id, key, signature = ''] = one.link.split('.');
      const { link: decision } = await at.decisionOn(one.id);
      for (const text of [
        `${other.id}.${key}.${signature}`,
        `${id}.${key}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}x`,
        ...[decision, '', 'x', `${id}`],
      ]) {
        expect(await at.capture.deleteComment(text)).toEqual(gone);
        expect(await at.capture.confirmComment(text, visit)).toEqual(gone);
      }
      for (const text of [one.link, other.link]) {
        expect(await at.capture.lookDecision(text)).toEqual(gone);
        expect(await at.capture.decide(text, 'approve', 2, 'x')).toEqual(gone);
        expect(await at.capture.endReplies(text, visit)).toEqual(gone);
        expect(await at.capture.lookQuestion(text)).toEqual(gone);
      }
      expect((await at.rows('comment')).map(({ state }) => state)).toEqual(['pending', 'pending']);
    });
  });

  describe('two owners who decide at once', () => {
    it('decide once: the other is told what stands', async () => {
      const at = discussion(await fresh());
      const { id } = await at.confirmed(commentOf('dora@skerry.example'));
      const { link, version } = await at.decisionOn(id);
      const answers = await Promise.all([
        at.capture.decide(link, 'approve', version, 'Gus'),
        at.capture.decide(link, 'reject', version, 'Petra'),
      ]);
      expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['conflict', 'decided']);
      const decided = answers.find(({ kind }) => kind === 'decided');
      const conflict = answers.find(({ kind }) => kind === 'conflict');
      const what = decided && 'comment' in decided ? decided.comment : undefined;
      expect(conflict).toMatchObject({ comment: { state: what?.state, decided: what?.decided } });
      expect(await at.rows('audit')).toHaveLength(1);
      expect(await at.capture.lookDecision(link)).toMatchObject({ kind: 'conflict', comment: { state: what?.state } });
    });

    it('is refused where its author changed the words since the page was shown', async () => {
      const at = discussion(await fresh());
      const { id, link } = await at.confirmed(commentOf('dora@skerry.example'));
      const seen = await at.decisionOn(id);
      at.pass(minute);
      await at.capture.editComment(link, { name: 'Dora', body: 'Something else.' });
      expect(await at.capture.decide(seen.link, 'approve', seen.version, 'Gus')).toMatchObject({
        kind: 'conflict',
        comment: { body: 'Something else.', state: 'pending' },
      });
      expect(await at.shown()).toEqual({});
    });

    it('has a link that works for thirty days', async () => {
      const at = discussion(await fresh());
      const { id } = await at.confirmed(commentOf('dora@skerry.example'));
      const { link } = await at.decisionOn(id);
      at.pass(30 * day);
      expect(await at.capture.lookDecision(link)).toEqual(gone);
    });
  });

  describe('a reply', () => {
    const mailsAbout = (at: ReturnType<typeof discussion>) => at.sent.filter(({ kind }) => kind === 'reply');

    it('is mailed to whom it was written once it is shown, if they asked for that, and one click ends it', async () => {
      const at = discussion(await fresh());
      const parent = await at.approved(commentOf('dora@skerry.example', replies));
      await at.confirmed(commentOf('ned@halyard.example', { parent: parent.id, body: 'A reply.', name: 'Ned' }));
      at.pass(5 * minute);
      await at.deliver();
      expect(mailsAbout(at)).toEqual([]);
      const waiting = (await at.rows('comment')).find(({ parentId }) => parentId === parent.id);
      const { link, version } = await at.decisionOn(waiting?.id ?? '');
      await at.capture.decide(link, 'approve', version, 'owner');
      await at.deliver();
      const [mail] = mailsAbout(at);
      expect(mail).toMatchObject({ to: 'dora@skerry.example' });
      expect(mail?.text).toContain('A reply.');
      expect(mail?.headers).toMatchObject({
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'List-Id': 'The D-Files <replies.files.example>',
      });
      const off = at.tokenIn(mail, '/replies/');
      expect(mail?.headers['List-Unsubscribe']).toBe(`<https://files.example/replies/?token=${off}>`);
      for (const time of [1, 2])
        expect([time, await at.capture.endReplies(off, visit)]).toEqual([time, { kind: 'done' }]);
      const withdrawn = (await at.rows('consentEvent')).filter(({ action }) => action === 'withdrawn');
      expect(withdrawn).toMatchObject([{ purpose: 'replies', textId: replies.replies }]);

      await at.approved(commentOf('ned@halyard.example', { parent: parent.id, body: 'Another reply.' }));
      await at.deliver();
      expect(mailsAbout(at)).toHaveLength(1);
      await at.capture.deleteComment(parent.link);
      expect(await at.capture.endReplies(off, visit)).toEqual({ kind: 'done' });
    });

    it('is mailed to nobody who did not ask, and to nobody about their own', async () => {
      const at = discussion(await fresh());
      const silent = await at.approved(commentOf('dora@skerry.example'));
      await at.approved(commentOf('ned@halyard.example', { parent: silent.id, body: 'A reply.' }));
      const own = await at.approved(commentOf('cy@buoy.example', { body: 'Mine.', ...replies }));
      await at.approved(commentOf('cy@buoy.example', { body: 'Mine too.', parent: own.id }));
      await at.deliver();
      expect((await at.mails()).filter(({ payload }) => payload.mail === 'reply')).toEqual([]);
      expect(mailsAbout(at)).toEqual([]);
    });

    it('is not mailed any more where it was deleted, or not wanted any more, before the mail went out', async () => {
      const at = discussion(await fresh());
      const parent = await at.approved(commentOf('dora@skerry.example', replies));
      const reply = await at.approved(commentOf('ned@halyard.example', { parent: parent.id, body: 'A reply.' }));
      await at.capture.deleteComment(reply.link);
      await at.approved(commentOf('ned@halyard.example', { parent: parent.id, body: 'Another one.' }));
      const off = signOwnLink(parent.id, 'replies', at.context.secrets);
      expect(await at.capture.endReplies(off, visit)).toEqual({ kind: 'done' });
      expect((await at.mails()).filter(({ payload }) => payload.mail === 'reply')).toHaveLength(2);
      await at.deliver();
      expect(mailsAbout(at)).toEqual([]);
    });

    it('to a reply stands in the same thread, and is mailed to whom it was written', async () => {
      const at = discussion(await fresh());
      const root = await at.approved(commentOf('dora@skerry.example', replies));
      const reply = await at.approved(commentOf('ned@halyard.example', { parent: root.id, body: 'One.', ...replies }));
      await at.deliver();
      at.sent.length = 0;
      const second = await at.approved(commentOf('cy@buoy.example', { parent: reply.id, body: 'Two.' }));
      await at.deliver();
      expect((await at.shown())[entry]?.map(({ id, replies }) => [id, replies.map((each) => each.id)])).toEqual([
        [root.id, [reply.id, second.id]],
      ]);
      expect(mailsAbout(at).map(({ to }) => to)).toEqual(['ned@halyard.example']);
    });
  });

  it('of a person who is erased lose their words, and what others replied stays', async () => {
    const at = discussion(await fresh());
    const parent = await at.approved(commentOf('dora@skerry.example', { body: 'To be forgotten, every word.' }));
    await at.approved(commentOf('ned@halyard.example', { parent: parent.id, body: 'A reply.', name: 'Ned' }));
    await at.confirmed(commentOf('dora@skerry.example', { body: 'To be forgotten: it waits.' }));
    await at.capture.question(questionOf('dora@skerry.example', { question: 'To be forgotten: asked.' }), visit);
    const version = await at.context.store.reading.commentsVersion();
    expect(await eraseAddress(at.context, 'dora@skerry.example')).toMatchObject({ known: true });
    const left = JSON.stringify([
      ...[await at.rows('comment'), await at.rows('question'), await at.rows('token'), await at.rows('consentEvent')],
    ]);
    expect(left).not.toMatch(/forgotten|Dora|dora/);
    expect(await at.shown()).toMatchObject({
      [entry]: [{ isDeleted: true, name: '', replies: [{ body: 'A reply.' }] }],
    });
    expect(await at.rows('comment')).toHaveLength(2);
    expect(await at.context.store.reading.commentsVersion()).toBeGreaterThan(version ?? 0);
    expect(await at.capture.lookComment(parent.link)).toEqual(gone);
    const events = await at.events();
    expect(events.filter(({ type }) => type === 'contact.erased')).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain('forgotten');
  });

  it('make nobody a lead', async () => {
    const at = discussion(await fresh());
    await at.confirmed(commentOf('dora@skerry.example'));
    await at.capture.question(questionOf('ned@halyard.example'), visit);
    expect(await Array.fromAsync(at.context.store.reading.leads({}))).toEqual([]);
  });

  describe('a question', () => {
    it('is confirmed, comes to the owner, and its author hears that it came', async () => {
      const at = discussion(await fresh());
      const form = questionOf('dora@skerry.example', { to: 'gus-barnacle', quote: site.consent.quote?.id });
      expect(await at.capture.question(form, visit)).toEqual(accepted);
      const link = at.tokenIn((await at.deliver())[0], '/question/');
      expect(await at.capture.lookQuestion(link)).toMatchObject({ kind: 'valid', question: { state: 'unconfirmed' } });
      const answers = await Promise.all([1, 2].map(() => at.capture.confirmQuestion(link, visit)));
      for (const answer of answers)
        expect(answer).toMatchObject({
          kind: 'confirmed',
          question: { state: 'open', to: 'gus-barnacle', first: 'Dora', mayQuote: true },
        });
      const mails = await at.deliver();
      expect(mails.map(({ kind, to }) => [kind, to]).toSorted()).toEqual([
        ['moderation', 'owner@files.example'],
        ['question-came', 'dora@skerry.example'],
      ]);
      expect(mails.find(({ kind }) => kind === 'moderation')?.text).toContain('Who lights the lamp?');
      expect(await at.events()).toMatchObject([
        { type: 'question.asked', data: { question: 'Who lights the lamp?', to: 'gus-barnacle', mayQuote: true } },
      ]);
      const events = await at.rows('consentEvent');
      expect(events.map(({ purpose, action }) => `${purpose} ${action}`).toSorted()).toEqual([
        'question confirmed',
        'quote confirmed',
        'quote given',
      ]);
    });

    it('to nobody of the hosts, or without words, is told so', async () => {
      const at = discussion(await fresh());
      const outcome = await at.capture.question(
        questionOf('dora@skerry.example', { to: 'torchy', question: ' ', first: 'x'.repeat(61) }),
        visit,
      );
      expect(errorsOf(outcome)).toEqual({
        to: 'There is no such host. Ask Petra Plimsoll, Gus Barnacle, or all of them.',
        question: 'Write your question.',
        first: 'The first name is longer than 60 characters. Shorten it.',
      });
    });

    it('keeps the page that it was asked from, if that is one of the site', async () => {
      const at = discussion(await fresh());
      for (const [index, page] of ['//evil.example/', '/hosts/', 'javascript:alert(1)', '/\\evil'].entries())
        await at.capture.question(questionOf(`a${index}@one.example`, { page }), visit);
      expect((await at.rows('question')).map(({ page }) => page).toSorted()).toEqual(['/', '/', '/', '/hosts/']);
    });
  });

  it('need no owner’s address: without one nobody is mailed', async () => {
    const at = discussion(await fresh(), { owner: { name: 'The owner' } });
    await at.confirmed(commentOf('dora@skerry.example'));
    expect((await at.mails()).map(({ payload }) => (payload as MailPayload).mail)).toEqual(['confirm-comment']);
  });
});
