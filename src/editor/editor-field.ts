/** A field of Sveltia CMS, as far as this site's model needs its kinds. */
export interface EditorField {
  name: string;
  label: string;
  widget: Widget;
  required?: boolean;
  hint?: string;
  /** Whether it is part of the preview. */
  preview?: false;
  pattern?: [source: string, message: string];
  maxlength?: number;
  min?: number;
  max?: number;
  type?: string;
  format?: string;
  value_type?: 'int' | 'float';
  options?: readonly { label: string; value: string | boolean }[];
  multiple?: boolean;
  dropdown_threshold?: number;
  accept?: string;
  choose_url?: boolean;
  collection?: string;
  value_field?: string;
  display_fields?: readonly string[];
  collapsed?: 'auto';
  field?: EditorField;
  fields?: readonly EditorField[];
  /** The forms that a value may have; one that is no group stands in a group of its own, as its `value`. */
  types?: readonly { name: string; label: string; fields: readonly EditorField[] }[];
  typeKey?: string;
  /** Digits alone are a number: seconds. */
  isNumeric?: true;
  /** The field whose day it gives an hour; in the file both are one field. */
  timeOf?: string;
}

type Widget =
  | 'string'
  | 'text'
  | 'number'
  | 'datetime'
  | 'select'
  | 'relation'
  | 'file'
  | 'image'
  | 'list'
  | 'object'
  | 'keyvalue'
  | 'markdown';
