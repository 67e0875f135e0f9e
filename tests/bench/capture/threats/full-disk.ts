import { spawn } from 'node:child_process';

/** A server none of whose files may grow beyond 1 MB: to SQLite that is what a full disk is. */
const child = spawn('/bin/sh', ['-c', 'ulimit -f 1024 && exec "$0" src/server/main.ts', process.execPath], {
  stdio: 'inherit',
});
child.once('exit', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => child.kill('SIGTERM'));
