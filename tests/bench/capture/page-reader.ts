import { parentPort, workerData } from 'node:worker_threads';
import { type Load, send } from './load.ts';

/** The thread that `readPages` starts. */
const { origins, load } = workerData as { origins: string[]; load: Load };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
parentPort?.postMessage(await send(origins, () => ({ method: 'GET', path: '/about/', status: 200 }), load));
