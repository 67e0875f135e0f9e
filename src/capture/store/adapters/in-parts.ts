/**
 * Does something to rows some at a time, so that no form waits long, until a part had fewer than `atOnce`. `part` returns how many
 * it did; returns how many there were in all.
 */
export async function inParts(atOnce: number, part: () => Promise<number>): Promise<number> {
  for (let all = 0; ;) {
    const some = await part();
    all += some;
    if (some < atOnce) return all;
  }
}
