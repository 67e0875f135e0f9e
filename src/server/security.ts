import { editAddress, url } from '#site/url.ts';

/** What kind of answer it is: what it holds decides what a browser may do with it. */
export type AnswerKind =
  /** A file of the site. Its pages bring a policy of their own in a meta element. */
  | 'file'
  /** A page of the site's forms and links: of one reader, never to be kept. */
  | 'form'
  /** The same, with a token in its address. */
  | 'token'
  /** A page of who is signed in to the desk. */
  | 'desk'
  /** A page that is made when it is asked for, the same for every reader. */
  | 'public'
  /** What the server says by itself. */
  | 'notice';

/** The headers that guard every answer, whatever its status; `path` is the decoded one. */
export function securityHeaders(kind: AnswerKind, path: string, isHttps: boolean): Record<string, string> {
  // What a browser shows by itself in no tab and no frame: nothing that these say of documents would be heeded.
  if (kind === 'file' && isPart.test(path))
    return { 'X-Content-Type-Options': 'nosniff', ...(isHttps && { 'Strict-Transport-Security': 'max-age=31536000' }) };
  return {
    'Content-Security-Policy': `${policies[kind]}frame-ancestors ${isFramed.test(path) ? '*' : "'none'"}`,
    'X-Content-Type-Options': 'nosniff',
    // An address with a token goes nowhere, not even to the next page of this site; a notice may stand at one.
    'Referrer-Policy': referrerOf(kind),
    'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    // The window of a sign-in goes from the editor to the git host and back, and tells the editor that opened it. Any other
    // policy cuts the two apart at the git host.
    'Cross-Origin-Opener-Policy': path.startsWith(editAddress) ? 'unsafe-none' : 'same-origin',
    ...(isHttps && { 'Strict-Transport-Security': 'max-age=31536000' }),
    // What an owner takes out of the archive is gone at once, from here and from search engines.
    ...(kind === 'file'
      ? path.startsWith(editAddress) && { 'X-Robots-Tag': 'noindex' }
      : { 'Cache-Control': kind === 'public' ? 'no-cache' : 'private, no-store', 'X-Robots-Tag': 'noindex' }),
  };
}

function referrerOf(kind: AnswerKind): string {
  if (kind === 'token' || kind === 'notice') return 'no-referrer';
  // Whom the owners look at is nobody else's to know; their forms say where they come from.
  return kind === 'desk' ? 'same-origin' : 'strict-origin-when-cross-origin';
}

/** Styles, scripts and typefaces: most requests of a page, whose headers weigh more than some of them. */
const isPart = /\.(?:css|js|woff2)$/;

/** The player that other sites may frame. */
const isFramed = new RegExp(`^${url.embed('[^/]+')}$`);

/** Beside whatever policy a page has: a browser applies all of them. */
const policies: Record<AnswerKind, string> = {
  file: '',
  form: '',
  token: '',
  desk: '',
  public: '',
  notice: "default-src 'none'; base-uri 'none'; form-action 'none'; ",
};
