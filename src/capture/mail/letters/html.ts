/** Markup that is safe to put into other markup as it is. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Value[] | undefined | false;

/** Markup from a template. What is put into it is escaped, unless it is markup of this function itself. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Markup(parts.reduce((markup, part, index) => markup + written(values[index - 1]) + part));
}

/** Markup that stands in this project's own source, such as comments for a mail program. */
export function verbatim(markup: string): Html {
  return new Markup(markup);
}

/** A class, so that no value that was parsed from text can pass for markup. */
class Markup implements Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function written(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Markup) return value.markup;
  if (Array.isArray(value)) return value.map(written).join('');
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
