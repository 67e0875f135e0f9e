import type { FormOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import { attributionOf } from '#capture/forms/attribution.ts';
import { errorsIn, readAddress, readLine, takeForm, type ReadForm } from '#capture/forms/form.ts';
import { longestFirstName } from '#site/comments.ts';
import type { QuestionRow } from '#capture/store/tables.ts';
import type { FormFields } from '#site/form-fields.ts';
import { url } from '#site/url.ts';
import { digestOf, readText } from './text.ts';
import { has, keepUnconfirmed } from './unconfirmed.ts';

/** Who is asked where it is no single host. */
const both = 'both';

/** A reader asks the hosts. The question is kept until the reader confirms it, and shown to nobody but the owner. */
export function questionForm(context: Context, form: FormFields, visit: Visit): Promise<FormOutcome> {
  const { site } = context;
  const page = pageOf(form['page']);
  const attribution = { ...attributionOf(form, visit, undefined, context), landing: page };
  return takeForm(context, form, { paper: undefined, attribution, visit, read: read() });

  function read(): ReadForm['read'] {
    const email = readAddress(form, visit, context);
    const question = readText(form['question'], 'question');
    const first = readLine(form['first'], 'first name');
    const tooLong = [...(first.line ?? '')].length > longestFirstName;
    const recipient = form['to']?.trim() || both;
    const to = recipient === both || site.hosts.some(({ slug }) => slug === recipient) ? undefined : nobody(context);
    if (!email.address || question.error !== undefined || first.error !== undefined || tooLong || to)
      return {
        errors: errorsIn({
          ...{ to, question: question.error, email: email.error },
          first: tooLong ? `The first name is longer than ${longestFirstName} characters. Shorten it.` : first.error,
        }),
      };
    const { address } = email;
    const { text } = question;
    return {
      async work(records, delay) {
        const quoteTextId = form['quote'] || null;
        const words = { recipient, firstName: first.line, body: text, quoteTextId };
        return keepUnconfirmed<QuestionRow>(context, records, {
          ...{ what: 'question', email: address, sourceUrl: attribution.sourceUrl, visit, delay },
          consent: quoteTextId ? { purpose: 'quote', textId: quoteTextId, shown: site.consent.quote } : undefined,
          sentBefore: ({ questions }) => questions.find((each) => has(each, words)),
          update: (question) => records.updateQuestion(question),
          add: (row) =>
            records.addQuestion({
              ...row,
              ...words,
              ...{ page, state: 'unconfirmed', reasons: '[]', version: 1, digest: digestOf(text) },
              ...{ answer: null, answeredIn: null, confirmedAt: null, decidedAt: null, decidedBy: null },
            }),
        });
      },
    };
  }
}

const nobody = ({ site }: Pick<Context, 'site'>) =>
  `There is no such host. Ask ${site.hosts.map(({ name }) => name).join(', ')}, or all of them.`;

/** The path of a page of this site, as the form names it; that of the home page for anything else. */
function pageOf(written: string | undefined): string {
  return written !== undefined && /^\/(?![/\\])[^\s\\]{0,399}$/.test(written) ? written : url.home;
}
