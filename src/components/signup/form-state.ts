/** What a form that was refused is filled with again. */
export interface Values {
  email: string;
  name: string;
  company: string;
  newsletter: boolean;
  whitepaper: string;
  from: string;
}

export type FieldName = 'email' | 'name' | 'company' | 'whitepaper' | 'newsletter';
export type Errors = Partial<Record<FieldName, string>>;

/** A form that was sent and is shown again. There is one on a page, so its fields have their names for ids. */
export interface FormState {
  values: Values;
  errors: Errors;
}

/** The id of a field's message. */
export const errorId = (name: FieldName) => `${name}-error`;
