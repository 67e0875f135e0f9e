import { proofBits } from '#site/form-fields.ts';

/** How many are tried before the browser may do something else. */
const atOnce = 256;
/** After so many the search is given up: one in a million million gets that far. */
const most = 2 ** proofBits * 28;

/**
 * The number that solves a challenge: the first bits of the SHA-256 of both are zeros. Undefined where the browser has no
 * Web Crypto, as on a page without TLS: then its reader waits.
 */
export async function proofOf(challenge: string): Promise<string | undefined> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const encoder = new TextEncoder();
  for (let from = 0; from < most; from += atOnce) {
    const hashes = await Promise.all(
      Array.from({ length: atOnce }, (_, index) =>
        subtle.digest('SHA-256', encoder.encode(`${challenge}.${from + index}`)),
      ),
    );
    const found = hashes.findIndex((hash) => new DataView(hash).getUint32(0) >>> (32 - proofBits) === 0);
    if (found >= 0) return String(from + found);
  }
  return undefined;
}
