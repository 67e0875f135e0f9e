import type { Edition } from '#authoring/edition.ts';

type Show = Edition['catalog']['show'];

/**
 * The module `virtual:show`: the series as it was when the site was built, without its pictures. A page that is made on
 * demand takes it from there, so that the server carries none of the content.
 */
export function showModule(edition: () => Promise<Edition>) {
  return {
    name: 'show-module',
    resolveId: (id: string) => (id === 'virtual:show' ? resolved : undefined),
    load: async (id: string) => {
      if (id !== resolved) return undefined;
      const { catalog, isComplete } = await edition();
      if (!isComplete) throw new Error('The pages of forms need the show, which has mistakes in it');
      return `export const show = ${JSON.stringify(withoutPictures(catalog.show))};`;
    },
  };
}

const resolved = '\0virtual:show';

/** What is undefined is not written. */
const withoutPictures = (show: Show): Show => ({
  ...show,
  cover: undefined,
  hosts: show.hosts.map((host) => ({ ...host, photo: undefined })),
});
