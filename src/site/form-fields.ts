/** The fields of a form as they came: untrusted text. */
export type FormFields = Readonly<Record<string, string | undefined>>;

/** The field that chooses a text to be confirmed; its value is the version that was shown. */
export const chosenText = (id: string): string => `text-${id}`;

/** The field that chooses an entry for a digest. */
export const chosenEntry = (id: string): string => `with-${id}`;

/** The fields that a message can stand beside. */
export type FieldName =
  | ('email' | 'name' | 'company' | 'whitepaper' | 'newsletter')
  | ('entry' | 'parent' | 'body' | 'moment' | 'replies')
  | ('to' | 'question' | 'first' | 'quote');

/** A message for each field that has to be corrected. */
export type FieldErrors = Partial<Record<FieldName, string>>;

/** What a form that was refused is filled with again. */
export interface Values {
  email: string;
  name: string;
  company: string;
  newsletter: boolean;
  whitepaper: string;
  from: string;
  /** The slug of the partner who sent the reader. */
  partner: string;
  /** Of a comment: `episodes/<slug>`, and the id of the comment that it replies to. */
  entry: string;
  parent: string;
  body: string;
  moment: string;
  replies: boolean;
  /** Of a question: `both` or the slug of a host. */
  to: string;
  question: string;
  first: string;
  quote: boolean;
  /** The path of the page that it was asked from. */
  page: string;
}

/** What is shown again of a form as it came; long texts whole, so that nobody has to write them again. */
export function valuesIn(form: FormFields): Values {
  const value = (name: string) => (form[name] ?? '').slice(0, longestValue);
  const named = (name: string) => Boolean(form[name]);
  return {
    ...{ email: value('email'), name: value('name'), company: value('company') },
    ...{ newsletter: named('newsletter'), whitepaper: value('whitepaper'), from: value('from') },
    partner: value('partner'),
    ...{ entry: value('entry'), parent: value('parent'), body: form['body'] ?? '', moment: value('moment') },
    ...{ replies: named('replies'), to: value('to'), question: form['question'] ?? '', first: value('first') },
    ...{ quote: named('quote'), page: value('page') },
  };
}

/** Longer than any line that is taken; a page need not carry more back. */
const longestValue = 400;

/** The longest name or company that is taken, in characters. */
export const longestLine = 100;

/** The field that people never meet, and that machines fill in, and now and then a password manager. */
export const honeypot = 'website';

/** The box that a form has in its place where it came back with it filled in. */
export const personBox = 'person';

/** The longest e-mail address that is taken, in characters (RFC 5321, section 4.5.3.1.3, without its angle brackets). */
export const longestAddress = 254;

/**
 * How hard the challenge is that a form from a busy network has to solve: so many bits are zeros, which takes two to
 * that power of tries.
 */
export const proofBits = 15;
