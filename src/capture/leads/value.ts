/** The highest value that is taken, in hundredths. */
const highest = 1_000_000_000_00;

/**
 * What was typed as the value of a won lead, in hundredths: `1450`, `1,450`, `1 450.50`, `1.450,50`. A sign before one or
 * two last digits begins the hundredths; before three it parts thousands. Null for nothing, undefined for what is no value.
 */
export function parseValue(typed: string | undefined): number | null | undefined {
  const text = (typed ?? '').trim();
  if (text === '') return null;
  const { whole, hundredths = '' } = shape.exec(text)?.groups ?? {};
  if (whole === undefined) return undefined;
  const value = Number(whole.replaceAll(/\D/g, '')) * 100 + Number(hundredths.padEnd(2, '0'));
  return value <= highest ? value : undefined;
}

const shape =
  /^(?<whole>\d+|\d{1,3}(?:(?<gap>[.,'’ \u00a0\u202f])\d{3})(?:\k<gap>\d{3})*)(?:[.,](?<hundredths>\d{1,2}))?$/u;
