/** Seconds as a clock shows them: `4:05`, `1:02:09`. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const padded = (part: number) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${padded(minutes)}:${padded(rest)}` : `${minutes}:${padded(rest)}`;
}

/** A moment (`95`, `1:35`, `0:01:35.5`) in seconds. */
export function seconds(moment: number | string): number {
  if (typeof moment === 'number') return moment;
  return moment.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Seconds as people say them: `24 min`, `1 h 5 min`, `40 s`. */
export function spokenLength(seconds: number): string {
  if (Math.round(seconds) < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? `${minutes} min`
    : [`${Math.floor(minutes / 60)} h`, minutes % 60 && `${minutes % 60} min`].filter(Boolean).join(' ');
}

/** Seconds as an ISO 8601 duration: `PT1H2M9S`. */
export function isoDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest || whole === 0 ? `${rest}S` : ''}`;
}
