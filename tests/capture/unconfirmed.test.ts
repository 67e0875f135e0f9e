import { describe, expect, it } from 'vitest';
import type { Capture, FormOutcome, OwnCommentOutcome, OwnQuestionOutcome, Visit } from '#capture/capture.ts';
import { confirm } from '#capture/links/confirm.ts';
import { requestWhitepaper } from '#capture/forms/request-whitepaper.ts';
import { eraseAddress } from '#capture/owner/erasure.ts';
import { signOwnLink } from '#capture/store/own-links.ts';
import { accepted, commentOf, discussion, questionOf, replies } from './discussion.ts';
import { day, minute, paperForm, site, visit } from './scene.ts';
import { forEachStore } from './stores.ts';

const dora = 'dora@skerry.example';
/** Another network each. */
const elsewhere = (n: number): Visit => ({ ...visit, ip: `198.51.${n}.1` });
const about = (n: number) => ({ body: `What I think of it, part ${n}.` });

type Looked = OwnCommentOutcome | OwnQuestionOutcome;
const waitingIn = (outcome: Looked) => ('waiting' in outcome ? outcome.waiting : []);
const bodiesIn = (outcome: Looked) => waitingIn(outcome).map(({ body }) => body);
/** What the page behind a link shows, as its button sends it back. */
const seenIn = (outcome: Looked): Record<string, number> =>
  Object.fromEntries(waitingIn(outcome).map(({ id, version }) => [id, version]));

type At = ReturnType<typeof discussion>;
const confirmAll = async ({ capture }: At, link: string) =>
  capture.confirmComment(link, visit, seenIn(await capture.lookComment(link)));
const confirmations = (at: At) => at.sent.filter(({ kind }) => kind.startsWith('confirm-'));
const unconfirmed = async (at: At) =>
  [...(await at.rows('comment')), ...(await at.rows('question'))].filter(({ state }) => state === 'unconfirmed').length;

forEachStore('what waits for its author', ({ fresh }) => {
  describe('of who comes from where they confirmed their address', () => {
    const atHome = async () => {
      const at = discussion(await fresh());
      await at.confirmed(commentOf(dora));
      return at;
    };

    it('is mailed at once, however fast they talk', async () => {
      const at = await atHome();
      for (let n = 1; n <= 5; n += 1) {
        expect(await at.capture.comment(commentOf(dora, about(n)), visit)).toEqual(accepted);
        // The owner is written to as well, about the one before.
        const mail = (await at.deliver()).find(({ kind }) => kind === 'confirm-comment');
        expect(mail).toMatchObject({ to: dora });
        expect(await at.capture.confirmComment(at.tokenIn(mail, '/comment/'), visit)).toMatchObject({
          comment: { state: 'pending' },
        });
        at.pass(minute);
      }
    });

    it('is mailed ten times before they confirm any of it, and kept beyond that', async () => {
      const at = await atHome();
      at.sent.length = 0;
      for (let n = 1; n <= 15; n += 1) {
        expect(await at.capture.comment(commentOf(dora, about(n)), visit)).toEqual(accepted);
        await at.deliver();
        at.pass(minute);
      }
      expect(confirmations(at)).toHaveLength(10);
      const link = at.tokenIn(confirmations(at).at(-1), '/comment/');
      expect(waitingIn(await at.capture.lookComment(link))).toHaveLength(15);
      await confirmAll(at, link);
      expect(await unconfirmed(at)).toBe(0);
      at.pass(2 * day);
      await at.deliver();
      expect(confirmations(at)).toHaveLength(10);
    });

    it('takes none of the mails that others can cause, nor do theirs hold it up', async () => {
      const at = await atHome();
      const stranger = async (n: number) => at.capture.comment(commentOf(dora, about(n)), elsewhere(n));
      for (let n = 1; n <= 5; n += 1) await stranger(n);
      await at.deliver();
      at.sent.length = 0;
      for (let n = 6; n <= 8; n += 1) await at.capture.comment(commentOf(dora, about(n)), visit);
      expect(await at.deliver()).toHaveLength(3);
      await requestWhitepaper(at.context, paperForm(dora), visit);
      expect((await at.mails()).at(-1)?.payload).toMatchObject({ mail: 'download' });
    });
  });

  describe('of an address', () => {
    it('is shown whole by the one mail that came, and confirmed by one click', async () => {
      const at = discussion(await fresh());
      await at.capture.comment(commentOf(dora, { ...about(1), ...replies }), visit);
      const link = at.tokenIn((await at.deliver())[0], '/comment/');
      at.pass(minute);
      await at.capture.comment(commentOf(dora, { ...about(2), moment: '1:00' }), visit);
      await at.capture.question(questionOf(dora), visit);
      const looked = await at.capture.lookComment(link);
      expect(waitingIn(looked)).toMatchObject([
        { kind: 'comment', ...about(1), name: 'Dora Skerry', version: 1, entry: { title: 'The first episode' } },
        { kind: 'comment', ...about(2), moment: 60 },
        { kind: 'question', body: 'Who lights the lamp?' },
      ]);
      expect(await confirmAll(at, link)).toMatchObject({ kind: 'confirmed', comment: { state: 'pending' } });
      expect((await at.rows('comment')).map(({ state }) => state)).toEqual(['pending', 'pending']);
      expect((await at.rows('question')).map(({ state }) => state)).toEqual(['open']);
      const purposes = (await at.rows('consentEvent')).filter(({ action }) => action === 'confirmed');
      expect(purposes.map(({ purpose }) => purpose).toSorted()).toEqual(['comment', 'comment', 'question', 'replies']);
      expect((await at.events()).map(({ type }) => type).toSorted()).toEqual([
        'comment.received',
        'comment.received',
        'question.asked',
      ]);
      // The second mail, which had to wait, has nothing to ask any more.
      at.pass(day);
      await at.deliver();
      expect(confirmations(at)).toHaveLength(1);
    });

    it('is mailed again after a quarter of an hour, where the first mail is not answered', async () => {
      const at = discussion(await fresh());
      for (const n of [1, 2, 3]) await at.capture.comment(commentOf(dora, about(n)), visit);
      expect(await at.deliver()).toHaveLength(1);
      at.pass(15 * minute - 1);
      expect(await at.deliver()).toEqual([]);
      at.pass(1);
      const [mail] = await at.deliver();
      expect(mail?.subject).toBe('Confirm what you wrote on The D-Files');
      expect(mail?.text.replace(/\s+/g, ' ')).toContain('3 comments');
      const looked = await at.capture.lookComment(at.tokenIn(mail, '/comment/'));
      expect(bodiesIn(looked).toSorted()).toEqual([1, 2, 3].map((n) => about(n).body));
    });

    it('has the quarter of an hour begin anew when its person confirms something', async () => {
      const at = discussion(await fresh());
      await at.capture.comment(commentOf(dora, about(1)), elsewhere(1));
      const [mail] = await at.deliver();
      at.pass(minute);
      await at.capture.confirmComment(at.tokenIn(mail, '/comment/'), elsewhere(2));
      at.pass(minute);
      await at.capture.comment(commentOf(dora, about(2)), elsewhere(3));
      expect(await at.deliver()).toMatchObject([{ kind: 'moderation' }, { kind: 'confirm-comment' }]);
    });

    it('is mailed the next day where the day has had its mails, and waits from then on', async () => {
      const at = discussion(await fresh());
      for (const [n, { slug }] of site.whitepapers.slice(0, 3).entries())
        await requestWhitepaper(at.context, paperForm(dora, { whitepaper: slug }), elsewhere(n));
      expect(await at.capture.comment(commentOf(dora), visit)).toEqual(accepted);
      at.pass(day - 1);
      await at.deliver();
      expect(confirmations(at)).toEqual([]);
      at.pass(1);
      await at.deliver();
      const [mail] = confirmations(at);
      at.pass(2 * day - 1);
      await at.context.store.pruneUnconfirmed(at.now() - 2 * day);
      const link = at.tokenIn(mail, '/comment/');
      expect(await at.capture.lookComment(link)).toMatchObject({ kind: 'valid' });
      await confirmAll(at, link);
      expect((await at.rows('comment'))[0]?.state).toBe('pending');
    });

    it('is mailed three times a day at most, whatever is written under it and from wherever', async () => {
      const at = discussion(await fresh());
      for (let n = 0; n < 200; n += 1) {
        await at.capture.comment(commentOf(dora, about(n)), elsewhere(n));
        await at.capture.question(questionOf(dora, { question: `Number ${n}?` }), elsewhere(n));
        await at.deliver();
        at.pass(30 * minute);
      }
      const due = (await at.mails()).map(({ runAt }) => runAt);
      expect(due.length).toBeGreaterThan(6);
      for (const last of due)
        expect(due.filter((each) => each > last - day && each <= last).length).toBeLessThanOrEqual(3);
    });

    it('is mailed for one network twice in a day at most', async () => {
      const at = discussion(await fresh());
      for (let n = 0; n < 10; n += 1) {
        await at.capture.comment(commentOf(dora, about(n)), elsewhere(1));
        await at.deliver();
        at.pass(20 * minute);
      }
      expect(confirmations(at)).toHaveLength(2);
      await at.capture.comment(commentOf(dora, about(10)), elsewhere(2));
      expect(await at.deliver()).toHaveLength(1);
    });

    it('counts once where the form is sent again, and its mail comes again', async () => {
      const at = discussion(await fresh());
      const send = () => at.capture.comment(commentOf(dora, replies), visit);
      for (const time of [1, 2]) expect([time, await send()]).toEqual([time, accepted]);
      await at.deliver();
      at.pass(15 * minute - 1);
      expect(await at.deliver()).toEqual([]);
      at.pass(minute);
      await send();
      expect(await at.deliver()).toHaveLength(1);
      expect(await at.rows('comment')).toHaveLength(1);
      expect((await at.rows('consentEvent')).filter(({ action }) => action === 'given')).toHaveLength(1);
      // It waits for as long as the last mail says.
      at.pass(2 * day - 1);
      const link = at.tokenIn(confirmations(at).at(-1), '/comment/');
      expect(await at.capture.lookComment(link)).toMatchObject({ kind: 'valid' });
    });

    it('comes with a mail whose own text was deleted meanwhile', async () => {
      const at = discussion(await fresh());
      await at.capture.comment(commentOf(dora, about(1)), visit);
      at.pass(1);
      await at.capture.comment(commentOf(dora, about(2)), visit);
      await at.capture.question(questionOf(dora), visit);
      const [first] = await at.rows('comment');
      await at.capture.deleteComment(signOwnLink(first?.id ?? '', 'comment', at.context.secrets));
      const [mail] = await at.deliver();
      const looked = await at.capture.lookComment(at.tokenIn(mail, '/comment/'));
      expect(bodiesIn(looked)).toEqual([about(2).body, 'Who lights the lamp?']);
    });

    it('can be asked for by the form of new links', async () => {
      const at = discussion(await fresh());
      await at.capture.question(questionOf(dora), visit);
      await at.deliver();
      at.pass(day);
      expect(await at.capture.sendNewLink({ email: dora }, visit)).toEqual(accepted);
      const [mail] = await at.deliver();
      expect(mail).toMatchObject({ kind: 'confirm-question', to: dora });
      at.pass(2 * day - 1);
      expect(await at.capture.lookQuestion(at.tokenIn(mail, '/question/'))).toMatchObject({ kind: 'valid' });
      expect(await at.capture.sendNewLink({ email: 'nobody@one.example' }, visit)).toEqual(accepted);
    });
  });

  describe('is confirmed', () => {
    const three = async () => {
      const at = discussion(await fresh());
      for (const n of [1, 2]) {
        await at.capture.comment(commentOf(dora, about(n)), visit);
        at.pass(1);
      }
      await at.capture.question(questionOf(dora), visit);
      const link = at.tokenIn((await at.deliver())[0], '/comment/');
      return { at, link, looked: await at.capture.lookComment(link) };
    };

    it('as far as it was shown and chosen: the rest goes on waiting', async () => {
      const { at, link, looked } = await three();
      const [first, second, third] = waitingIn(looked);
      await at.capture.comment(commentOf(dora, about(3)), visit);
      const seen = { [first?.id ?? '']: 1, [third?.id ?? '']: 1 };
      expect(await at.capture.confirmComment(link, visit, seen)).toMatchObject({ kind: 'confirmed' });
      const again = await at.capture.lookComment(link);
      expect(bodiesIn(again)).toEqual([second?.body, about(3).body]);
      expect(again).toMatchObject({ comment: { ...about(1), state: 'pending' } });
      await confirmAll(at, link);
      expect(await unconfirmed(at)).toBe(0);
    });

    it('in no other version than the one that was shown', async () => {
      const { at, link, looked } = await three();
      const [first, second] = waitingIn(looked);
      await at.capture.confirmComment(link, visit, { [first?.id ?? '']: 2, [second?.id ?? '']: 0 });
      expect(await unconfirmed(at)).toBe(3);
    });

    it('only where it is of the same address, and not forgotten', async () => {
      const { at, link } = await three();
      await at.capture.comment(commentOf('ned@halyard.example'), visit);
      const other = (await at.rows('comment')).find(({ name, body }) => name && body.startsWith('Ours'));
      await at.capture.confirmComment(link, visit, { [other?.id ?? '']: 1, x: 1, '': 1 });
      expect(await unconfirmed(at)).toBe(4);
      at.pass(2 * day);
      expect(await at.capture.confirmComment(link, visit, { [other?.id ?? '']: 1 })).toEqual({ kind: 'gone' });
    });

    it('as that of the link alone, where the page named nothing', async () => {
      const { at, link } = await three();
      await at.capture.confirmComment(link, visit);
      expect(await unconfirmed(at)).toBe(2);
    });

    it('by the link of a question as well, with one mail that says which questions came', async () => {
      const at = discussion(await fresh());
      for (const question of ['Who lights the lamp?', 'Who puts it out?'])
        await at.capture.question(questionOf(dora, { question }), visit);
      await at.capture.comment(commentOf(dora), visit);
      const link = at.tokenIn((await at.deliver())[0], '/question/');
      const looked = await at.capture.lookQuestion(link);
      expect(waitingIn(looked)).toHaveLength(3);
      const answers = await Promise.all([1, 2].map(() => at.capture.confirmQuestion(link, visit, seenIn(looked))));
      for (const answer of answers) expect(answer).toMatchObject({ kind: 'confirmed', question: { state: 'open' } });
      const came = (await at.deliver()).filter(({ kind }) => kind === 'question-came');
      expect(came).toHaveLength(1);
      expect(came[0]?.text).toContain('Who lights the lamp?');
      expect(came[0]?.text).toContain('Who puts it out?');
      expect((await at.rows('comment'))[0]?.state).toBe('pending');
    });

    it('and found again by its author with all else of theirs, by any link of theirs', async () => {
      const { at, link } = await three();
      await confirmAll(at, link);
      const looked = await at.capture.lookComment(link);
      const others = 'others' in looked ? looked.others : [];
      expect(others).toMatchObject([
        { kind: 'question', body: 'Who lights the lamp?', state: 'open' },
        { kind: 'comment', ...about(2), state: 'pending', entry: { title: 'The first episode' } },
      ]);
      const second = others.find(({ kind }) => kind === 'comment')?.link ?? '';
      expect(await at.capture.editComment(second, { name: 'Dora', body: 'Better.' })).toMatchObject({ kind: 'done' });
      expect(await at.capture.deleteComment(second)).toMatchObject({ kind: 'done' });
      const left = await at.capture.lookComment(link);
      expect('others' in left && left.others.map(({ kind }) => kind)).toEqual(['question']);
    });
  });

  describe('is bounded', () => {
    const tooMany = { kind: 'invalid', errors: { email: expect.stringContaining('no more are taken') as string } };
    const answers = async (capture: Capture, email: string, visits: readonly Visit[]): Promise<FormOutcome[]> => {
      const given: FormOutcome[] = [];
      for (const [n, from] of visits.entries()) given.push(await capture.comment(commentOf(email, about(n)), from));
      return given;
    };
    const kinds = (outcomes: readonly FormOutcome[]) => outcomes.map(({ kind }) => kind);
    const times = <Value>(count: number, value: Value) => Array.from({ length: count }, () => value);

    it('at ten texts of one network in two days, and no word of it shows whose address it is', async () => {
      const at = discussion(await fresh());
      await at.confirmed(commentOf('known@one.example'));
      await eraseAddress(at.context, 'erased@one.example');
      await at.capture.comment(commentOf('waits@one.example'), elsewhere(1));
      const seen: unknown[] = [];
      for (const email of ['known@one.example', 'new@one.example', 'erased@one.example']) {
        const given = await answers(at.capture, email, times(12, elsewhere(2)));
        expect(kinds(given)).toEqual([...times(10, 'accepted'), ...times(2, 'invalid')]);
        expect(given.at(-1)).toMatchObject(tooMany);
        const last = given.at(-1);
        seen.push(last && 'errors' in last && last.errors);
      }
      expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1);
      const asked = await at.capture.question(questionOf('new@one.example'), elsewhere(2));
      expect(asked).toMatchObject({ ...tooMany, values: { question: 'Who lights the lamp?' } });
      expect(await at.capture.comment(commentOf('new@one.example'), elsewhere(3))).toEqual(accepted);
    });

    it('so that a refusal is not lifted by what the person confirms, which strangers could see', async () => {
      const at = discussion(await fresh());
      await answers(at.capture, dora, times(10, elsewhere(1)));
      await confirmAll(at, at.tokenIn((await at.deliver())[0], '/comment/'));
      expect(await at.capture.comment(commentOf(dora), elsewhere(1))).toMatchObject(tooMany);
      at.pass(2 * day);
      expect(await at.capture.comment(commentOf(dora), elsewhere(1))).toEqual(accepted);
    });

    it('at thirty texts of all strangers, of whom none keeps the person from writing at home', async () => {
      const at = discussion(await fresh());
      await at.confirmed(commentOf(dora));
      const strangers = Array.from({ length: 40 }, (_, n) => elsewhere(n));
      const given = await answers(at.capture, dora, strangers);
      // One was their own, before the address was theirs.
      expect(kinds(given)).toEqual([...times(29, 'accepted'), ...times(11, 'invalid')]);
      expect(await at.capture.comment(commentOf(dora, { body: 'Mine.' }), visit)).toEqual(accepted);
      const mail = (await at.deliver()).findLast(({ kind }) => kind === 'confirm-comment');
      const looked = await at.capture.lookComment(at.tokenIn(mail, '/comment/'));
      expect(bodiesIn(looked)).toContain('Mine.');
      expect(waitingIn(looked)).toHaveLength(30);
    });

    it('at home at thirty that wait, which confirming them ends', async () => {
      const at = discussion(await fresh());
      await at.confirmed(commentOf(dora));
      const given = await answers(at.capture, dora, times(31, visit));
      expect(kinds(given)).toEqual([...times(30, 'accepted'), 'invalid']);
      at.pass(minute);
      await confirmAll(at, at.tokenIn((await at.deliver()).at(-1), '/comment/'));
      expect(await at.capture.comment(commentOf(dora, { body: 'One more.' }), visit)).toEqual(accepted);
    });

    it('for a mailbox, whatever is put into its addresses', async () => {
      const at = discussion(await fresh());
      const given: FormOutcome[] = [];
      for (let n = 0; n < 12; n += 1)
        given.push(await at.capture.comment(commentOf(`dora+${n}@skerry.example`), visit));
      expect(kinds(given).filter((kind) => kind === 'accepted')).toHaveLength(10);
      // Who is refused is not kept.
      expect(await at.rows('contact')).toHaveLength(10);
      expect((await at.mails()).length).toBeLessThanOrEqual(6);
    });
  });

  it('is not lost with a paper that is confirmed meanwhile', async () => {
    const at = discussion(await fresh());
    await requestWhitepaper(at.context, paperForm(dora), visit);
    const link = await at.link();
    await at.capture.comment(commentOf(dora), visit);
    expect(await confirm(at.context, link, visit)).toMatchObject({ kind: 'confirmed' });
    at.pass(15 * minute);
    await at.deliver();
    expect(confirmations(at)).toHaveLength(1);
  });
});
