import { grouped } from '#site/count.ts';

/** Milliseconds between two lines on how far a piece of work is. */
const pause = 3000;

/**
 * Says now and then how far work is: "Rendered 400 of 4,185 files". Work that is done soon after the first call says
 * nothing. `clock` is in milliseconds.
 */
export function progress(
  say: (line: string) => void,
  done: string,
  things: string,
  clock: () => number = Date.now,
): (count: number, all: number) => void {
  let said: number | undefined;
  return (count, all) => {
    said ??= clock();
    if (count === all || clock() - said < pause) return;
    said = clock();
    say(`${done} ${grouped(count)} of ${grouped(all)} ${things}`);
  };
}

/** What was done, and what was taken as an earlier build left it: "Read 2 of 820 pages; 818 are as they were". */
export function outcome(done: string, count: number, all: number, things: string): string {
  const reused = all - count;
  const rest = reused === 0 ? '' : `; ${grouped(reused)} ${reused === 1 ? 'is as it was' : 'are as they were'}`;
  return `${done} ${grouped(count)} of ${grouped(all)} ${things}${rest}`;
}
