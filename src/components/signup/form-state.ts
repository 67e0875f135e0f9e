import type { FieldErrors, FieldName, Values } from '#site/form-fields.ts';

/** A form that was sent and is shown again. There is one on a page, so its fields have their names for ids. */
export interface FormState {
  values: Values;
  errors: FieldErrors;
  /** Whether a machine may have sent it: then a person is asked to tick a box. */
  doubtful: boolean;
  /** What it has to bring back from a busy network. */
  challenge?: string | undefined;
}

/** The id of a field's message. */
export const errorId = (name: FieldName) => `${name}-error`;
