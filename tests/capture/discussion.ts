import { ownerWith } from '#capture/desk/context.ts';
import { expect } from 'vitest';
import type { OwnCommentOutcome, Visit } from '#capture/capture.ts';
import { threadsOf } from '#capture/comments/threads.ts';
import { captureOf } from '#capture/compose.ts';
import type { Context } from '#capture/context.ts';
import type { Mail } from '#capture/mail/mailer.ts';
import { mailHandlers } from '#capture/outbox/handlers.ts';
import type { Store } from '#capture/store/store.ts';
import type { Site } from '#site/contract.ts';
import type { FormFields } from '#site/form-fields.ts';
import { minute, scene, site, visit } from './scene.ts';

export const accepted = { kind: 'accepted' };
export const entry = 'episodes/first-episode';
const owner = { name: 'The owner', email: 'owner@files.example' };

/** The form of a comment, filled in. */
export const commentOf = (email: string, more: FormFields = {}): FormFields => ({
  ...{ entry, name: 'Dora Skerry', email, body: 'Ours fell in at the same place.' },
  ...more,
});
export const questionOf = (email: string, more: FormFields = {}): FormFields => ({
  ...{ to: 'both', question: 'Who lights the lamp?', first: 'Dora', email, page: '/episodes/first-episode/' },
  ...more,
});
export const replies = { replies: site.consent.replies?.id };

/** A site with comments over a store, its readers, and its owner who reads their mails. */
export function discussion(store: Store, changed: Partial<Site> = {}, context: Partial<Context> = {}) {
  const at = scene(store, { site: { ...site, owner, ...changed }, ...context });
  const capture = captureOf(at.context, { countView: () => {}, queued: () => {} });
  const sent: Mail[] = [];
  const [handler] = mailHandlers(
    {
      ...{ store, secrets: at.context.secrets, address: at.context.address, clock: at.context.clock },
      hasDesk: at.context.owners.length > 0,
      ownerAddress: (owner) => ownerWith(at.context.owners, owner)?.email,
      mailer: { send: async (mail) => void sent.push(mail), check: async () => {}, close: async () => {} },
      mail: { from: 'hello@files.example', replyTo: undefined, perSecond: 10 },
    },
    () => at.context.site,
  );
  /** Sends what is due, as the server would; the mails that went out. */
  const deliver = async (): Promise<Mail[]> => {
    const before = sent.length;
    for (const row of await store.outbox.lease('answer', 1000, at.now(), at.now() + minute)) {
      await handler?.deliver(row);
      await store.outbox.finish(row);
    }
    return sent.slice(before);
  };
  const tokenIn = (mail: Mail | undefined, path: string): string => {
    const [, token] = new RegExp(`${path}\\?token=([^\\s"]+)`).exec(mail?.text ?? '') ?? [];
    if (token === undefined) throw new Error(`No mail has a link to ${path}.`);
    return decodeURIComponent(token);
  };
  return {
    ...at,
    capture,
    deliver,
    tokenIn,
    sent,
    /** Sends the form and what is due after it; the link that the mail has. */
    async written(form: FormFields, from: Visit = visit): Promise<string> {
      expect(await capture.comment(form, from)).toEqual(accepted);
      at.pass(15 * minute);
      return tokenIn(
        (await deliver()).findLast(({ kind }) => kind === 'confirm-comment'),
        '/comment/',
      );
    },
    /** A comment that was confirmed, and its own link. */
    async confirmed(form: FormFields): Promise<{ id: string; link: string; outcome: OwnCommentOutcome }> {
      const link = await this.written(form);
      const outcome = await capture.confirmComment(link, visit);
      return { id: link.split('.')[0] ?? '', link, outcome };
    },
    /** One that the owner let through by the link in their mail. */
    async approved(form: FormFields): Promise<{ id: string; link: string }> {
      const { id, link } = await this.confirmed(form);
      at.pass(5 * minute);
      const decision = await this.decisionOn(id);
      expect(await capture.decide(decision.link, 'approve', decision.version, 'owner')).toMatchObject({
        kind: 'decided',
        comment: { state: 'approved' },
      });
      at.pass(5 * minute);
      return { id, link };
    },
    /** The owner's newest link to decide on a comment, from their mail, and the version that its page shows. */
    async decisionOn(id: string): Promise<{ link: string; version: number }> {
      await deliver();
      const mail = sent.findLast(({ kind, text }) => kind === 'moderation' && text.includes(id));
      const link = tokenIn(
        { ...mail, text: mail?.text.slice(mail.text.lastIndexOf(`token=${id}`) - 10) } as Mail,
        'n/',
      );
      const looked = await capture.lookDecision(link);
      return { link, version: 'comment' in looked ? looked.comment.version : 0 };
    },
    shown: async () => threadsOf(await store.reading.publishedComments()),
    row: async (id: string) => {
      const row = (await at.rows('comment')).find((each) => each.id === id);
      if (!row) throw new Error(`There is no comment ${id}.`);
      return row;
    },
  };
}
