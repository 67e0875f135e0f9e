/** "entry" or "entries". */
export const plural = (n: number, one: string, many = `${one}s`): string => (n === 1 ? one : many);

/** "1 lead", "12,345 leads". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${plural(n, one, many)}`;

/** "12,345". */
export const grouped = (n: number): string => n.toLocaleString('en');
