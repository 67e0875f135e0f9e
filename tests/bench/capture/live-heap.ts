import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { threadId } from 'node:worker_threads';

/** Put before a server by `--import`: each of its threads writes now and then what it has in use, without its garbage. */
const folder = process.env['HEAPS'] ?? '';
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
mkdirSync(folder, { recursive: true });
setInterval(() => {
  collect();
  writeFileSync(join(folder, String(threadId)), String(process.memoryUsage().heapUsed));
}, 10_000).unref();
