/**
 * What a person typed, trimmed and with its letters composed (NFC), if that can have at most `longest` characters;
 * undefined if it cannot. The length is judged first: putting marks in order takes time that grows with the square of
 * their number, and a form may hold thousands.
 */
export function composed(typed: string | undefined, longest: number): string | undefined {
  const trimmed = (typed ?? '').trim();
  return trimmed.length > longest * mostUnits ? undefined : trimmed.normalize('NFC');
}

/** A composed character is at most so many UTF-16 code units where it is written decomposed (U+16126, in Unicode 16). */
const mostUnits = 6;
