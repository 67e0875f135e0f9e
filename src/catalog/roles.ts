import type { Content, CatalogProblem } from './content.ts';

/** A problem for each role in an episode of somebody who is neither its host nor its guest. */
export const strangeRoles = (content: Content): CatalogProblem[] =>
  content.episodes.flatMap(({ slug, data }) => {
    const people = [...(data.hosts ?? content.show.hosts), ...(data.guests ?? [])];
    return Object.keys(data.roles ?? {})
      .filter((person) => !people.includes(person))
      .map((person) => ({
        collection: 'episodes' as const,
        slug,
        field: ['roles', person],
        what: `"${person}" has a role in this episode, and is neither its host nor its guest`,
      }));
  });
