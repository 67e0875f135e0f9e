import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';

/** Indexes the built pages for `/search/`; a page takes part by `data-pagefind-body`. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        try {
          const { index } = ok(await createIndex({}));
          if (!index) throw new Error('Pagefind made no index');
          const { page_count } = ok(await index.addDirectory({ path: fileURLToPath(dir) }));
          ok(await index.writeFiles({ outputPath: fileURLToPath(new URL('pagefind/', dir)) }));
          logger.info(`Indexed ${page_count} pages`);
        } finally {
          await close();
        }
      },
    },
  };
}

function ok<T extends { errors: string[] }>(response: T): T {
  if (response.errors.length > 0) throw new Error(`Pagefind: ${response.errors.join('; ')}`);
  return response;
}
