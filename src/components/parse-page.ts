/**
 * A page of this site as a document, without the styles of its first paint: they are for its own HTML, and the policy of
 * the page that the reader is on does not know them. The stylesheet of all pages takes their place.
 */
export function parsePage(html: string): Document {
  const [styles, digest, whole] = /<style data-first="([^"]*)" data-whole="([^"]*)">[^]*?<\/style>/.exec(html) ?? [];
  const text =
    styles === undefined
      ? html
      : html.replace(styles, () => `<link rel="stylesheet" href="${whole}">`).replace(`${digest} `, '');
  const page = new DOMParser().parseFromString(text, 'text/html');
  // What the first paint left of it.
  for (const rest of page.body.querySelectorAll('link[rel="stylesheet"]')) rest.remove();
  return page;
}
