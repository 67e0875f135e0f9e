import type { Profile } from '#catalog/records.ts';
import type { Page } from './about.ts';
import { images, named, type Thing } from './thing.ts';

/** A person or an organisation. */
export const personNode = ({ site, show, about, picture }: Page, person: Profile): Thing => ({
  ...named(site, person),
  description: person.summary,
  jobTitle: person.kind === 'person' ? person.role : undefined,
  image: images(site, show, about, picture),
  sameAs: person.links.length > 0 ? person.links.map(({ url }) => url) : undefined,
});
