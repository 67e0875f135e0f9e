/** Minutes that a text takes to read, at 220 words a minute; never less than one. */
export const readingMinutes = (words: number): number => Math.max(1, Math.round(words / 220));

/** As readers see it: "5 min read". */
export const readingTime = (minutes: number): string => `${minutes} min read`;
