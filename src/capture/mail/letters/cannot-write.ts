/** A mail names something that the site, as it is served now, does not have. */
export class CannotWrite extends Error {
  override name = 'CannotWrite';
}
