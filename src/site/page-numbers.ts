/**
 * The numbers that page `current` of `last` offers, so that each page is a few clicks from each other one however many
 * there are: the first, the last, those beside it, and the tens, hundreds and so on around it. Of twelve pages all.
 */
export function pageNumbers(current: number, last: number): number[] {
  const all = Array.from({ length: last }, (_, i) => i + 1);
  if (last <= 12) return all;
  return all.filter((number) => number === 1 || number === last || isNear(number, current));
}

function isNear(number: number, current: number): boolean {
  if (Math.abs(number - current) <= 2) return true;
  // Tens of the hundred that it is in, hundreds of the thousand, and so on.
  for (let step = 10; number % step === 0; step *= 10) {
    const begins = Math.floor(current / (step * 10)) * step * 10;
    if (number >= begins && number <= begins + step * 10) return true;
  }
  return false;
}
