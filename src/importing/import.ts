import { appendFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeEntry } from '#authoring/entry-writer.ts';
import { field, frontMatter } from '#authoring/new-entry.ts';
import { slugOf } from '#authoring/slug.ts';
import { fixedPages } from '#site/url.ts';
import { addressOf } from '#catalog/entry-address.ts';
import { byFieldOrder } from '#model/field-order.ts';
import { type RemoteFacts, remoteFacts } from '#publishing/remote-facts.ts';
import type { Archive, ArchivedPerson, ArchivedPiece, Lost } from './archive.ts';
import { isSameSite, keyOfAddress, Slugs } from './addresses.ts';
import { existingEntries, yamlFile } from './existing.ts';
import { acceptedFields, firstSentences } from './fields.ts';
import { Beside, type FileSources, keyOf, withoutSize } from './files.ts';
import { addressesIn, mdxOf, plainText, shortened } from './html.ts';
import { digest, type Imported, ImportRecord } from './record.ts';
import { showFields } from './show.ts';

export interface ImportOptions extends FileSources {
  /** The content folder; it is made where it is not there. */
  content: string;
  now: Date;
  /** Writes nothing, and asks no host for anything. */
  isDry: boolean;
  progress: (line: string) => void;
}

/** What became of one entry. */
export type Fate =
  | 'written'
  | 'updated'
  | 'unchanged'
  /** Its author changed it since: it is left alone, though the archive says something new. */
  | 'edited'
  /** Its author deleted it. */
  | 'deleted'
  /** Something else has its place. */
  | 'exists'
  /** It could not be written. */
  | 'failed';

export interface Result {
  place: string;
  kind: 'episodes' | 'posts' | 'pages' | 'people';
  fate: Fate;
  /** Inside the content folder. */
  file: string;
  lost: Lost[];
}

export interface Outcome {
  results: Result[];
  /** What belongs to no entry. */
  lost: Lost[];
}

/** Makes entries of an archive. Never writes over a file that no import wrote, or that was changed since. */
export async function importArchive(archive: Archive, options: ImportOptions): Promise<Outcome> {
  const run = await Run.begun(archive, options);
  try {
    await run.write();
  } finally {
    if (!options.isDry) await run.record.tidy();
  }
  return { results: run.results, lost: run.lost };
}

interface Planned {
  piece: ArchivedPiece;
  id: string;
  slug: string;
  known: Imported | undefined;
  /** Digest of what the archive says. */
  source: string;
  /** An entry that is there already, and that no import wrote. */
  rival?: string | undefined;
  number?: number | undefined;
}

class Run {
  readonly results: Result[] = [];
  readonly lost: Lost[];
  readonly archive: Archive;
  readonly options: ImportOptions;
  readonly record: ImportRecord;
  readonly #slugs = new Slugs();
  readonly #people = new Map<string, string>();
  readonly #topics = new Map<string, string>();
  /** Where what was at an old address is now; null where no reader gets to see it yet. */
  readonly #moved = new Map<string, string | null>();
  /** Addresses that aliases may not have, since something is there. */
  readonly #occupied = new Set<string>();
  #planned: Planned[] = [];

  private constructor(archive: Archive, options: ImportOptions, record: ImportRecord) {
    this.archive = archive;
    this.options = options;
    this.record = record;
    this.lost = [...archive.lost];
  }

  static async begun(archive: Archive, options: ImportOptions): Promise<Run> {
    return new Run(archive, options, await ImportRecord.of(options.content));
  }

  async write(): Promise<void> {
    const { options } = this;
    const existing = await existingEntries(options.content);
    const written = new Set(this.record.all.map(({ file }) => file));
    for (const page of fixedPages) this.#occupy(page);
    for (const { collection, slug, data, file } of existing) {
      this.#slugs.take(collection, slug);
      this.#occupy(addressOf[collection](slug));
      const aliases = written.has(file) || !Array.isArray(data['aliases']) ? [] : data['aliases'];
      for (const alias of aliases) this.#occupy(String(alias));
    }
    for (const { file } of this.record.all) this.#slugs.take(...placeOf(file));
    if (!options.isDry) await mkdir(options.content, { recursive: true });
    await this.#takeTopics();
    await this.#takePeople(existing);
    await this.#takeShow();
    this.#plan(existing);
    let count = 0;
    for (const planned of this.#planned) {
      count += 1;
      options.progress(`${count}/${this.#planned.length}  ${planned.piece.title}`);
      await this.#writePiece(planned);
    }
  }

  #beside() {
    return new Beside({ ...this.options, local: this.archive.files });
  }

  #occupy(address: string) {
    const key = keyOfAddress(address);
    if (key !== undefined) this.#occupied.add(key);
  }

  #id(key: string) {
    return `${this.archive.kind} ${URL.parse(this.archive.series.address ?? '')?.host ?? ''} ${key}`;
  }

  /** Topics are added to `topics.yaml`; those that are there keep their words. */
  async #takeTopics() {
    const { content, isDry } = this.options;
    const there = await yamlFile(content, 'topics.yaml');
    const titles = new Map<string, string>();
    const slugs = new Slugs();
    for (const [slug, data] of Object.entries(there ?? {})) {
      slugs.take('topics', slug);
      titles.set(String((data as { title?: unknown } | null)?.title ?? slug).toLowerCase(), slug);
    }
    const used = new Set(this.archive.pieces.flatMap(({ topics }) => topics));
    const added: string[] = [];
    for (const topic of this.archive.topics) {
      if (!used.has(topic.key)) continue;
      const title = shortened(topic.title, 80);
      const wanted = slugOf(topic.slug ?? title);
      const known = titles.get(title.toLowerCase()) ?? (slugs.isTaken('topics', wanted) ? wanted : undefined);
      const slug = known ?? slugs.give('topics', [topic.slug, title], `topic-${topic.key}`);
      this.#topics.set(topic.key, slug);
      if (known) continue;
      titles.set(title.toLowerCase(), slug);
      const description = topic.description ? firstSentences(topic.description) : undefined;
      added.push(field(slug, { title, description: description || undefined }));
    }
    if (added.length === 0 && Object.keys(there ?? {}).length === 0) {
      added.push(field('everything', { title: 'Everything' }));
      this.lost.push({
        what: 'topics',
        detail: 'The archive has no topic, and a series has one at least: topics.yaml has "Everything", to be changed',
      });
    }
    if (added.length === 0 || isDry) return;
    const path = join(content, 'topics.yaml');
    const old = await readFile(path, 'utf8').catch(() => '');
    await appendFile(path, `${old === '' || old.endsWith('\n') ? '' : '\n'}${added.join('\n')}\n`);
  }

  async #takePeople(existing: Awaited<ReturnType<typeof existingEntries>>) {
    const pieces = this.archive.pieces.flatMap(({ hosts, guests, authors }) => [...hosts, ...guests, ...authors]);
    const hosts = this.archive.series.fields['hosts'];
    const used = new Set([...pieces.map(({ person }) => person), ...(Array.isArray(hosts) ? hosts : [])]);
    const names = new Map(
      existing.flatMap(({ collection, slug, data }) =>
        collection === 'people' ? [[String(data['name'] ?? '').toLowerCase(), slug] as const] : [],
      ),
    );
    for (const person of this.archive.people) {
      if (!used.has(person.key)) continue;
      const known = this.record.find(this.#id(`person ${person.key}`));
      const same = known ? placeOf(known.file)[1] : names.get(person.name.trim().toLowerCase());
      const slug =
        same ?? this.#slugs.give('people', [person.name, person.slug], `person-${digest(person.key).slice(0, 8)}`);
      this.#people.set(person.key, slug);
      names.set(person.name.trim().toLowerCase(), slug);
      for (const address of person.addresses) this.#move(address, addressOf.people(slug));
      if (!known && same !== undefined) continue;
      await this.#writePerson(person, slug, known);
    }
  }

  async #writePerson(person: ArchivedPerson, slug: string, known: Imported | undefined) {
    const source = digest(JSON.stringify(person));
    if (known && known.source === source && !known.isIncomplete) return;
    const beside = this.#beside();
    const { photo, bio } = person;
    if (photo && !this.options.isDry) await beside.takePictures([photo]);
    const src = photo && beside.pathOf(keyOf(photo));
    const text = bio ? mdxOf(bio, this.#surroundings(beside, person.name)) : { text: '', lost: [] };
    const accepted = acceptedFields('people', {
      name: shortened(person.name, 80),
      links: person.links?.length ? person.links : undefined,
      photo: src ? { src, alt: photo?.alt ?? person.name } : undefined,
      aliases: this.#aliases(person.addresses, beside.lost),
    });
    await this.#writeFiles({
      ...{ id: this.#id(`person ${person.key}`), kind: 'people', slug, known, beside },
      place: `person "${person.name}"`,
      source,
      text: entryText(accepted.fields, text.text),
      lost: [...beside.lost, ...text.lost, ...accepted.lost],
    });
  }

  async #takeShow() {
    const { content, isDry } = this.options;
    if (await yamlFile(content, 'show.yaml')) return;
    const beside = this.#beside();
    const { cover } = this.archive.series;
    if (cover && !isDry) await beside.takePictures([cover]);
    const src = cover && beside.pathOf(keyOf(cover));
    const { fields, lost, person } = showFields(this.archive, this.#people, src);
    this.lost.push(...lost, ...beside.lost);
    if (isDry) return;
    if (person) {
      const slug = this.#slugs.give('people', [person], 'the-publisher');
      fields['hosts'] = [slug];
      await writeEntry(
        content,
        { folder: `people/${slug}`, text: frontMatter({ name: person, kind: 'organisation' }), files: [] },
        () => {},
      );
    }
    for (const { name, bytes } of beside.files)
      await writeFile(join(content, name), bytes, { flag: 'wx' }).catch(() => {});
    await writeFile(join(content, 'show.yaml'), frontMatter(fields).replaceAll(/^---\n/gm, ''), { flag: 'wx' });
  }

  /** Gives every piece its slug and number before the first is written, since texts link to one another. */
  #plan(existing: Awaited<ReturnType<typeof existingEntries>>) {
    const { now } = this.options;
    const written = new Set(this.record.all.map(({ file }) => file));
    const guids = new Map(
      existing.flatMap(({ data, file }) => (data['guid'] && !written.has(file) ? [[String(data['guid']), file]] : [])),
    );
    const pages = new Set(existing.flatMap(({ collection, slug }) => (collection === 'pages' ? [slug] : [])));
    const seen = new Set<string>();
    this.#planned = this.archive.pieces.flatMap((piece): Planned[] => {
      const id = this.#id(piece.key);
      if (seen.has(id)) {
        this.lost.push({
          what: 'twice',
          detail: `${piece.place}: the archive has it twice, under ${piece.key}; the first one counts`,
        });
        return [];
      }
      seen.add(id);
      const { lost: _, ...said } = piece;
      const source = digest(JSON.stringify(said));
      if (piece.guid !== undefined && seen.has(`guid ${piece.guid}`)) {
        piece.lost.push({
          what: 'guid',
          detail: `Its guid ${piece.guid} is that of another entry too: it gets one of its own`,
        });
        delete piece.guid;
      } else if (piece.guid !== undefined) seen.add(`guid ${piece.guid}`);
      const known = this.record.find(id);
      const rival = known ? undefined : this.#rival(piece, guids, pages);
      const slug = known
        ? placeOf(known.file)[1]
        : rival !== undefined
          ? placeOf(rival)[1]
          : this.#slugs.give(
              piece.kind,
              [piece.slug, piece.title],
              `${piece.kind.slice(0, -1)}-${digest(piece.key).slice(0, 8)}`,
            );
      this.#occupy(addressOf[piece.kind](slug));
      return [{ piece, id, slug, known, rival, source }];
    });
    const isShown = ({ piece }: Planned) => !piece.draft && (!piece.publishedAt || new Date(piece.publishedAt) <= now);
    this.#move(URL.parse(this.archive.series.address ?? '')?.pathname ?? '/', '/');
    for (const planned of this.#planned)
      for (const address of planned.piece.addresses)
        this.#move(address, isShown(planned) ? addressOf[planned.piece.kind](planned.slug) : null);
    this.#count(existing);
  }

  /** A page that the site has already, or an entry that feeds know by the same guid. */
  #rival(
    { kind, slug, title, guid }: ArchivedPiece,
    guids: ReadonlyMap<string, string>,
    pages: ReadonlySet<string>,
  ): string | undefined {
    const same = guid === undefined ? undefined : guids.get(guid);
    if (same !== undefined) return same;
    const name = slugOf(slug ?? title);
    return kind === 'pages' && pages.has(name) ? `pages/${name}.mdx` : undefined;
  }

  /** A full episode has a number: where the archive counts none, or one twice, its place by date in its season. */
  #count(existing: Awaited<ReturnType<typeof existingEntries>>) {
    const taken = new Map<string, Set<number>>();
    const of = (season: unknown) =>
      taken.get(String(season ?? '')) ?? taken.set(String(season ?? ''), new Set()).get(String(season ?? ''))!;
    const ours = new Set(this.#planned.flatMap(({ known }) => known?.file ?? []));
    for (const { collection, data, file } of existing)
      if (collection === 'episodes' && typeof data['number'] === 'number' && !ours.has(file))
        of(data['season']).add(data['number']);
    const full = this.#planned
      .filter(
        ({ piece, rival }) => piece.kind === 'episodes' && !rival && (piece.fields['episodeType'] ?? 'full') === 'full',
      )
      .toSorted((a, b) => time(a.piece) - time(b.piece));
    const uncounted = full.filter((planned) => {
      const { number, season } = planned.piece.fields;
      const wanted = planned.known?.number ?? number;
      if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 0 || of(season).has(wanted)) return true;
      of(season).add(wanted);
      planned.number = wanted;
      return false;
    });
    for (const planned of uncounted) {
      const { number, season } = planned.piece.fields;
      let next = 1;
      while (of(season).has(next)) next += 1;
      of(season).add(next);
      planned.number = next;
      const why =
        number === undefined
          ? 'The archive gives it no number'
          : `Another episode has the number ${String(number)} too`;
      planned.piece.lost.push({ what: 'number', detail: `${why}: it has ${next}, by its date` });
    }
  }

  #move(address: string, to: string | null) {
    const key = keyOfAddress(address);
    if (key !== undefined && !this.#moved.has(key)) this.#moved.set(key, to);
  }

  /** Old addresses that can lead on: those that nothing else has. */
  #aliases(addresses: readonly string[], lost: Lost[]): string[] | undefined {
    const found = addresses.filter((address) => {
      const key = keyOfAddress(address);
      if (key === undefined || key === '/' || key === '') {
        if (address !== '/') lost.push({ what: 'address', detail: `${address} is no address that can lead on` });
        return false;
      }
      if (this.#occupied.has(key)) return false;
      this.#occupied.add(key);
      return true;
    });
    return found.length > 0 ? found : undefined;
  }

  #surroundings(beside: Beside, title: string) {
    const { alts = {}, series } = this.archive;
    return {
      title,
      picture: (address: string) => {
        const src = this.options.isDry ? './picture' : beside.pathOf(address);
        return src === undefined ? undefined : { src, alt: alts[address] ?? alts[withoutSize(address)] };
      },
      link: (address: string): string | null | undefined => {
        if (address.startsWith('#')) {
          beside.lost.push({ what: 'anchor', detail: `A link to ${address} inside the text: its words are kept` });
          return null;
        }
        const url = URL.parse(address);
        const isOld = url ? isSameSite(address, series.address) : address.startsWith('/');
        if (url && !isOld) return undefined;
        const to = isOld
          ? this.#moved.get(keyOfAddress(url ? url.pathname + url.search : address.replace(/#.*$/, '')) ?? '')
          : undefined;
        if (to) return to;
        const why = to === null ? 'is not published yet' : url ? 'did not come over' : 'is no whole address';
        beside.lost.push({
          what: 'link',
          detail: `A link to ${address}, which ${why}: ${url && to !== null ? 'it leads to the old site' : 'its words are kept'}`,
        });
        return url && to !== null ? undefined : null;
      },
    };
  }

  async #writePiece(planned: Planned) {
    const { piece, id, slug, known, rival, number, source } = planned;
    const lost = [...piece.lost];
    const result = (fate: Fate, file: string) =>
      void this.results.push({
        ...{ place: piece.place, kind: piece.kind, fate, file },
        // What was told when it was written is not told again.
        lost: fate === 'unchanged' || fate === 'deleted' ? [] : lost,
      });
    if (rival !== undefined) {
      lost.push({
        what: 'exists',
        detail: `${rival} is there already, and is left as it is: take what you want of the old one over by hand, or delete it and import again`,
      });
      return result('exists', rival);
    }
    if (known && known.source === source && !known.isIncomplete) {
      const isThere = await stat(join(this.options.content, known.file)).then(
        () => true,
        () => false,
      );
      return result(isThere ? 'unchanged' : 'deleted', known.file);
    }
    try {
      const beside = this.#beside();
      const body = piece.body;
      const { cover, files } = piece;
      if (!this.options.isDry)
        await beside.takePictures([...addressesIn(body).pictures.map((url) => ({ url })), ...(cover ? [cover] : [])]);
      const fields = await this.#fields(planned, beside, lost);
      for (const file of this.options.isDry ? [] : files)
        await beside.takeFile(file).catch((error: Error) => {
          lost.push({ what: 'file', detail: `${keyOf(file)} ${error.message}` });
          for (const [name, value] of Object.entries(fields)) if (value === `./${file.name}`) delete fields[name];
        });
      const text = mdxOf(body, this.#surroundings(beside, shortened(piece.title || slug, 120)));
      const accepted = acceptedFields(piece.kind, fields);
      lost.push(...beside.lost, ...text.lost, ...accepted.lost);
      await this.#writeFiles({
        ...{ id, kind: piece.kind, slug, known, beside, lost, source, place: piece.place, number },
        text: entryText(accepted.fields, text.text),
      });
    } catch (error) {
      lost.push({ what: 'failed', detail: `It could not be written: ${(error as Error).message}` });
      result('failed', `${piece.kind}/${slug}`);
    }
  }

  async #fields({ piece, slug, number }: Planned, beside: Beside, lost: Lost[]): Promise<Record<string, unknown>> {
    const words = plainText(piece.body);
    const title = this.#title(piece, words, slug, lost);
    let summary = piece.summary ? firstSentences(piece.summary) : '';
    if (!summary) {
      summary = firstSentences(words) || title;
      lost.push({ what: 'summary', detail: 'The archive has no summary of it: it has the first words of its text' });
    } else if (piece.summary && summary.length < piece.summary.replaceAll(/\s+/g, ' ').trim().length)
      lost.push({
        what: 'summary',
        detail: `Its summary is longer than 300 characters, and cut: “${piece.summary.replaceAll(/\s+/g, ' ').trim()}”`,
      });
    const { cover } = piece;
    const src = cover && beside.pathOf(keyOf(cover));
    const aliases = this.#aliases(piece.addresses, lost);
    const updatedAt = moment(piece.updatedAt);
    const common = { title, summary, aliases, draft: piece.draft || undefined };
    if (piece.kind === 'pages') return { ...common, updatedAt };
    const people = (parts: ArchivedPiece['hosts']) => {
      const slugs = [...new Set(parts.flatMap(({ person }) => this.#people.get(person) ?? []))];
      return slugs.length > 0 ? slugs : undefined;
    };
    const topics = [...new Set(piece.topics.flatMap((key) => this.#topics.get(key) ?? []))];
    const keywords = [...new Set(piece.keywords.map((word) => word.trim()).filter(Boolean))];
    const publishedAt = moment(piece.publishedAt) ?? this.options.now.toISOString().slice(0, 10);
    if (!piece.publishedAt) lost.push({ what: 'date', detail: `The archive has no date of it: it has ${publishedAt}` });
    const known = {
      ...common,
      publishedAt,
      updatedAt: updatedAt !== undefined && new Date(updatedAt) > new Date(publishedAt) ? updatedAt : undefined,
      guid: piece.guid?.trim() || undefined,
      topics: topics.length > 0 ? topics : undefined,
      keywords: keywords.length > 0 ? keywords : undefined,
      cover: src ? { src, alt: cover?.alt ? shortened(cover.alt, 300) : title } : undefined,
    };
    if (src && !cover?.alt)
      lost.push({ what: 'alt-text', detail: `${src}, its cover, had no alternative text: its title stands for it` });
    if (piece.kind === 'posts') return { ...piece.fields, ...known, authors: people(piece.authors) };
    const roles = Object.fromEntries(
      [...piece.hosts, ...piece.guests].flatMap(({ person, role }) => {
        const of = this.#people.get(person);
        return of && role ? [[of, shortened(role, 80)]] : [];
      }),
    );
    return {
      ...piece.fields,
      ...known,
      number: number ?? piece.fields['number'],
      audio: await this.#recording(piece.fields['audio'], lost),
      video: await this.#recording(piece.fields['video'], lost),
      hosts: people(piece.hosts),
      guests: people(piece.guests),
      roles: Object.keys(roles).length > 0 ? roles : undefined,
    };
  }

  #title({ title }: ArchivedPiece, words: string, slug: string, lost: Lost[]): string {
    const line = title.replaceAll(/\s+/g, ' ').trim();
    if (line.length > 140)
      lost.push({ what: 'title', detail: `Its title is longer than 140 characters, and cut: “${line}”` });
    if (line) return shortened(line, 140);
    const first = shortened(words, 60) || slug.replaceAll('-', ' ');
    lost.push({ what: 'title', detail: `The archive has no title of it: it is called “${first}”` });
    return first;
  }

  /** A recording on another host, whose facts are asked for where the archive does not have them. */
  async #recording(recording: unknown, lost: Lost[]): Promise<unknown> {
    if (typeof recording !== 'object' || recording === null || !('url' in recording)) return recording;
    const { isDry, isOffline, fetch, timeout } = this.options;
    const { url, type, bytes, duration } = recording as { url: string; type: string } & Partial<RemoteFacts>;
    if ((bytes && duration) || isDry) return recording;
    const facts = isOffline
      ? undefined
      : await remoteFacts({ url, type } as Parameters<typeof remoteFacts>[0], { fetch, timeout }).catch(
          (error: Error) => error,
        );
    if (facts && !(facts instanceof Error))
      return { url, type, bytes: bytes ?? facts.bytes, duration: duration ?? facts.duration };
    lost.push({
      what: 'recording',
      detail: `${url} ${facts ? facts.message : 'was not asked for its bytes and duration'}: "npm run check-media -- --write" asks for them`,
    });
    return recording;
  }

  async #writeFiles(entry: {
    id: string;
    kind: Result['kind'];
    slug: string;
    place: string;
    known: Imported | undefined;
    source: string;
    text: string;
    beside: Beside;
    lost: Lost[];
    number?: number | undefined;
  }) {
    const { id, kind, slug, place, known, source, text, beside, lost, number } = entry;
    const { content, isDry } = this.options;
    const folder = `${kind}/${slug}`;
    // A page is a single file, but for one with pictures.
    const file = known?.file ?? `${folder}/index.mdx`;
    const files: Record<string, string> = { [file]: digest(text) };
    for (const each of beside.files) files[`${dirname(file)}/${each.name}`] = digest(each.bytes);
    const result = (fate: Fate) => void this.results.push({ place, kind, fate, file, lost });
    const note = {
      key: id,
      file,
      source,
      files,
      ...(number !== undefined && { number }),
      ...(beside.isIncomplete && { isIncomplete: true as const }),
    };
    if (!known) {
      if (isDry) return result('written');
      await writeEntry(content, { folder, text, files: beside.files }, () => {});
      await this.record.add(note);
      return result('written');
    }
    const now = await readFile(join(content, known.file)).catch(() => undefined);
    if (!now) return result('deleted');
    if (known.files[known.file] !== digest(now)) {
      if (known.source === source) return result('unchanged');
      lost.unshift({
        what: 'edited',
        detail: 'It was changed here since it was imported, and in the archive too: it is left as it is',
      });
      return result('edited');
    }
    const isSame = Object.entries(files).every(([name, each]) => known.files[name] === each);
    if (isSame && known.source === source) return result('unchanged');
    if (isDry) return result('updated');
    for (const { name, bytes } of beside.files) {
      const path = join(content, dirname(file), name);
      const old = await readFile(path).catch(() => undefined);
      if (!old || known.files[`${dirname(file)}/${name}`] === digest(old)) await writeFile(path, bytes);
    }
    await writeFile(join(content, file), text);
    await this.record.add(note);
    return result('updated');
  }
}

const placeOf = (file: string): [collection: string, slug: string] => {
  const [collection = '', name = ''] = file.split('/');
  return [collection, name.replace(/\.mdx$/, '')];
};

const time = ({ publishedAt }: ArchivedPiece) => (publishedAt ? new Date(publishedAt).getTime() : Infinity);

const moment = (date: Date | string | undefined): string | undefined =>
  date instanceof Date ? date.toISOString().replace('.000Z', 'Z') : date;

function entryText(fields: Record<string, unknown>, body: string): string {
  const sorted = byFieldOrder(Object.entries(fields), ([name]) => name);
  return frontMatter(Object.fromEntries(sorted)) + (body ? `\n${body}` : '');
}
