/** One page of a list. `param` is the rest parameter of its route: nothing for the first page, `page/2` after it. */
export interface ListPage<T> {
  param: string | undefined;
  entries: T[];
  current: number;
  last: number;
}

/** Cuts a list into pages, of which the first may be of another size; an empty list has one empty page. */
export function listPages<T>(entries: readonly T[], size: number, first = size): ListPage<T>[] {
  const last = Math.max(1, 1 + Math.ceil((entries.length - first) / size));
  return Array.from({ length: last }, (_, i) => ({
    param: i === 0 ? undefined : `page/${i + 1}`,
    entries: entries.slice(i === 0 ? 0 : first + (i - 1) * size, first + i * size),
    current: i + 1,
    last,
  }));
}
