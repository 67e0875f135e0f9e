/** A moment, and what clocks of the old site showed at it: `2007-07-26T00:00:00`. */
export interface ShownMoment {
  at: Date;
  shown: string;
}

/** Where most who write live, for offsets that fit several zones. */
const large = [
  ...['UTC', 'America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Sao_Paulo'],
  ...['Europe/London', 'Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/Athens', 'Europe/Moscow'],
  ...['Asia/Kolkata', 'Asia/Shanghai', 'Asia/Tokyo', 'Asia/Singapore', 'Australia/Sydney', 'Pacific/Auckland'],
];

/** Of so many moments the zone is found. */
const most = 100;

/**
 * A time zone whose clocks showed what those of the old site did, one of the language's country before others; undefined
 * where none fits nearly all moments, or where there is no moment.
 */
export function zoneOf(moments: readonly ShownMoment[], language: string | undefined): string | undefined {
  const step = Math.ceil(moments.length / most);
  const tried = moments.filter((_, i) => i % step === 0);
  if (tried.length === 0) return undefined;
  const own = zonesOf(language);
  const candidates = [...large.filter((zone) => own.includes(zone)), ...own, ...large];
  return candidates.find((zone) => {
    // A site may have changed its zone, and some posts may have been written before.
    const fitting = tried.filter(({ at, shown }) => clockIn(zone, at) === shown).length;
    return fitting >= tried.length * 0.9;
  });
}

function zonesOf(language: string | undefined): string[] {
  try {
    const { region } = new Intl.Locale(language ?? '').maximize();
    return new Intl.Locale(`und-${region}`).getTimeZones() ?? [];
  } catch {
    return [];
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock shows in a zone, as ISO 8601 writes it. */
function clockIn(zone: string, at: Date): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' });
  formats.set(zone, format);
  return format.format(at).replace(' ', 'T');
}
