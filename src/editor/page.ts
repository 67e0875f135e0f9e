import { hostsOf, type EditorBackend } from './backend.ts';

/** The page of the editor; `program` is the address of its script. It has a policy of its own, which widens that of no other page. */
export const editorPage = (
  title: string,
  program: string,
  backend: EditorBackend | undefined,
): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy(backend)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="referrer" content="no-referrer">
    <title>${escaped(title)}: edit</title>
    <link rel="icon" href="/mark.svg">
    <script type="module" src="${program}"></script>
  </head>
  <body>
    <noscript>The editor is a program: it needs JavaScript.</noscript>
  </body>
</html>
`;

/** Beside this site the git host alone, and pictures that a text names. Its previews are frames of its own. */
const policy = (backend: EditorBackend | undefined): string =>
  [
    "default-src 'none'",
    // A preview is a frame that begins at this site.
    "base-uri 'self'",
    `connect-src ${["'self'", 'blob:', 'data:', ...(backend ? hostsOf(backend) : [])].join(' ')}`,
    "font-src 'self' data:",
    "form-action 'none'",
    "frame-src 'self' blob:",
    "img-src 'self' blob: data: https:",
    "media-src 'self' blob: https:",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline' blob:",
    "worker-src 'self' blob:",
  ].join('; ');

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
