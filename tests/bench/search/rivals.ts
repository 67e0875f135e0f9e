import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { close, createIndex } from 'pagefind';
import { entries, momentTitle } from './entries.ts';
import { write } from './site.ts';

/** Another way to make an index of the same entries: writes it into the site's `folder`. */
export type Rival = (folder: string, count: number) => Promise<void>;

/**
 * One index for everything, as JSON: title, summary, people and topics beside the text, as ours has them. The texts are
 * not kept in it, so it shows no excerpts and knows no moments.
 */
export const miniSearch: Rival = async (folder, count) => {
  const index = new MiniSearch({
    idField: 'url',
    fields: ['title', 'summary', 'people', 'topics', 'text'],
    storeFields: ['title', 'summary', 'kind', 'label', 'shown_date', 'image', 'image_alt'],
  });
  for (const { url, meta, filters, sections, chapters, transcript } of entries(count)) {
    const text = [
      ...sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]),
      ...chapters.map(({ title }) => title),
      ...transcript.map(({ text }) => text),
    ].join('\n');
    const [people, topics] = [filters.person?.join(', '), filters.topic?.join(', ')];
    index.add({ url, ...meta, people, topics, text });
  }
  await write(join(folder, 'minisearch/index.json'), JSON.stringify(index));
  const module = createRequire(import.meta.url).resolve('minisearch');
  await write(
    join(folder, 'minisearch/minisearch.js'),
    await readFile(module.replace(/dist\/.*$/, 'dist/es/index.js')),
  );
};

/** Pagefind with a record for each chapter and each spoken paragraph, beside one for each entry without them. */
export const recordPerMoment: Rival = async (folder, count) => {
  try {
    const { index } = await createIndex({});
    if (!index) throw new Error('Pagefind made no index');
    for (const { url, meta, filters, sections, chapters, transcript } of entries(count)) {
      const moments = [
        ...chapters.map(({ start, title }) => ({ start, title, text: title })),
        ...transcript.map((each) => ({ start: each.start, title: momentTitle(each), text: each.text })),
      ];
      const shared = { language: 'en-gb', sort: { date: meta.date ?? '' } };
      const text = sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]).join('\n');
      await Promise.all([
        index.addCustomRecord({ url, content: text, meta: { ...meta }, filters: { ...filters }, ...shared }),
        ...moments.map(({ start, title, text }) =>
          index.addCustomRecord({
            url: `${url}?t=${start}&as=${encodeURIComponent(title)}`,
            content: text,
            meta: { title },
            filters: { ...filters },
            ...shared,
          }),
        ),
      ]);
    }
    await index.writeFiles({ outputPath: join(folder, 'pagefind') });
  } finally {
    await close();
  }
};
