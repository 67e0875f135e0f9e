/** The fields of a form as they came: untrusted text. */
export type FormFields = Readonly<Record<string, string | undefined>>;

/** The fields that a message can stand beside. */
export type FieldName = 'email' | 'name' | 'company' | 'whitepaper' | 'newsletter';

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
}

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
