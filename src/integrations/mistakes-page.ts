import { addressOf } from '#catalog/entry-address.ts';
import type { Edition } from '#authoring/edition.ts';
import type { Problem } from '#authoring/problem.ts';
import type { Collection } from '#catalog/content.ts';
import { decoded } from '#site/url.ts';

/**
 * The mistakes that keep a page from being shown, by its path: those of its entry's file, or, where the show itself is
 * not right, those of its file for every page. None where the page can be shown.
 */
export function hidingMistakes({ folder, problems, unchecked, isComplete }: Edition, path: string): Problem[] {
  if (!isComplete) return problems.filter(({ file }) => file === folder.show.name);
  const address = decoded(path).replace(/\/?$/, '/');
  const entries = folder.entries.filter(
    ({ collection, slug }) => unchecked.has(`${collection}/${slug}`) && addressOf[collection](slug) === address,
  );
  const misplaced = folder.unexpectedFiles.filter((key) => {
    const [collection, slug = ''] = key.split('/');
    return addressOf[collection as Collection](slug) === address;
  });
  return problems.filter(
    ({ file, field, nearest }) =>
      entries.some(({ name }) => name === file) ||
      (field === 'path' && misplaced.some((key) => [`${key}.mdx`, `${key}/index.mdx`].includes(nearest ?? ''))),
  );
}

/** A page for its author that says what is wrong with it; it is loaded again after the next save. */
export function mistakesPage(mistakes: readonly Problem[]): string {
  const count = mistakes.length === 1 ? 'One mistake keeps' : `${mistakes.length} mistakes keep`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${count} this page from being shown</title>
<script type="module" src="/@vite/client"></script>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 52rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; text-wrap: balance; }
li { margin-block: 1.5rem; }
p { margin: 0 0 0.5rem; font-weight: 600; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.25rem 1rem; margin: 0; }
dt { opacity: 0.75; }
dd { margin: 0; font-family: ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
<main>
<h1>${count} this page from being shown</h1>
<ol>
${mistakes.map(item).join('\n')}
</ol>
<p>The page comes back by itself when the file is right.</p>
</main>
</html>
`;
}

function item({ what, file, line, field, nearest, paste }: Problem): string {
  const rows = Object.entries({ in: `${file}:${line}`, field, nearest, paste }).flatMap(([label, value]) =>
    value === undefined ? [] : `<dt>${label}</dt><dd>${escaped(value)}</dd>`,
  );
  return `<li><p>${escaped(what)}</p><dl>${rows.join('')}</dl></li>`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
