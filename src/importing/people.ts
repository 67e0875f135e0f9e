import { addressOf } from '#catalog/entry-address.ts';
import type { ArchivedPerson } from './archive.ts';
import { acceptedFields } from './fields.ts';
import { Beside, keyOf } from './files.ts';
import { mdxOf, shortened } from './html.ts';
import { digest, type Imported } from './record.ts';
import { entryText, idOf, placeOf, type Run, surroundings } from './run.ts';
import { keepEntry } from './writing.ts';

/** Makes an entry of each person whom entries or the series name; who is there already under that name is left as they are. */
export async function takePeople(run: Run): Promise<void> {
  const { archive, existing, people, slugs, moved } = run;
  const named = archive.pieces.flatMap(({ hosts, guests, authors }) => [...hosts, ...guests, ...authors]);
  const hosts = archive.series.fields['hosts'];
  const used = new Set([...named.map(({ person }) => person), ...(Array.isArray(hosts) ? hosts : [])]);
  const names = new Map(
    existing.flatMap(({ collection, slug, data }) =>
      collection === 'people' ? [[nameKey(String(data['name'] ?? '')), slug] as const] : [],
    ),
  );
  for (const person of archive.people) {
    if (!used.has(person.key)) continue;
    const known = run.record.find(idOf(run, `person ${person.key}`));
    const same = known ? placeOf(known.file)[1] : names.get(nameKey(person.name));
    const slug = same ?? slugs.give('people', [person.name, person.slug], `person-${digest(person.key).slice(0, 8)}`);
    people.set(person.key, slug);
    names.set(nameKey(person.name), slug);
    for (const address of person.addresses) moved.add(address, addressOf.people(slug));
    if (known || same === undefined) await keepPerson(run, person, slug, known);
  }
}

const nameKey = (name: string) => name.trim().toLowerCase();

async function keepPerson(run: Run, person: ArchivedPerson, slug: string, known: Imported | undefined) {
  const source = digest(JSON.stringify(person));
  if (known && known.source === source && !known.isIncomplete && !known.next) {
    run.moved.aliases(person.addresses, []);
    return;
  }
  const beside = new Beside(run.options);
  const { photo, bio } = person;
  if (photo && !run.options.isDry) await beside.takePictures([photo]);
  const src = photo && beside.pathOf(keyOf(photo));
  const text = bio ? mdxOf(bio, surroundings(run, beside, person.name)) : { text: '', lost: [] };
  const accepted = acceptedFields('people', {
    name: shortened(person.name, 80),
    links: person.links?.length ? person.links : undefined,
    photo: src ? { src, alt: photo?.alt ?? person.name } : undefined,
    aliases: run.moved.aliases(person.addresses, beside.lost),
  });
  await keepEntry(run, {
    ...{ id: idOf(run, `person ${person.key}`), kind: 'people', slug, known, beside },
    place: `person "${person.name}"`,
    source,
    text: entryText(accepted.fields, text.text),
    lost: [...beside.lost, ...text.lost, ...accepted.lost],
  });
}
