import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { benchOptions, countOf, end } from '../options.ts';
import { write } from '../search/site.ts';
import { contentFiles } from './content.ts';
import { series } from './series.ts';

export const defaultSeed = 1;

/** Writes the content folder of a made-up series; what was there is deleted. Resolves to its number of files. */
export async function writeSeries(folder: string, count: number, seed = defaultSeed): Promise<number> {
  await rm(folder, { recursive: true, force: true });
  let files = 0;
  for await (const { path, content } of contentFiles(series(count, seed))) {
    await write(join(folder, path), content);
    files += 1;
  }
  return files;
}

if (import.meta.main) {
  const options = benchOptions({
    name: 'bench:series',
    summary: 'writes a content folder with a made-up series, the same for the same seed',
    options: {
      entries: { value: 'n', description: 'how many episodes and posts: 1000, or what is said here' },
      seed: { value: 'n', description: 'another number is another series: 1, or what is said here' },
      out: { value: 'folder', description: 'where to; what is there is deleted' },
    },
    examples: ['node src/cli/node24.mjs tests/bench/build/write-series.ts --entries 1000 --out var/series'],
  });
  const { out } = options;
  if (out === undefined) end('--out names the folder to write to: --out var/series');
  const count = countOf('--entries', options.entries, 1000);
  const files = await writeSeries(out, count, countOf('--seed', options.seed, defaultSeed));
  console.log(`${count} entries in ${files} files: CONTENT_DIR=${out} npm run build`);
}
