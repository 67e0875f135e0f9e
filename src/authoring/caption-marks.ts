/** What one voice says in a cue. The text has no marks in it; a line of the file is a line of it. */
export interface Stretch {
  speaker?: string | undefined;
  text: string;
}

/** A text without its formatting marks. All else between `<` and `>` was said: `a < b and c > d`, `the <div> tag`. */
export const withoutMarks = (text: string): string =>
  stretches(text)
    .map((stretch) => stretch.text)
    .join('');

/**
 * The stretches of a cue by voice. A voice ends where the next begins, closed or not; what stands behind a closed one
 * belongs to the voice around it, or to nobody.
 */
export function stretches(said: string): Stretch[] {
  if (!/[<{&\\]/.test(said)) return said ? [{ text: said }] : [];
  const found: Stretch[] = [];
  const voices: (string | undefined)[] = [];
  for (const part of withoutOverrides(withBreaks(said)).split(/(<[^<>]*>)/)) {
    if (isMark(part)) {
      if (/^<v[.\s>]/i.test(part)) voices.push(voiceOf(part));
      else if (/^<\/v/i.test(part)) voices.pop();
      continue;
    }
    const [speaker, text] = [voices.at(-1), decoded(part)];
    const last = found.at(-1);
    if (last && last.speaker === speaker) last.text += text;
    else if (text) found.push({ speaker, text });
  }
  return found;
}

/** What of a WebVTT text a browser would drop in silence, written so that it shows it; without marks that it does not know. */
export const escapedForVtt = (text: string): string =>
  withoutOverrides(withBreaks(text))
    // A line with an arrow ends a cue.
    .replaceAll('-->', '--&gt;')
    .replaceAll(/<[^<>]*>?/g, (part) => (isMark(part) ? part : part.replace('<', '&lt;').replace('>', '&gt;')));

/** No format of captions has `<br>`, and `\N` is that of another; without them the words on both sides would be one. */
const withBreaks = (text: string) => text.replaceAll(/<[bB][rR]\s*\/?>|\\N(?![a-z])/g, ' ');

/** `{\an8}` of SubStation Alpha, which tools leave in SRT, and `{b}` of SubRip. */
const withoutOverrides = (text: string) => text.replaceAll(/\{\\[^{}\n]*\}|\{\/?[biu]\}/gi, '');

/**
 * The tags of WebVTT (section 4.2.2) and those of HTML that caption tools write. Only voices and languages take words
 * after their names, and those of HTML take attributes: `<b and c>` is no tag.
 */
export const isMark = (text: string): boolean =>
  /^<\/?(?:c|i|b|u|s|em|strong|strike|ruby|rt|v|lang|font|span|p)(?:\.[^\s<>]*)?\s*\/?>$/i.test(text) ||
  /^<(?:v|lang)(?:\.[^\s<>]*)?\s[^<>]*>$/i.test(text) ||
  /^<(?:font|span|p)(?:\s+[\w-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))+\s*>$/i.test(text) ||
  /^<(?:\d+:)?\d\d:\d\d[.,]\d{3}>$/.test(text);

/** `<v.loud Ida Moss:>` is Ida Moss. */
const voiceOf = (mark: string): string | undefined => {
  const [, name = ''] = /^<v(?:\.[^\s<>]*)?\s*([^<>]*)>$/i.exec(mark) ?? [];
  return speakerName(name);
};

/** A name in a field or a tag of its own, as it is shown. */
export const speakerName = (name: string): string | undefined =>
  decoded(name)
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s>]+|[\s:：]+$/g, '') || undefined;

/** A text with its character references read, as WebVTT and tools that write HTML have them. */
export const decoded = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hex, name: string) => {
        const code = decimal ? Number(decimal) : hex ? Number.parseInt(String(hex), 16) : undefined;
        if (code === undefined) return references[name] ?? references[name.toLowerCase()] ?? whole;
        return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '' : withoutControls(String.fromCodePoint(code));
      })
    : text;

/** Those of WebVTT (section 6.4 leaves all of HTML's to it), and the signs that caption tools write by their names. */
const references: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  lrm: '\u200E',
  rlm: '\u200F',
  shy: '',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
};

/** A text without NUL, halves of characters, and the control characters that no XML document may have; lines and tabs stay. */
export const withoutControls = (text: string): string =>
  text.replaceAll(controls, (control) => (/[\v\f\u0085]/.test(control) ? ' ' : ''));

export const controls = /(?![\t\n\r])\p{Cc}|[\p{Cs}\uFFFE\uFFFF]/gu;
