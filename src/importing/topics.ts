import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { field } from '#authoring/new-entry.ts';
import { slugOf } from '#authoring/slug.ts';
import { Slugs } from './addresses.ts';
import { yamlFile } from './existing.ts';
import { firstSentences } from './fields.ts';
import { writeWhole } from './files.ts';
import { shortened } from './html.ts';
import { digest } from './record.ts';
import type { Run } from './run.ts';

/** Adds the topics that entries of the archive have to `topics.yaml`; those that are there keep their words. */
export async function takeTopics({ archive, options: { content, isDry }, topics, lost }: Run): Promise<void> {
  const there = await yamlFile(content, 'topics.yaml');
  const titles = new Map<string, string>();
  const slugs = new Slugs();
  for (const [slug, data] of Object.entries(there ?? {})) {
    slugs.take('topics', slug);
    titles.set(String((data as { title?: unknown } | null)?.title ?? slug).toLowerCase(), slug);
  }
  const used = new Set(archive.pieces.flatMap((piece) => piece.topics));
  const added: string[] = [];
  for (const topic of archive.topics) {
    if (!used.has(topic.key)) continue;
    const title = shortened(topic.title, 80);
    const wanted = slugOf(topic.slug ?? title);
    const known = titles.get(title.toLowerCase()) ?? (slugs.isTaken('topics', wanted) ? wanted : undefined);
    const slug = known ?? slugs.give('topics', [topic.slug, title], `topic-${digest(topic.key).slice(0, 8)}`);
    topics.set(topic.key, slug);
    if (known) continue;
    titles.set(title.toLowerCase(), slug);
    const description = topic.description ? firstSentences(topic.description) : undefined;
    added.push(field(slug, { title, description: description || undefined }));
  }
  if (added.length === 0 && Object.keys(there ?? {}).length === 0) {
    added.push(field('everything', { title: 'Everything' }));
    lost.push({
      what: 'topics',
      detail: 'The archive has no topic, and a series has one at least: topics.yaml has "Everything", to be changed',
    });
  }
  if (added.length === 0 || isDry) return;
  const path = join(content, 'topics.yaml');
  const old = await readFile(path, 'utf8').catch(() => '');
  await writeWhole(path, `${old}${old === '' || old.endsWith('\n') ? '' : '\n'}${added.join('\n')}\n`);
}
