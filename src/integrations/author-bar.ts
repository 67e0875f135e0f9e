import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { contentAdvice } from '#authoring/content-advice.ts';
import { currentEdition } from '#authoring/current-edition.ts';
import type { Edition } from '#authoring/edition.ts';
import { adviceKinds, messageName, mistakeKinds } from '#authoring/message-kinds.ts';
import { inOrder, type Problem } from '#authoring/problem.ts';
import { recordingAdvice } from '#authoring/recording-advice.ts';
import { checkEdition } from '#publishing/check.ts';
import { decoded } from '#site/url.ts';
import { entryAt, entryLike, type Made, makeEntry, wishOf } from './author-entries.ts';

/** What the bar shows of a page. */
export interface PageNotes {
  /** The file that the page is made from, as its author would type it, and where it is. */
  file: string;
  path: string;
  draft: boolean;
  mistakes: Note[];
  advice: Note[];
  /** The line that begins an entry like this one. */
  command: string;
  /** What it would be, where a title is enough to begin it. */
  kind?: string;
}

export interface Note {
  name: string;
  what: string;
  line: number;
  nearest?: string | undefined;
  /** The place for Vite's `/__open-in-editor`. */
  place: string;
}

/**
 * A bar under each page of `dev`: its file, its mistakes and advice, a button that opens it in the editor, and a field that begins
 * an entry like it. It is part of no build.
 */
export function authorBar(): AstroIntegration {
  return {
    name: 'author-bar',
    hooks: {
      'astro:config:setup': ({ command, injectScript }) => {
        if (command === 'dev') injectScript('page', `import '/src/integrations/author-bar-client.ts';`);
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use('/__author/new', (request, response, next) => {
          const answer = (status: number, made: Made) => {
            response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
            response.end(JSON.stringify(made));
          };
          wishOf(request)
            .then(async (wish) => {
              if (!wish)
                return answer(403, { refused: 'Entries are made from the bar of a page of this server alone.' });
              const made = await makeEntry(await currentEdition(), wish);
              return answer('address' in made ? 201 : 409, made);
            })
            .catch(next);
        });
        server.middlewares.use('/__author', (request, response, next) => {
          const page = new URL(request.url ?? '/', 'http://localhost').searchParams.get('page') ?? '/';
          currentEdition()
            .then((edition) => pageNotes(edition, page))
            .then((notes) => {
              response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
              response.end(JSON.stringify(notes));
            }, next);
        });
      },
    },
  };
}

/** What is to be said of the page at a path: of its entry, or else of the series. */
export async function pageNotes(edition: Edition, path: string): Promise<PageNotes> {
  const { folder } = edition;
  const address = decoded(path).replace(/\/?$/, '/');
  const entry = entryAt(edition, path);
  const { kind, collection, options } = entryLike(entry);
  const isTopic = address.startsWith('/topics/');
  const series = {
    ...(isTopic ? folder.topics : folder.show),
    path: join(folder.path, isTopic ? 'topics.yaml' : 'show.yaml'),
  };
  const source = entry ?? series;
  const all = await messagesOf(edition);
  const inside = entry && entry.folder.includes('/') ? folder.shown(`${entry.folder}/`) : source.name;
  const here = ({ file }: Problem) => file === source.name || (inside !== source.name && file.startsWith(inside));
  const noted = (problems: readonly Problem[], kinds: typeof mistakeKinds): Note[] =>
    inOrder(problems.filter(here)).map(({ what, line, nearest, file }) => ({
      ...{ name: messageName(what, kinds), what, line, nearest },
      place: `${file === source.name ? source.path : file}:${line}`,
    }));
  return {
    ...{ file: source.name, path: source.path },
    draft: entry?.yaml.data['draft'] === true,
    mistakes: noted(all.mistakes, mistakeKinds),
    advice: noted(all.advice, adviceKinds),
    command: ['npm run new --', kind, ...options].join(' '),
    ...(collection && { kind }),
  };
}

/** Worked out once for each edition. */
function messagesOf(edition: Edition): Promise<{ mistakes: Problem[]; advice: Problem[] }> {
  const found = known.get(edition) ?? look(edition);
  known.set(edition, found);
  return found;
}

const known = new WeakMap<Edition, ReturnType<typeof look>>();

async function look(edition: Edition): Promise<{ mistakes: Problem[]; advice: Problem[] }> {
  const { problems } = await checkEdition(edition);
  return {
    mistakes: problems,
    advice: [...edition.advice, ...contentAdvice(edition), ...(await recordingAdvice(edition))],
  };
}
