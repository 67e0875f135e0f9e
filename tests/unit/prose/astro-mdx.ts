import { satteri } from '@astrojs/markdown-satteri';
import { Fragment, jsx } from 'astro/jsx-runtime';
import { renderJSX, spreadAttributes } from 'astro/runtime/server/index.js';
import { textPlugins } from '#catalog/body.ts';
import { vocabulary as schemas } from '#model/vocabulary.ts';
import type { Part } from '#prose/parts.ts';

/** The names of the site's components; only Astro can load these themselves. */
export const components = { vocabulary: new Set(Object.keys(schemas)), elements: new Set(['pre', 'table']) };

/**
 * The HTML of a body as Astro's own integration renders it. A component is an element of its name, with its attributes
 * and what is in it; a picture has its path for its address.
 */
export async function astroHtml(mdx: string): Promise<string> {
  const renderer = await satteri({ hastPlugins: textPlugins }).createMdxRenderer?.(
    { syntaxHighlight: false },
    { optimize: false },
  );
  if (!renderer) throw new Error('Astro compiles no MDX');
  const program = (await renderer.process(mdx, '/body.mdx', {})).code
    .replaceAll(/^import (\w+) from (".*");$/gm, 'const $1 = $2;')
    .replaceAll(/^import \{.*$/gm, '')
    .replaceAll(/^export /gm, '');
  const names = [...components.vocabulary, ...components.elements].map((name) => [name, standIn(name)]);
  // oxlint-disable-next-line no-new-func
  const content = new Function('_jsx', '_jsxs', '_Fragment', `${program}; return MDXContent;`)(jsx, jsx, Fragment);
  const tree = content({ components: { ...Object.fromEntries(names), 'astro-image': standIn('img') } });
  return String(await renderJSX({} as never, tree));
}

/** The HTML of parts, with the same stand-ins. */
export const partsHtml = (parts: readonly Part[]): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const name = standIn(part.component);
      return `<${name}${spreadAttributes(part.props)}>${partsHtml(part.parts)}</${name}>`;
    })
    .join('');

const standIn = (component: string) => `_${component}`;
