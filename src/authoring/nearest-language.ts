import { isKnown, isLanguage, localeOf } from '#site/language.ts';
import { closestMatch, type Nearest } from './closest-match.ts';

/** The language tag that was most likely meant: `en_US.UTF-8` by en-US, `eng` by en, `English` by en. */
export function nearestLanguage(text: string): Nearest | undefined {
  const written = text
    .trim()
    .replaceAll(/[\s_]+/g, '-')
    .replace(/[.@].*$/, '');
  const whole = localeOf(written)?.toString();
  if (whole !== undefined && isLanguage(whole)) return { value: whole, isCertain: true };
  const [first = '', ...others] = written.split('-');
  const language = languageOf(text) ?? languageOf(first);
  const script = others.find((part) => /^[a-z]{4}$/i.test(part) && isKnown('script', capitalised(part)));
  const region = others.find((part) => /^(?:[a-z]{2}|\d{3})$/i.test(part) && isKnown('region', part.toUpperCase()));
  const parts = [language ?? closestCode(first), script, region].filter((part) => part !== undefined);
  const made = localeOf(parts.join('-'))?.toString();
  const value = made !== undefined && isLanguage(made) ? made : language;
  return value === undefined ? undefined : { value, isCertain: language !== undefined && others.length === 0 };
}

/** The code of a language that is written as its code, or as its name in English or in itself. */
function languageOf(text: string): string | undefined {
  const code = localeOf(text)?.language;
  if (code !== undefined && isLanguage(code)) return code;
  const name = text.trim().toLowerCase();
  return codes().find((each) => [nameOf(each, 'en'), nameOf(each, each)].includes(name));
}

function closestCode(text: string): string | undefined {
  const name = closestMatch(text.toLowerCase(), text.length > 3 ? codes().map((each) => nameOf(each, 'en')) : codes());
  return codes().find((each) => each === name || nameOf(each, 'en') === name);
}

const nameOf = (code: string, language: string) =>
  (new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? '').toLowerCase();

let found: string[] | undefined;

/** The languages that have a code of two letters. */
function codes(): string[] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  return (found ??= letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => isLanguage(code)));
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
