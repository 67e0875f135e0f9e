const minute = 60_000;

/** How long somebody has waited, in hours and minutes, never in days: `27 h 12 min`, `38 min`. */
export function waited(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / minute));
  const hours = Math.floor(minutes / 60);
  return hours === 0
    ? `${minutes} min`
    : `${hours.toLocaleString('en')} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Whether that is too long, or soon will be, for who means to answer `within` so many milliseconds. */
export function urgency(milliseconds: number, within: number): 'late' | 'soon' | undefined {
  if (milliseconds >= within) return 'late';
  return milliseconds >= within * 0.8 ? 'soon' : undefined;
}
