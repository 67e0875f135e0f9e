import type { EditorField } from './editor-field.ts';

/** The name of the form of a value, among its fields. The model has no field of that name. */
export const typeKey = '$form';

/** What follows the day and its `T` in an instant with its offset (ISO 8601); seconds may be left out. */
export const timePattern = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|(?:\+|-)(?:[01]\d|2[0-3]):[0-5]\d)$/;

type Values = Record<string, unknown>;

/** A value of a file as the editor holds it: one that may have several forms says which it has. */
export function toForm(value: unknown, field: EditorField): unknown {
  if (value === undefined || value === null) return value;
  if (field.widget === 'datetime') return String(value).slice(0, day);
  if (field.isNumeric) return String(value);
  if (field.types) {
    const type = typeOf(value, field);
    if (!type) return value;
    return isValues(value)
      ? { [typeKey]: type.name, ...fieldsToForm(value, type.fields) }
      : { [typeKey]: type.name, value: type.fields[0] ? toForm(value, type.fields[0]) : value };
  }
  if (Array.isArray(value) && field.widget === 'list')
    return value.map((each: unknown) =>
      field.fields
        ? isValues(each)
          ? fieldsToForm(each, field.fields)
          : each
        : field.field
          ? toForm(each, field.field)
          : each,
    );
  return isValues(value) && field.fields ? fieldsToForm(value, field.fields) : value;
}

export const fieldsToForm = (values: Values, fields: readonly EditorField[]): Values => ({
  ...mapped(values, fields, toForm),
  ...Object.fromEntries(
    fields.flatMap(({ name, timeOf }) => {
      const time = timeOf === undefined ? undefined : timeIn(values[timeOf]);
      return time ? [[name, time]] : [];
    }),
  ),
});

/** What the editor holds as the file has it. `before` is what the file had: what is the same stays as it was written. */
export function fromForm(value: unknown, field: EditorField, before: unknown): unknown {
  if (isEmpty(value)) return isEmpty(before) ? before : undefined;
  // The hour of a day that has no field for it is kept as long as the day is.
  if (field.widget === 'datetime') return toForm(before, field) === value ? before : value;
  if (field.isNumeric) return toForm(before, field) === value ? before : asNumber(String(value));
  if (field.widget === 'image' || field.widget === 'file') return beside(String(value));
  if (field.types && isValues(value)) {
    const { [typeKey]: name, ...rest } = value;
    const type = field.types.find((each) => each.name === name);
    const [only] = type?.fields ?? [];
    if (only?.name === 'value' && type?.fields.length === 1) return fromForm(rest['value'], only, before);
    return fieldsFromForm(rest, type?.fields ?? [], isValues(before) ? before : {});
  }
  if (Array.isArray(value) && field.widget === 'list') {
    const old: unknown[] = Array.isArray(before) ? before : [];
    return value.flatMap((each: unknown, i) => {
      const item = field.fields
        ? isValues(each)
          ? fieldsFromForm(each, field.fields, isValues(old[i]) ? old[i] : {})
          : each
        : field.field
          ? fromForm(each, field.field, old[i])
          : each;
      return isEmpty(item) ? [] : [item];
    });
  }
  if (isValues(value) && field.fields) return fieldsFromForm(value, field.fields, isValues(before) ? before : {});
  if (typeof value !== 'string') return value;
  return typeof before === 'string' && before.trim() === value.trim() ? before : value.trim();
}

/** Without what is empty and was not there before, in the order of `before`. */
export function fieldsFromForm(values: Values, fields: readonly EditorField[], before: Values): Values {
  const made = mapped(values, fields, (value, field) => fromForm(value, field, before[field.name]));
  for (const { name, timeOf } of fields) {
    if (timeOf === undefined) continue;
    delete made[name];
    if (!isEmpty(values[timeOf])) made[timeOf] = instantOf(String(values[timeOf]), values[name], before[timeOf]);
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(made)])];
  return Object.fromEntries(
    names.flatMap((name) =>
      made[name] === undefined || (isEmpty(made[name]) && !(name in before)) ? [] : [[name, made[name]]],
    ),
  );
}

/** A day and its hour as the file has them: `before` where neither has changed. */
function instantOf(date: string, time: unknown, before: unknown): unknown {
  const hour = typeof time === 'string' ? time.trim() : '';
  if (String(before ?? '').slice(0, day) === date && timeIn(before) === hour) return before;
  return hour ? `${date}T${hour.replace(/^\d\d:\d\d(?!:)/, '$&:00')}` : date;
}

const timeIn = (value: unknown): string => (typeof value === 'string' ? value.slice(day + 1) : '');

const mapped = (values: Values, fields: readonly EditorField[], map: (value: unknown, field: EditorField) => unknown) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = fields.find((each) => each.name === name);
      return [name, field ? map(value, field) : value];
    }),
  );

/** As the model wants a file beside an entry: `./cover.jpg`. */
const beside = (path: string) => (/^(?:\.{0,2}\/|[a-z][a-z\d+.-]*:)/i.test(path) ? path : `./${path}`);

const asNumber = (text: string) => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text);

/** The form of a value by its kind, and of a group by the fields that it has. */
function typeOf(value: unknown, { types = [] }: EditorField) {
  if (!isValues(value))
    return types.find(
      ({ fields: [only] }) => only?.name === 'value' && (only.widget === 'list') === Array.isArray(value),
    );
  const shared = (fields: readonly EditorField[]) => fields.filter(({ name }) => name in value).length;
  return types.toSorted((a, b) => shared(b.fields) - shared(a.fields))[0];
}

/** As an untouched field of the editor is: nothing, or a group of nothing. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value)
    ? value.every(isEmpty)
    : isValues(value) && Object.entries(value).every(([name, each]) => name === typeKey || isEmpty(each)));

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The length of `2026-11-22`. */
const day = 10;
