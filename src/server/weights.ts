/**
 * What a header such as `Accept` wants, and how much from 0 to 1 (RFC 9110, section 12.4.2): what it names without a
 * weight has 1.
 */
export function weightsOf(header: string): Map<string, number> {
  return new Map(
    header.split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
      const weight = parameters.find((each) => each.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)];
    }),
  );
}
