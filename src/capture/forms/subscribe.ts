import type { FormOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import type { FormFields } from '#site/form-fields.ts';
import { attributionOf } from './attribution.ts';
import { errorsIn, readAddress, takeForm, type ReadForm } from './form.ts';
import { recordSubmission } from './submission.ts';

/** A reader asks for the newsletter. */
export function subscribe(context: Context, form: FormFields, visit: Visit): Promise<FormOutcome> {
  const attribution = attributionOf(form, visit, undefined, context);
  return takeForm(context, form, { paper: undefined, attribution, visit, read: read() });

  function read(): ReadForm['read'] {
    const email = readAddress(form, visit, context);
    const newsletter = form['newsletter']
      ? undefined
      : 'Tick the box if you want the newsletter; without it none can be sent.';
    if (!email.address || newsletter) return { errors: errorsIn({ email: email.error, newsletter }) };
    const request = {
      email: email.address,
      name: null,
      company: null,
      paper: undefined,
      newsletter: true,
      wordings: { newsletter: form['newsletter'] ?? '' },
      attribution,
      visit,
    };
    return { work: (records, delay) => recordSubmission(context, records, { ...request, delay }) };
  }
}
