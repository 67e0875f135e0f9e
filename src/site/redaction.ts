/**
 * A text without e-mail addresses and the tokens of links, which a wrong link, an error's message or the answer of a mail
 * server may hold. Each is looked for from the beginning of a word alone: so one long word takes no more time than many
 * short ones.
 */
export function redacted(text: string): string {
  if (!/[@.]|%40|token=/i.test(text)) return text;
  return text
    .replaceAll(/"[^"]*"@/g, 'x@')
    .replaceAll(/(?<![^\s<>"'(),:;/?=&])[^\s<>"'(),:;/?=&]+(?:@|%40)[^\s<>"'(),:;/?=&]+/gi, '[address]')
    .replaceAll(/(?<![\w-])[\w-]{8,}\.[\w-]+\.[\w-]{16,}/g, '[token]')
    .replaceAll(/\b(token=)[^&\s"']+/gi, '$1[token]');
}
