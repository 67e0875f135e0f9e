/** Where the search is: all that its program takes of the site's addresses, so that it carries none of the others. */
export const searchAddress = {
  page: '/search/',
  /** The folder of the index. */
  index: '/pagefind/',
} as const;
