/**
 * What a stranger typed, as one line that begins with no white space, which some programs drop before they look for a
 * formula. `escape_formulas` takes care of the beginning; a semicolon begins a new cell where Excel's list separator is
 * one, in quotes too (OWASP, CSV Injection).
 */
export const neutralCell = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
        .trim()
        .replace(/(;[ "]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g, "$1'")
    : '';
