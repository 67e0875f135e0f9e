/** Letters of Latin alphabets that are no letter with a mark, as their languages write them where they are missing. */
const spelled: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ı: 'i', ŋ: 'ng' },
};

/** A text as a slug: "Wet Leads & Co" gives "wet-leads-co", and "Don’t mind Größe" gives "dont-mind-grosse". */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replaceAll(/\p{L}/gu, (letter) => spelled[letter] ?? letter)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'a-slug';

/** Undefined where a title has no letter of the Latin alphabet to make a slug from. */
export const slugFor = (title: string): string | undefined =>
  /[a-z0-9]/.test(slugOf(title)) && /[a-z0-9]/i.test(title.normalize('NFKD')) ? slugOf(title) : undefined;
