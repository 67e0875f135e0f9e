import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { addressOf } from '#catalog/entry-address.ts';
import { Slugs } from './addresses.ts';
import type { Archive } from './archive.ts';
import { keptComments } from './comments.ts';
import { existingEntries, yamlFile } from './existing.ts';
import { type Gathered, gathered } from './gathering.ts';
import { Moved } from './moved.ts';
import type { Outcome } from './outcome.ts';
import { takePeople } from './people.ts';
import { keepPiece } from './pieces.ts';
import { type Planned, planPieces } from './plan.ts';
import { ImportRecord } from './record.ts';
import { type ImportOptions, placeOf, type Run } from './run.ts';
import { takeShow } from './show.ts';
import { takeTopics } from './topics.ts';

/** As many entries ask for their files at once. */
const atOnce = 6;

/** Makes entries of an archive. Never writes over a file that no import wrote, or that was changed since. */
export async function importArchive(archive: Archive, options: ImportOptions): Promise<Outcome> {
  const run = await begun(archive, options);
  try {
    if (!options.isDry) await mkdir(options.content, { recursive: true });
    await takeTopics(run);
    await takePeople(run);
    const planned = planPieces(run);
    await takeShow(run);
    let count = 0;
    const gather = (each: Planned) => {
      count += 1;
      options.progress(`${count}/${planned.length}  ${each.piece.title}`);
      return gathered(run, each);
    };
    // Hosts are slow: a few are asked ahead, and entries are written in their order all the same.
    for await (const found of Readable.from(planned).map(gather, { concurrency: atOnce }))
      await keepPiece(run, found as Gathered);
    const { comments, lost } = await keptComments(run);
    run.comments.push(...comments);
    run.lost.push(...lost);
  } finally {
    if (!options.isDry) await run.record.tidy();
  }
  return { results: run.results, comments: run.comments, lost: run.lost };
}

async function begun(archive: Archive, options: ImportOptions): Promise<Run> {
  const existing = await existingEntries(options.content);
  const show = await yamlFile(options.content, 'show.yaml');
  const record = await ImportRecord.of(options.content);
  const written = new Set(record.all.map(({ file }) => file));
  const [slugs, moved] = [new Slugs(), new Moved()];
  for (const { collection, slug, data, file } of existing) {
    slugs.take(collection, slug);
    moved.occupy(addressOf[collection](slug));
    const aliases = written.has(file) || !Array.isArray(data['aliases']) ? [] : data['aliases'];
    for (const alias of aliases) moved.occupy(String(alias));
  }
  for (const file of written) slugs.take(...placeOf(file));
  return {
    ...{ archive, options: { ...options, local: archive.files }, record, existing, show, written, slugs, moved },
    ...{ people: new Map(), topics: new Map(), results: [], comments: [], lost: [...archive.lost] },
  };
}
