import { existsSync } from 'node:fs';
import { join, normalize } from 'node:path';

/** A file of the site as it is sent compressed. */
export interface Encoded {
  /** The path of the compressed file, from the site's root. */
  path: string;
  headers: Record<string, string>;
}

/**
 * The compressed file beside the one at `path`, if the site has one and the reader's `Accept-Encoding` takes it
 * (RFC 9110, section 12.5.3; a refusal by `q=0` is heeded).
 */
export function encoded(site: string, path: string, accepted: string | undefined): Encoded | undefined {
  const file = `${decodedPath(path)}${path.endsWith('/') ? 'index.html' : ''}`;
  const type = types[file.slice(file.lastIndexOf('.') + 1)];
  if (!type || !accepted) return undefined;
  const takes = (name: string) =>
    new RegExp(`(^|,)\\s*${name}\\s*(;\\s*q=(?!0(\\.0*)?\\s*(,|$))[\\d.]+)?\\s*(,|$)`).test(accepted);
  const found = encodings.find(
    ({ name, ending }) => takes(name) && existsSync(join(site, normalize(`/${file}${ending}`))),
  );
  return (
    found && {
      path: `${file.split('/').map(encodeURIComponent).join('/')}${found.ending}`,
      headers: { 'Content-Encoding': found.name, 'Content-Type': type, Vary: 'Accept-Encoding' },
    }
  );
}

const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
];

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
};

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
