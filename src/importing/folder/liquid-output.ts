/** What tags of a template may ask of the site. Nothing of it is run: what is not known is named. */
export interface Templates {
  /** The value of a name, `site.title` or `page.date`; undefined where nobody knows it. */
  value: (name: string) => string | undefined;
  /** A path with that of the site in front. */
  relative: (path: string) => string;
  /** The same as a whole address, where the folder says where the site is. */
  absolute: (path: string) => string;
  /** The address of a post or file that a tag names; undefined where there is none. */
  post: (name: string) => string | undefined;
  file: (path: string) => string | undefined;
  /** What a file says that is put in by its name, where it is nothing but text. */
  included: (name: string) => string | undefined;
  /** Whether `{# … #}` is a comment, as in Nunjucks. */
  hasHashComments: boolean;
  /** The line of the file on which the text begins. */
  line: number;
}

/** What an output says, where all of it is known: `"/a" | relative_url`. */
export function outputOf(expression: string, templates: Templates): string | undefined {
  const [first = '', ...filters] = splitAt(expression, '|');
  let value = operandOf(first, templates);
  for (const filter of filters) {
    const [, name = '', said = ''] = /^\s*(\w+)\s*[:(]?\s*([\s\S]*?)\)?\s*$/.exec(filter) ?? [];
    const argument = said ? operandOf(splitAt(said, ',')[0] ?? '', templates) : undefined;
    if (name === 'default') value = value || argument;
    if (value === undefined) return undefined;
    if (name === 'relative_url' || name === 'url' || name === 'locale_url') value = templates.relative(value);
    else if (name === 'absolute_url' || name === 'absoluteUrl') value = templates.absolute(value);
    else if (name === 'prepend' && argument !== undefined) value = argument + value;
    else if (name === 'append' && argument !== undefined) value += argument;
    else if (name === 'upcase' || name === 'upper') value = value.toUpperCase();
    else if (name === 'downcase' || name === 'lower') value = value.toLowerCase();
    else if (name === 'strip' || name === 'trim') value = value.trim();
    else if (
      !/^(?:escape|xml_escape|cgi_escape|uri_escape|escape_once|safe|markdownify|smartify|default|strip_index|string|dump)$/.test(
        name,
      )
    )
      return undefined;
  }
  return value;
}

function operandOf(text: string, { value }: Templates): string | undefined {
  const said = text.trim();
  const quoted = /^"([^"]*)"$|^'([^']*)'$/.exec(said);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  if (/^-?\d+(?:\.\d+)?$/.test(said)) return said;
  return /^[\w-]+(?:\.[\w-]+)*$/.test(said) ? value(said) : undefined;
}

/** Parts of an expression between signs that are in no quotes. */
function splitAt(text: string, sign: string): string[] {
  const parts = [''];
  for (const [part] of text.matchAll(/"[^"]*"|'[^']*'|[\s\S]/g)) {
    if (part === sign) parts.push('');
    else parts[parts.length - 1] += part;
  }
  return parts;
}
