import { existsSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encoded } from './encoding.ts';
import { headersFor } from './headers.ts';

/** Serves what `npm run build` made. `PORT` and `HOST` name another address than localhost:4321, `DIST_DIR` another site. */
const { PORT = '4321', HOST = 'localhost', DIST_DIR = 'dist' } = process.env;
const entry = resolve(DIST_DIR, 'server/entry.mjs');
const site = resolve(DIST_DIR, 'client');

if (!existsSync(entry)) end('There is nothing to serve yet. Build the site first:\n\n  npm run build');

process.env['ASTRO_NODE_AUTOSTART'] = 'disabled';
const { handler } = (await import(pathToFileURL(entry).href)) as { handler: RequestListener };

const server = createServer((request, response) => {
  const [path = '/', query] = (request.url ?? '/').split('?');
  const compressed = request.headers.range ? undefined : encoded(site, path, request.headers['accept-encoding']);
  if (compressed) request.url = compressed.path + (query === undefined ? '' : `?${query}`);
  for (const [name, value] of Object.entries({ ...compressed?.headers, ...headersFor(path) }))
    response.setHeader(name, value);
  handler(request, response);
});
server.on('error', (error: NodeJS.ErrnoException) =>
  end(
    error.code === 'EADDRINUSE'
      ? `Port ${PORT} is taken. Name a free one:\n\n  PORT=${Number(PORT) + 1} npm run serve`
      : `The server cannot listen on ${HOST}:${PORT}: ${error.message}`,
  ),
);
server.listen(Number(PORT), HOST, () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : PORT;
  console.log(`The site is at http://${HOST}:${port}/`);
});

function end(message: string): never {
  console.error(message);
  process.exit(1);
}
