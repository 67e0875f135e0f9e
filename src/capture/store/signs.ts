/** What the owner should look at in a comment or question, by the code that its row keeps, in words. None of these loses it. */
export const signWords = {
  first: 'the first comment of this person',
  links: 'three links or more',
  markup: 'markup, which is shown as it was typed',
  'same-text': 'the same text as another comment or question',
  words: 'words that spam uses',
  'host-name': 'signed with the name of a host',
} as const;

/** The reasons that a row keeps, in words. */
export const reasonsIn = (reasons: string): string[] =>
  (JSON.parse(reasons) as string[]).map((sign) => (signWords as Readonly<Record<string, string>>)[sign] ?? sign);
