/** Seconds in words: `1 minute 5 seconds`. */
export function spokenTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [
    counted(Math.floor(whole / 3600), 'hour'),
    counted(Math.floor(whole / 60) % 60, 'minute'),
    counted(whole % 60, 'second'),
  ].filter(Boolean);
  return parts.join(' ') || '0 seconds';
}

/** Where a recording stands, in words: `1 minute 5 seconds of 12 minutes`. */
export function spokenPosition(seconds: number, duration: number): string {
  return duration ? `${spokenTime(seconds)} of ${spokenTime(duration)}` : spokenTime(seconds);
}

const counted = (count: number, noun: string) => count > 0 && `${count} ${noun}${count === 1 ? '' : 's'}`;
