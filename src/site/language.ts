/**
 * Whether a text is a language tag of BCP 47 whose language, script and region are known: `en`, `fil`, `zh-Hant`, `pt-BR`,
 * `es-419`. In any case of letters; a language that has a code of two letters has that one (RFC 5646, section 2.2.1).
 */
export function isLanguage(tag: string): boolean {
  const locale = localeOf(tag);
  if (!locale) return false;
  const { language, script, region } = locale;
  const [first = '', ...others] = tag.toLowerCase().split('-');
  return (
    isKnown('language', language) &&
    // The parts as they were written: a browser reads `deu` as `de` and `en-UK` as `en-GB`, and other readers do not.
    language === first &&
    (script === undefined || isKnown('script', script)) &&
    (region === undefined || (isKnown('region', region) && others.includes(region.toLowerCase())))
  );
}

/** A tag as Unicode reads it; nothing for a text that has not the form of one. */
export function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

/** Whether Unicode has a name for a code. */
export function isKnown(type: 'language' | 'script' | 'region', code: string): boolean {
  try {
    return !unknownRegions.has(code) && names[type].of(code) !== undefined;
  } catch {
    return false;
  }
}

/** Of no place. */
const unknownRegions = new Set(['ZZ', 'XA', 'XB']);

const namesOf = (type: 'language' | 'script' | 'region') => new Intl.DisplayNames('en', { type, fallback: 'none' });
const names = { language: namesOf('language'), script: namesOf('script'), region: namesOf('region') };

/** Which way a language is written. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const locale = localeOf(tag)?.maximize();
  return locale?.script !== undefined && rightToLeft.has(locale.script) ? 'rtl' : 'ltr';
}

/** Whether a language is written in Latin letters that English has not. */
export function hasAccents(tag: string): boolean {
  const locale = localeOf(tag)?.maximize();
  return locale?.script === 'Latn' && locale.language !== 'en';
}

/** The scripts that run from the right (Unicode, Bidi_Class R and AL). */
const rightToLeft = new Set([
  ...['Adlm', 'Arab', 'Hebr', 'Mand', 'Mend', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi'],
]);
