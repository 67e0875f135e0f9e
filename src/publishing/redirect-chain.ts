/** The part of `fetch` that this room uses. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export interface Network {
  fetch: Fetch;
  /** How long one answer may take, in milliseconds. */
  timeout: number;
}

/** Where a request ended, and the addresses that led there. */
export interface RedirectChain {
  response: Response;
  redirects: string[];
}

/** More hops than this, and podcast apps give up. */
export const mostRedirects = 5;

/** Asks an address and follows its redirects. Throws an error with a plain message when no answer comes of it. */
export async function redirectChain(
  address: string,
  init: RequestInit,
  { fetch, timeout }: Network,
): Promise<RedirectChain> {
  const redirects: string[] = [];
  for (let at = address; ;) {
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(at, { ...init, redirect: 'manual', signal }).catch((error: unknown) => {
      throw new Error(reason(error, timeout), { cause: error });
    });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null) return { response, redirects };
    await response.body?.cancel();
    const next = URL.parse(location, at)?.href;
    if (!next) throw new Error(`is redirected to ${location}, which is no address`);
    redirects.push(next);
    if (redirects.length > mostRedirects) throw new Error(`is redirected more than ${mostRedirects} times`);
    at = next;
  }
}

function reason(error: unknown, timeout: number): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `does not answer within ${timeout / 1000} s`;
  const { code, message: inner } = (cause ?? {}) as { code?: string; message?: string };
  return `cannot be reached: ${code ?? inner ?? message}`;
}
