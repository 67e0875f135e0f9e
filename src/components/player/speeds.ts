export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The speed that is so many steps above (or below) another one; the ends are ends. */
export function speedBeside(speed: number, steps: number): number {
  const index = speeds.findIndex((listed) => listed >= speed);
  return speeds[Math.min(Math.max(index + steps, 0), speeds.length - 1)] ?? 1;
}

/** A speed that was kept, if it is one of the list. */
export function keptSpeed(kept: string | undefined): number {
  return speeds.find((speed) => speed === Number(kept)) ?? 1;
}
