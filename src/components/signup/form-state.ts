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
export const errorId = (name: FieldName): string => `${name}-error`;

/** The id of what a field asks for; `scope` tells it from that of the same field in another form of the page. */
export const hintId = (name: FieldName, scope?: string): string => [scope, name, 'hint'].filter(Boolean).join('-');

/** The ids of what stands under a field, for `aria-describedby`. */
export function describedBy(
  name: FieldName,
  { hint, error, scope }: { hint?: string | undefined; error?: string | undefined; scope?: string | undefined },
): string | undefined {
  return [...(hint ? [hintId(name, scope)] : []), ...(error ? [errorId(name)] : [])].join(' ') || undefined;
}
