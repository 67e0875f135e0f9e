import type { FormOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { attributionOf } from '#capture/forms/attribution.ts';
import { errorsIn, readAddress, readLine, takeForm, type ReadForm } from '#capture/forms/form.ts';
import type { Records } from '#capture/store/store.ts';
import type { CommentRow } from '#capture/store/tables.ts';
import { isId } from '#capture/store/tokens.ts';
import type { Entry } from '#site/contract.ts';
import type { FieldErrors, FormFields } from '#site/form-fields.ts';
import { url } from '#site/url.ts';
import { readMoment } from './moment.ts';
import { digestOf, isVisible, readText } from './text.ts';
import { has, keepUnconfirmed } from './unconfirmed.ts';

/** A reader writes a comment, or a reply to one. It is kept until its author confirms it, and read by nobody before. */
export function commentForm(context: Context, form: FormFields, visit: Visit): Promise<FormOutcome> {
  const { site, clock } = context;
  const entry = site.entries.find(({ id }) => id === form['entry']);
  const attribution = { ...attributionOf(form, visit, undefined, context), landing: entry?.url ?? url.home };
  return takeForm(context, form, { paper: undefined, attribution, visit, read: read() });

  function read(): ReadForm['read'] {
    const closed = closedTo(entry, context, clock());
    const email = readAddress(form, visit, context);
    const { name, body, moment, errors } = readWords(form, entry);
    if (closed !== undefined || !email.address || errors || entry === undefined)
      return { errors: errorsIn({ entry: closed, ...errors, email: email.error }) };
    const { address } = email;
    const parentId = form['parent']?.trim() || undefined;
    return {
      async work(records, delay) {
        const parent = parentId === undefined ? undefined : await parentOf(records, parentId, entry);
        if (parentId !== undefined && !parent) return { parent: parentGone };
        const repliesTextId = form['replies'] || null;
        const words = { entry: entry.id, answersId: parent?.id ?? null, name, body, moment, repliesTextId };
        return keepUnconfirmed<CommentRow>(context, records, {
          ...{ what: 'comment', email: address, sourceUrl: attribution.sourceUrl, visit, delay },
          consent: repliesTextId
            ? { purpose: 'replies', textId: repliesTextId, shown: site.consent.replies }
            : undefined,
          sentBefore: ({ comments }) => comments.find((each) => has(each, words)),
          update: (comment) => records.updateComment(comment),
          add: (row) =>
            records.addComment({
              ...row,
              ...words,
              parentId: parent?.parentId ?? parent?.id ?? null,
              ...{ state: 'unconfirmed', reasons: '[]', version: 1, person: null, source: 'form' },
              ...{ digest: digestOf(body), confirmedAt: null, decidedAt: null, decidedBy: null },
              ...{ shortenedAt: null, published: null },
            }),
        });
      },
    };
  }
}

/** The words of a comment, from the form that sends or edits it. */
export function readWords(
  form: FormFields,
  entry: Pick<Entry, 'kind' | 'seconds'> | undefined,
): { name: string; body: string; moment: number | null; errors?: FieldErrors } {
  const name = readLine(form['name'], 'name');
  const body = readText(form['body'], form['parent'] ? 'reply' : 'comment');
  const moment = readMoment(form['moment'], entry);
  const nameless = name.line === null || !isVisible(name.line);
  const errors = errorsIn({
    name:
      name.error ?? (nameless ? 'Enter the name that is shown with your words. It need not be your own.' : undefined),
    body: body.error,
    moment: moment.error,
  });
  return {
    ...{ name: name.line ?? '', body: body.text ?? '', moment: moment.moment },
    ...(Object.keys(errors).length > 0 && { errors }),
  };
}

const parentGone =
  'The comment that you reply to is not here any more. Your words are below: send them as a comment of their own.';

/** The approved comment that a reply on this page may be written to. */
async function parentOf(records: Records, id: string, entry: Entry): Promise<CommentRow | undefined> {
  if (!isId(id)) return undefined;
  const parent = await records.approvedComment(id);
  return parent?.entry === entry.id ? parent : undefined;
}

/** Why no comment can be taken there, in words; undefined where it can. `now` in milliseconds since 1970. */
function closedTo(entry: Entry | undefined, { site }: Pick<Context, 'site'>, now: number): string | undefined {
  if (!entry || Date.parse(entry.publishedAt) > now)
    return 'There is no such episode or post. Copy your words, open the page that they are about, and send them there.';
  if (entry.comments === 'closed') return `Comments on “${entry.title}” are closed. You can still ask the hosts.`;
  if (!site.comments || entry.comments === undefined)
    return 'Comments are not taken here. You can still ask the hosts.';
  return undefined;
}
