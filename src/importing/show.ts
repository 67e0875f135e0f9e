import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeEntry } from '#authoring/entry-writer.ts';
import { frontMatter, toDo } from '#authoring/new-entry.ts';
import { showSchema } from '#authoring/schemas.ts';
import { slugOf } from '#authoring/slug.ts';
import { url } from '#site/url.ts';
import type { Archive, Lost } from './archive.ts';
import { firstSentences, languageTag } from './fields.ts';
import { Beside, keyOf, writeWhole } from './files.ts';
import { shortened } from './html.ts';
import { oldFeedsOf } from './old-feeds.ts';
import type { Run } from './run.ts';

/** Writes `show.yaml` of a series that has none yet. */
export async function takeShow({
  archive,
  options,
  people,
  slugs,
  show,
  moved,
  existing,
  lost: told,
}: Run): Promise<void> {
  const { content, isDry } = options;
  if (show) return;
  const beside = new Beside(options);
  const { cover } = archive.series;
  if (cover && !isDry) await beside.takePictures([cover]);
  const { fields, lost, person } = showFields(archive, people, cover && beside.pathOf(keyOf(cover)));
  told.push(...lost, ...beside.lost);
  const oldFeeds = Object.entries(oldFeedsOf(archive)).filter(
    ([old, now]) => old !== now && moved.aliases([old], told),
  );
  if (oldFeeds.length > 0) fields['oldFeeds'] = Object.fromEntries(oldFeeds);
  if (archive.feed !== undefined && oldFeeds.length === 0)
    told.push({
      what: 'feed',
      detail: `Subscribers are at ${archive.feed}: let it lead to ${url.podcast} of this site (301) once that is published`,
    });
  if (isDry) return;
  if (person) {
    // A run that was ended here before wrote them already.
    const there = existing.find(({ collection, data }) => collection === 'people' && data['name'] === person)?.slug;
    const slug = there ?? slugs.give('people', [person], 'the-publisher');
    fields['hosts'] = [slug];
    const text = frontMatter({ name: person, kind: 'organisation' });
    if (!there) await writeEntry(content, { folder: `people/${slug}`, text, files: [] }, () => {});
  }
  for (const { name, bytes } of beside.files)
    if (!(await stat(join(content, name)).catch(() => undefined))) await writeWhole(join(content, name), bytes);
  await writeWhole(join(content, 'show.yaml'), frontMatter(fields).replaceAll(/^---\n/gm, ''));
}

interface NewShow {
  fields: Record<string, unknown>;
  lost: Lost[];
  /** Who is to be the host where the archive names nobody: the publisher, under that name. */
  person?: string;
}

/** `show.yaml` of a series that has none yet: what its archive says, and TODO where the check asks for more. */
function showFields(archive: Archive, people: ReadonlyMap<string, string>, cover: string | undefined): NewShow {
  const { fields: said, address } = archive.series;
  const lost: Lost[] = [];
  const host = URL.parse(address ?? '')?.hostname.replace(/^www\./, '');
  const known = (name: string) => (typeof said[name] === 'string' && said[name].trim() ? said[name].trim() : undefined);
  const need = (name: string, value: string | undefined, instead: string): string => {
    if (value !== undefined) return value;
    lost.push({
      what: 'show.yaml',
      detail: `${name}: the archive does not say it; "${instead}" stands there, to be changed`,
    });
    return instead;
  };
  const title = shortened(need('title', known('title'), host ?? 'A series'), 120);
  const description = known('description');
  const named = Array.isArray(said['hosts']) ? said['hosts'].flatMap((key) => people.get(String(key)) ?? []) : [];
  const hosts = named.length > 0 ? named : [...new Set(people.values())];
  const owner = said['owner'] ?? { name: title };
  if (named.length === 0)
    lost.push({
      what: 'show.yaml',
      detail: `hosts: the archive does not say who they are; ${hosts.length > 0 ? 'all authors stand there' : `“${title}” stands there as an organisation`}, to be changed`,
    });
  const fields: Record<string, unknown> = {
    ...said,
    title,
    tagline: shortened(
      need(
        'tagline',
        known('tagline') ?? (description && firstSentences(description, 200)),
        `${toDo} the series in one sentence.`,
      ),
      200,
    ),
    description: need('description', description, `${toDo} the series in a paragraph.`),
    language: need('language', languageTag(known('language') ?? '') ?? known('language'), 'en'),
    timezone: need('timezone', known('timezone'), 'UTC'),
    owner,
    guidPrefix: said['guidPrefix'] ?? host ?? slugOf(title),
    hosts: hosts.length > 0 ? hosts : ['the-publisher'],
    ...(cover && { cover: { src: cover, alt: title } }),
  };
  for (let round = 0; round < 20; round += 1) {
    const issue = showSchema.safeParse(fields).error?.issues[0];
    if (!issue) break;
    const name = String(issue.path[0] ?? ('keys' in issue ? (issue.keys as string[])[0] : ''));
    const instead = { language: 'en', timezone: 'UTC', owner: { name: title } }[name];
    if (fields[name] === undefined) break;
    const part = name === 'podcast' ? String(issue.path[1] ?? '') : '';
    if (part) {
      const { [part]: wrong, ...others } = fields[name] as Record<string, unknown>;
      fields[name] = others;
      const said = shortened(JSON.stringify(wrong), 100);
      lost.push({
        what: 'show.yaml',
        detail: `podcast.${part}: ${said} is nothing that this site takes (${issue.message})`,
      });
      continue;
    }
    lost.push({
      what: 'show.yaml',
      detail: `${name}: ${shortened(JSON.stringify(fields[name]), 100)} is nothing that this site takes (${issue.message})`,
    });
    if (instead === undefined || JSON.stringify(fields[name]) === JSON.stringify(instead)) delete fields[name];
    else fields[name] = instead;
  }
  return { fields, lost, ...(hosts.length === 0 && { person: title }) };
}
