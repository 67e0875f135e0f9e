// Preloaded into a process, it writes what the process listed and read below CONTENT_DIR into the file READINGS, a line
// each.
import { appendFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { relative, resolve } from 'node:path';

const folder = resolve(process.env.CONTENT_DIR);

for (const name of ['readdir', 'readFile']) {
  const original = files[name];
  files[name] = (path, ...rest) => {
    const inside = relative(folder, resolve(String(path)));
    if (!inside.startsWith('..')) appendFileSync(process.env.READINGS, `${name} ${inside}\n`);
    return original(path, ...rest);
  };
}
syncBuiltinESMExports();
