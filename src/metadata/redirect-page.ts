/** The address that a page took, and where it is said. */
export interface Moved {
  /** The coded path of the page. */
  to: string;
  site: URL;
  /** BCP 47. */
  language: string;
}

/**
 * The page that leads on from an old address where no server does: by itself, and by a link for whoever it does not.
 * Search engines take such a page for a redirect.
 */
export function redirectPage({ to, site, language }: Moved): string {
  const path = quoted(to);
  return `<!doctype html>
<html lang="${quoted(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>This page has moved</title>
<meta http-equiv="refresh" content="0;url=${path}">
<meta name="robots" content="noindex">
<link rel="canonical" href="${quoted(new URL(to, site).href)}">
</head>
<body><p>This page has moved to <a href="${path}">${path}</a>.</p></body>
</html>
`;
}

/** Text as the value of an attribute in double quotes. */
const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
