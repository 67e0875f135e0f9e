/** A count of persons below this one is not told: who knows the firm could guess who they are. */
export const fewest = 5;

/**
 * A count as it may be told: the number; that it is under five; of a sum whose parts are not all told, the sum of those
 * that are; or nothing.
 */
export type ToldCount = number | 'few' | { atLeast: number } | 'untold';

/**
 * Counts of persons and their sum as they may be told. A part under five is hidden. The sum of hidden and told parts would
 * give the hidden ones away, so that it is told only where every part is, or where it is under five itself: all that is
 * told follows from parts that are told.
 */
export function toldCounts(parts: readonly number[]): { parts: ToldCount[]; sum: ToldCount } {
  const told = parts.filter((part) => part >= fewest);
  const [sum, sumTold] = [total(parts), total(told)];
  return {
    parts: parts.map((part) => (part < fewest ? 'few' : part)),
    sum: sum < fewest ? 'few' : told.length === parts.length ? sum : sumTold > 0 ? { atLeast: sumTold } : 'untold',
  };
}

/** A count in the cell of a table. */
export function toldText(count: ToldCount): string {
  if (count === 'few') return `< ${fewest}`;
  if (count === 'untold') return 'not shown';
  return typeof count === 'number' ? count.toLocaleString('en') : `≥ ${count.atLeast.toLocaleString('en')}`;
}

const total = (parts: readonly number[]) => parts.reduce((sum, part) => sum + part, 0);
