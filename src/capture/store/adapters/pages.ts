/** How many rows are read at once. */
export const pageSize = 500;

/** All rows of a list, a page at a time; `read` gives up to {@link pageSize} of those that come after `last`. */
export async function* pages<Row>(read: (last: Row | undefined) => Promise<Row[]>): AsyncGenerator<Row[]> {
  for (let last: Row | undefined; ;) {
    const rows = await read(last);
    yield rows;
    last = rows.at(-1);
    if (rows.length < pageSize) return;
  }
}
