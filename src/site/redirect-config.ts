import type { Redirect } from './redirects.ts';

export const webServers = ['nginx', 'caddy'] as const;
export type WebServer = (typeof webServers)[number];

/**
 * Redirects (301) as the configuration of a web server that sends the built files. Both take letters of any case and a
 * path with or without the slash at its end; one with a query is found by a request that has all of it.
 */
export function redirectConfig(server: WebServer, redirects: readonly Redirect[]): string {
  // What has more of a query goes before what has less, as at the server itself.
  const all = redirects
    .map(({ from, to }) => {
      const [path = '', query = ''] = from.split('?', 2);
      return { path: decodeURI(path), to, wanted: [...new URLSearchParams(query)] };
    })
    .toSorted((one, other) => other.wanted.length - one.wanted.length);
  return (server === 'nginx' ? nginx : caddy)(all).join('\n');
}

interface Old {
  path: string;
  to: string;
  wanted: readonly [string, string][];
}

/** With the slash and without. */
const spellings = (path: string) =>
  path === '/' ? [path] : path.endsWith('/') ? [path, path.slice(0, -1)] : [path, `${path}/`];

function nginx(all: readonly Old[]): string[] {
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('$', String.raw`\x24`)}"`;
  return [
    'map $uri $d_files_moved {',
    '  default "";',
    ...all
      .filter(({ wanted }) => wanted.length === 0)
      .flatMap(({ path, to }) => spellings(path).map((each) => `  ${quoted(each)} ${quoted(to)};`)),
    '}',
    'map "$uri?$args" $d_files_moved_by_query {',
    '  default "";',
    ...all
      .filter(({ wanted }) => wanted.length > 0)
      .map(({ path, to, wanted }) => {
        const parameters = wanted.map(([name, value]) => `(?=.*[?&]${pattern(name)}=${pattern(value)}(?:&|$))`);
        const slash = path.endsWith('/') && path !== '/' ? `${plain(path.slice(0, -1))}/?` : plain(path);
        return `  "~*^${slash}(?=\\?)${parameters.join('')}" ${quoted(to)};`;
      }),
    '}',
  ];
}

/** A text of a query as a pattern finds it, written as browsers do. */
const pattern = (text: string) => plain(encodeURIComponent(text));
const plain = (text: string) =>
  text.replaceAll(/[.*+?^${}()|[\]\\"]/g, (each) => `\\x${each.charCodeAt(0).toString(16)}`);

function caddy(all: readonly Old[]): string[] {
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  // A star and a brace would mean something else to Caddy.
  const literal = (text: string) => text.replaceAll(/[*{}]/g, (each) => `\\${each}`);
  return all.flatMap(({ path, to, wanted }, i) => {
    const paths = spellings(path).map((each) => quoted(literal(each)));
    const target = wanted.length > 0 ? quoted(to) : quoted(`${to}{d_files_query}`);
    return [
      `@moved${i} {`,
      `\tpath ${paths.join(' ')}`,
      ...wanted.map(([name, value]) => `\tquery ${quoted(`${name}=${value}`)}`),
      '}',
      `redir @moved${i} ${target} 301`,
    ];
  });
}
