import type { Archive, ArchivedFile, ArchivedPerson, ArchivedPiece, Lost, Part } from '#importing/archive.ts';
import { Fields, textOf } from './fields.ts';
import { type Data, isData } from './front-matter.ts';

/** What the entries of a folder have together: people, topics, and where their files lie. */
export class Gathered {
  readonly people = new Map<string, ArchivedPerson>();
  readonly topics = new Map<string, { key: string; title: string; description?: string }>();
  readonly pieces: ArchivedPiece[] = [];
  readonly lost: Lost[] = [];
  /** Files on the disk, by the addresses that texts name them by. */
  readonly files: Record<string, string> = {};
  /** What the folder says of people, by each name that entries may call them. */
  readonly #known = new Map<string, ArchivedPerson>();

  /** Notes what a page or a file of data says of a person; entries may name them by any of `names`. */
  introduce(person: ArchivedPerson, names: readonly string[]): void {
    for (const name of [person.name, ...names]) {
      const key = keyOf(name);
      if (key && !this.#known.has(key)) this.#known.set(key, person);
    }
  }

  /** Notes the people of a file of data, each by the key that entries name them by. */
  introduceAll(people: Iterable<readonly [key: string, data: unknown]>, photo: Photo): void {
    for (const [key, data] of people) {
      const person = isData(data) ? personOf(data, { key, photo }) : undefined;
      if (person) this.introduce(person, [key]);
    }
  }

  /** The file of an address: one on the web, or one that was found in the folder. */
  fileAt(address: string): ArchivedFile | undefined {
    return /^https?:/.test(address) || Object.hasOwn(this.files, address) ? { url: address } : undefined;
  }

  /** The people that a field names: a name, several, or records of them. */
  parts(value: unknown): Part[] {
    const all = Array.isArray(value) ? value : [value];
    return all.flatMap((each): Part[] => {
      if (isData(each)) {
        const person = personOf(each);
        if (!person) return [];
        this.introduce(person, []);
        return [this.#taken(person.name)];
      }
      // An address is nobody's name.
      const name = textOf(each)
        ?.replace(/\s*<[^<>@\s]+@[^<>\s]+>$/, '')
        .trim();
      return name && !/^\S+@\S+$/.test(name) ? [this.#taken(name)] : [];
    });
  }

  #taken(name: string): Part {
    const known = this.#known.get(keyOf(name));
    const person = known ?? { key: name, name, addresses: [] };
    if (!known) this.introduce(person, []);
    this.people.set(person.key, person);
    return { person: person.key };
  }

  /** Whose the series is: whom its episodes call their hosts, those of most first, or else whom the site says it is by. */
  hosts(instead: readonly string[]): string[] {
    const counts = new Map<string, number>();
    for (const { hosts } of this.pieces)
      for (const { person } of hosts) counts.set(person, (counts.get(person) ?? 0) + 1);
    const most = Math.max(0, ...counts.values());
    // Who stood in once is no host of the series.
    const usual = [...counts].filter(([, count]) => count * 5 >= most).toSorted(([, a], [, b]) => b - a);
    if (usual.length === 0) return [...instead];
    this.lost.push({
      what: 'show.yaml',
      detail: 'hosts: those whom its episodes name most often stand there, to be looked at',
    });
    return usual.map(([person]) => person);
  }

  topic(title: string): string {
    const key = keyOf(title).replaceAll(/[\s_-]+/g, ' ');
    if (!this.topics.has(key)) this.topics.set(key, { key, title: title.trim() });
    return key;
  }

  archive(kind: Archive['kind'], series: Archive['series']): Archive {
    return {
      ...{ kind, series, people: [...this.people.values()], topics: [...this.topics.values()], pieces: this.pieces },
      ...{ comments: [], lost: this.lost, files: this.files },
    };
  }
}

/** The picture of a person, by the address that data give it. */
type Photo = (address: string) => ArchivedFile | undefined;

const keyOf = (name: string) => name.normalize('NFKC').trim().toLowerCase();

const profiles: readonly [field: string, label: string, address: (name: string) => string][] = [
  ['website', 'Web site', (name) => name],
  ['url', 'Web site', (name) => name],
  ['web', 'Web site', (name) => name],
  ['site', 'Web site', (name) => name],
  ['homepage', 'Web site', (name) => name],
  ['uri', 'Web site', (name) => name],
  ['github', 'GitHub', (name) => `https://github.com/${name}`],
  ['twitter', 'Twitter', (name) => `https://twitter.com/${name}`],
  ['linkedin', 'LinkedIn', (name) => `https://www.linkedin.com/in/${name}`],
  ['instagram', 'Instagram', (name) => `https://www.instagram.com/${name}`],
  ['youtube', 'YouTube', (name) => `https://www.youtube.com/${name}`],
  ['mastodon', 'Mastodon', (name) => name],
  ['bluesky', 'Bluesky', (name) => `https://bsky.app/profile/${name}`],
];

/** A person as data describe them; their e-mail address stays where it is. `photo` is theirs where a file is found for it. */
export function personOf(data: Data, instead?: { key: string; photo?: Photo }): ArchivedPerson | undefined {
  const fields = new Fields(data);
  const name = fields.text('display_name', 'full_name', 'fullname', 'name', 'title') ?? instead?.key;
  if (!name || /^\S+@\S+$/.test(name)) return undefined;
  const links = profiles.flatMap(([field, label, address]) => {
    const said = fields.text(field)?.replace(/^@/, '');
    const url = said === undefined ? undefined : URL.parse(/^https?:\/\//i.test(said) ? said : address(said));
    return url && /^https?:$/.test(url.protocol) ? [{ label, url: url.href }] : [];
  });
  const bio = fields.text('bio', 'biography', 'about', 'description');
  const photo = fields.text('thumbnail', 'avatar', 'photo', 'picture', 'image', 'img');
  const file = photo === undefined ? undefined : instead?.photo?.(photo);
  return {
    ...{ key: instead?.key ?? name, name, addresses: [] },
    ...(links.length > 0 && { links: links.filter(({ url }, i) => links.findIndex((each) => each.url === url) === i) }),
    ...(bio && { bio: { markdown: bio } }),
    ...(file && { photo: file }),
  };
}
