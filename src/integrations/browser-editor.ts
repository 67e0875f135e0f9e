import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join, parse, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import type { AstroIntegration } from 'astro';
import { lookup } from 'mrmime';
import { currentEdition } from '#authoring/current-edition.ts';
import type { Edition } from '#authoring/edition.ts';
import { contentFolder } from '#authoring/folder.ts';
import { type EditorBackend, editorBackend } from '#editor/backend.ts';
import { editorConfig } from '#editor/config.ts';
import { editorPage } from '#editor/page.ts';
import { collections } from '#catalog/content.ts';
import { editAddress } from '#site/url.ts';
import { answerFiles } from './author-files.ts';

/**
 * The editor for authors without a terminal, Sveltia CMS, at `/edit/`. In `dev` it works on the content folder; a built site has
 * it where `EDIT_BACKEND` names the git host of its owner, and nothing of it elsewhere. It comes before `compressedFiles`.
 */
export function browserEditor(): AstroIntegration {
  let client = '';
  let site = '';
  const backend = backendOf(process.env);
  return {
    name: 'browser-editor',
    hooks: {
      'astro:config:done': ({ config }) => {
        client = fileURLToPath(config.build.client);
        site = new URL('/', config.site).href;
      },
      'astro:build:done': async ({ logger }) => {
        if (!backend) return;
        const edition = await currentEdition();
        const program = await buildEditor(join(client, '_astro/editor'));
        const folder = join(client, editAddress);
        await mkdir(folder, { recursive: true });
        const { title } = edition.catalog.show;
        await writeFile(join(folder, 'index.html'), editorPage(title, `/_astro/editor/${program}`, backend));
        await writeFile(join(folder, 'config.json'), JSON.stringify(configOf(edition, site, backend)));
        logger.info(`The editor is at ${editAddress}: it writes to ${backend.repo}`);
      },
      'astro:server:setup': ({ server, logger }) => {
        const folder = join(
          fileURLToPath(new URL('../../node_modules/.cache/editor/', import.meta.url)),
          String(process.pid),
        );
        let building: Promise<string> | undefined;
        const program = () => {
          building ??= buildEditor(folder);
          building.catch((error: unknown) => {
            building = undefined;
            logger.error(`The editor cannot be made: ${String(error)}`);
          });
          return building;
        };
        server.httpServer?.once('close', () => void rm(folder, { recursive: true, force: true }));
        server.middlewares.use('/__author/files', (request, response, next) => {
          answerFiles(contentFolder(), request, response).catch(next);
        });
        server.middlewares.use((request, response, next) => {
          const [path = ''] = (request.url ?? '').split('?');
          const send = (type: string, text: string) =>
            response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text);
          if (path === '/edit') return void response.writeHead(302, { Location: editAddress }).end();
          if (path === editAddress)
            return void Promise.all([currentEdition(), program()]).then(
              ([edition, name]) =>
                send(
                  'text/html; charset=utf-8',
                  editorPage(edition.catalog.show.title, `${editAddress}program/${name}`, undefined),
                ),
              next,
            );
          if (path === `${editAddress}config.json`)
            return void currentEdition().then(
              (edition) =>
                send(
                  'application/json',
                  JSON.stringify(configOf(edition, `http://${request.headers.host}`, undefined)),
                ),
              next,
            );
          if (!path.startsWith(`${editAddress}program/`)) return next();
          const file = createReadStream(join(folder, basename(path)));
          file.once('error', () => next());
          file.once('open', () => {
            response.writeHead(200, {
              'Content-Type': lookup(path) ?? 'application/octet-stream',
              'Cache-Control': 'no-cache',
            });
            file.pipe(response);
          });
        });
      },
    },
  };
}

/** Nothing is built with a repository that cannot be: the owner is told why. */
function backendOf(variables: NodeJS.ProcessEnv): EditorBackend | undefined {
  const found = editorBackend(variables);
  if (!found || !('what' in found)) return found;
  // Thrown, it would be printed as a failure of the software.
  console.error(`\n${found.what}. Nothing was built. Fix it:\n\n  ${found.fix}\n`);
  process.exit(1);
}

const configOf = ({ catalog, folder }: Edition, address: string, backend: EditorBackend | undefined) =>
  editorConfig({
    ...{ title: catalog.show.title, address, backend },
    folder: backend ? relative(process.cwd(), folder.path).replaceAll(sep, '/') : '',
    topics: Object.entries(folder.topics.yaml.data).map(([slug, topic]) => named(slug, topic)),
    mixed: Object.fromEntries(
      collections.flatMap((name) => {
        const entries = folder.entries.filter(({ collection }) => collection === name);
        if (name === 'pages' || entries.every(({ path }) => parse(path).name === 'index')) return [];
        return [[name, entries.map(({ slug, yaml }) => named(slug, yaml.data))]];
      }),
    ),
  });

const named = (slug: string, data: unknown) => {
  const { title, name } = (data ?? {}) as { title?: unknown; name?: unknown };
  return { slug, title: String(title ?? name ?? slug) };
};

/** Bundles the editor's program with all that it loads into a folder, and resolves to its name there. */
async function buildEditor(folder: string): Promise<string> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    envFile: false,
    logLevel: 'error',
    publicDir: false,
    base: './',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    plugins: [tailwindcss(), fewLanguages, ownFonts, ownSlugs],
    build: {
      outDir: folder,
      emptyOutDir: true,
      assetsDir: '',
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: fileURLToPath(new URL('../editor/program.ts', import.meta.url)),
        output: { entryFileNames: 'program.[hash].js' },
      },
    },
  });
  const program = (await readdir(folder)).find((name) => /^program\.[\w-]+\.js$/.test(name));
  if (program === undefined) throw new Error(`There is no program in ${folder}`);
  return program;
}

/** Of the three hundred languages that code in a text may be coloured for, those of this site's texts. */
const fewLanguages = {
  name: 'few-languages',
  enforce: 'pre' as const,
  resolveId: (id: string) =>
    /^@shikijs\/langs\/(?!(?:markdown|mdx|yaml|json|javascript|typescript|css|html|shellscript)$)/.test(id)
      ? '\0no-language'
      : undefined,
  load: (id: string) => (id === '\0no-language' ? 'export default [];' : undefined),
};

/** The program brings its typefaces, and asks another host for them nevertheless: that part of its styles is left out. */
const ownFonts = {
  name: 'own-fonts',
  transform: (code: string, id: string) =>
    id.includes('@sveltia/cms') ? code.replaceAll(/@font-face\s*\{[^}]*cdn\.jsdelivr\.net[^}]*\}/g, '') : undefined,
};

/**
 * A slug is made of a title as the commands make it: the program spells letters in another way ("groesse" for "Größe"), and has no
 * option for it. Titles of other alphabets are left to the program.
 */
const ownSlugs = {
  name: 'own-slugs',
  transform: (code: string, id: string) => {
    if (!id.endsWith('@sveltia/cms/npm/index.js')) return undefined;
    const parts = code.split(/(?<=(\w+)=[\w$]+\()\1\.normalize\(`NFD`\)(?=,\{locale:)/);
    const [before, name, after] = parts;
    if (parts.length !== 3) throw new Error('Sveltia CMS makes slugs in a new way: look at ownSlugs');
    const slugs = fileURLToPath(new URL('../authoring/slug.ts', import.meta.url));
    const own = `(slugOfTitle(${name})??${name}.normalize(\`NFD\`))`;
    return `import{slugFor as slugOfTitle}from${JSON.stringify(slugs)};${before}${own}${after}`;
  },
};
