/**
 * Whether a file's name changes with what is in it, by its path in the site, `/_astro/site.Ab3x.css`, compressed or not.
 * Such a file may be kept for ever, and one of an earlier build does no harm beside those of a later one.
 */
export const isHashed = (path: string): boolean =>
  /^\/_astro\/|^\/pagefind\/(fragment|index|filter)\/|\.pf_meta(\.br|\.gz)?$/.test(path);

/**
 * Where builds leave the hashed files of earlier ones, of which pages are still open: beside their folder, in one folder
 * for each day.
 */
export const pastFolder = (built: string): string => built.replace(/([^\\/]+)[\\/]?$/, '.$1.past');
