/** The first rows of a list, at most `most`; what comes after them is not read. */
export async function firstRows<Row>(rows: AsyncIterable<Row>, most: number): Promise<Row[]> {
  const taken: Row[] = [];
  for await (const row of rows) if (taken.push(row) === most) break;
  return taken;
}
