import files from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Runs `work` as a process that is killed (`kill -9`) at its `nth` write below `folder`: of a file half is written then, and
 * nothing any more after it. Whether it came to that.
 */
export async function killedAtWrite(nth: number, folder: string, work: () => Promise<unknown>): Promise<boolean> {
  const { writeFile, appendFile, rename, mkdir, rm } = fs;
  const real: Record<string, (...args: never[]) => Promise<unknown>> = { writeFile, appendFile, rename, mkdir, rm };
  let count = 0;
  const { rmSync } = files;
  Object.assign(files, {
    rmSync: (...args: Parameters<typeof rmSync>) => {
      if (count < nth) rmSync(...args);
    },
  });
  for (const [name, act] of Object.entries(real))
    Object.assign(fs, {
      [name]: async (path: string, data: unknown, ...rest: unknown[]) => {
        const isInside = typeof path === 'string' && path.startsWith(folder);
        if (isInside) count += 1;
        if (!isInside || count < nth) return act(...([path, data, ...rest] as never[]));
        if (count === nth && name.endsWith('File')) {
          const bytes = typeof data === 'string' ? Buffer.from(data) : (data as Uint8Array);
          await act(...([path, bytes.subarray(0, bytes.length / 2), ...rest] as never[]));
        }
        throw new Error('the process is dead');
      },
    });
  syncBuiltinESMExports();
  try {
    await work().catch(() => {});
  } finally {
    Object.assign(fs, real);
    Object.assign(files, { rmSync });
    syncBuiltinESMExports();
  }
  return count >= nth;
}
