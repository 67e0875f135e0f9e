import { distance } from 'fastest-levenshtein';
import type { FormOutcome, Visit } from '#capture/capture.ts';
import type { Context } from '#capture/context.ts';
import type { Site } from '#site/contract.ts';
import type { FormFields } from '#site/form-fields.ts';
import { attributionOf } from './attribution.ts';
import { errorsIn, readAddress, readLine, takeForm, type ReadForm } from './form.ts';
import { recordSubmission } from './submission.ts';

/** A reader asks for a whitepaper, and for the newsletter with it if the box is ticked. */
export function requestWhitepaper(context: Context, form: FormFields, visit: Visit): Promise<FormOutcome> {
  const paper = context.site.whitepapers.find(({ slug }) => slug === form['whitepaper']);
  const attribution = attributionOf(form, visit, paper, context);
  return takeForm(context, form, { paper, attribution, visit, read: read() });

  function read(): ReadForm['read'] {
    const email = readAddress(form, visit, context);
    const name = readLine(form['name'], 'name');
    const company = readLine(form['company'], 'company');
    const whitepaper = paper ? undefined : unknownPaper(form['whitepaper'], context.site);
    if (!email.address || name.error || company.error || whitepaper)
      return { errors: errorsIn({ email: email.error, name: name.error, company: company.error, whitepaper }) };
    const request = {
      email: email.address,
      name: name.line,
      company: company.line,
      paper,
      newsletter: Boolean(form['newsletter']),
      // Without its wording there is no proof of what was agreed to: that is answered as an unknown one is.
      wordings: { whitepaper: form['wording'] ?? '', ...(form['newsletter'] && { newsletter: form['newsletter'] }) },
      attribution,
      visit,
    };
    return { work: (records, delay) => recordSubmission(context, records, { ...request, delay }) };
  }
}

/** Longer than any slug. */
const longestSlug = 120;

function unknownPaper(named: string | undefined, { whitepapers }: Site): string {
  const slug = (named ?? '').slice(0, longestSlug);
  const [nearest] = whitepapers.toSorted((a, b) => distance(slug, a.slug) - distance(slug, b.slug));
  return nearest
    ? `There is no such whitepaper. The nearest is “${nearest.title}”: ask for it on its page, ${nearest.url}`
    : 'There is no such whitepaper.';
}
