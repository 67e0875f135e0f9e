import { existsSync } from 'node:fs';

/** Serves what `npm run build` made. `PORT` and `HOST` name another address than localhost:4321. */
const entry = new URL('../../dist/server/entry.mjs', import.meta.url);
if (existsSync(entry)) {
  process.env['HOST'] ??= 'localhost';
  process.env['PORT'] ??= '4321';
  await import(entry.href);
} else {
  console.error('There is nothing to serve yet. Build the site first:\n\n  npm run build');
  process.exitCode = 1;
}
