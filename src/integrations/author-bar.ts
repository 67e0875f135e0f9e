import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { contentAdvice } from '#authoring/content-advice.ts';
import { currentEdition } from '#authoring/current-edition.ts';
import type { Edition } from '#authoring/edition.ts';
import { adviceKinds, messageName, mistakeKinds } from '#authoring/message-kinds.ts';
import { inOrder, type Problem } from '#authoring/problem.ts';
import { recordingAdvice } from '#authoring/recording-advice.ts';
import { addressOf } from '#catalog/entry-address.ts';
import { checkEdition } from '#publishing/check.ts';
import { decoded } from '#site/url.ts';

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
 * A bar under each page of `dev`: its file, its mistakes and advice, a button that opens it in the editor, and the line that
 * begins an entry like it. It is part of no build.
 */
export function authorBar(): AstroIntegration {
  return {
    name: 'author-bar',
    hooks: {
      'astro:config:setup': ({ command, injectScript }) => {
        if (command === 'dev') injectScript('page', `import '/src/integrations/author-bar-client.ts';`);
      },
      'astro:server:setup': ({ server }) => {
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
  const entry = folder.entries.find(({ collection, slug }) => addressOf[collection](slug) === address);
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
    command: commandFor(entry),
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

const kinds: Record<string, string> = {
  posts: 'post',
  people: 'person',
  whitepapers: 'whitepaper',
  partners: 'partner',
};

function commandFor(entry: Edition['folder']['entries'][number] | undefined): string {
  const kind = kinds[entry?.collection ?? ''] ?? 'episode';
  const data = entry?.yaml.data ?? {};
  const option = (name: string, value: unknown) => {
    const words = [value ?? []].flat().filter((each) => typeof each === 'string');
    return words.length > 0 ? ` --${name} ${words.join(',')}` : '';
  };
  return `npm run new -- ${kind}${option('topic', data['topics'])}${kind === 'episode' ? option('host', data['hosts']) + option('guest', data['guests']) : ''}${kind === 'post' ? option('author', data['authors']) : ''}`;
}
