import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { approvedComments } from '#capture/owner/comments.ts';
import type { Variables } from '#capture/owner/setup.ts';
import { buildMoment, isPreview } from '#authoring/clock.ts';
import { currentEdition, renewEdition, setEditionSource } from '#authoring/current-edition.ts';
import type { Edition } from '#authoring/edition.ts';
import { contentFolder } from '#authoring/folder.ts';
import { type CurrentContent, setContentSource } from '#catalog/current-content.ts';
import { problemReport } from '#authoring/problem.ts';
import { checkEdition } from '#publishing/check.ts';
import type { ApprovedComments } from '#site/comments.ts';
import { counted } from '#site/count.ts';
import { hidingMistakes, mistakesPage } from './mistakes-page.ts';
import { showModule } from './show-module.ts';

/**
 * Reads the content once, before anything else does, and tells authors their mistakes. A build with mistakes ends before
 * it begins; `dev` goes on, reads anew at every save, and tells them in the terminal and over the page.
 */
export function contentCheck(): AstroIntegration {
  const report = async (edition: Edition, outcome: string) => {
    const { problems } = await checkEdition(edition);
    return problems.length > 0 ? problemReport(problems, outcome) : undefined;
  };
  return {
    name: 'content-check',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig, logger }) => {
        const publicFolder = fileURLToPath(config.publicDir).replace(/[\\/]$/, '');
        const path = contentFolder();
        setEditionSource(() => ({
          ...{ path, publicFolder },
          comments: () => commentsOf(process.env),
          clock: { now: buildMoment(), preview: command === 'dev' || isPreview() },
        }));
        setContentSource(async () => contentOf(await currentEdition()));
        updateConfig({
          vite: {
            plugins: [showModule(currentEdition)],
            define: { 'import.meta.env.IS_PREVIEW': JSON.stringify(isPreview()) },
          },
        });
        if (command !== 'build') return;
        const edition = await currentEdition();
        const mistakes = await report(edition, 'Nothing was built.');
        if (isPreview()) unpublishedLinks(edition, config.site).forEach((line) => logger.info(line));
        if (!mistakes) {
          logger.info(`Found no mistake in ${counted(edition.folder.entries.length, 'MDX file')}`);
          if (edition.advice.length > 0)
            logger.info(`Advice on ${counted(edition.advice.length, 'thing')}: npm run content`);
          return;
        }
        // Thrown, it would be printed as a failure of the software.
        console.error(`\n${mistakes}\n`);
        process.exit(1);
      },
      'astro:server:setup': ({ server, logger }) => {
        let waiting: NodeJS.Timeout | undefined;
        let mistakes: string | undefined;
        let shownAt: number | undefined;
        const tell = async (edition: Edition) => {
          const before = mistakes;
          mistakes = await report(edition, 'The rest is shown.');
          shownAt = undefined;
          if (mistakes) logger.error(mistakes);
          else if (before) logger.info('All is right again');
        };
        const show = (edition: Edition) => {
          for (const name of ['ssr', 'prerender'])
            // What Astro says to itself when its own store of the content has changed.
            server.environments[name]?.hot.send('astro:content-changed', {});
          return tell(edition).then(() => server.ws.send({ type: 'full-reload', path: '*' }));
        };
        server.middlewares.use((request, response, next) => {
          const { pathname } = new URL(request.url ?? '/', 'http://localhost');
          // Only pages: the rest of Vite and Astro goes on.
          if (!pathname.endsWith('/')) return next();
          currentEdition().then((edition) => {
            const hiding = hidingMistakes(edition, pathname);
            if (hiding.length === 0) return next();
            response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
            response.end(mistakesPage(hiding));
          }, next);
        });
        // Once for each save, over the page as it is then: it connects when it has been reloaded, which may be twice.
        server.ws.on('connection', (socket) => {
          if (!mistakes || Date.now() - (shownAt ??= Date.now()) > 2000) return;
          socket.send(JSON.stringify({ type: 'error', err: { message: mistakes, stack: '' } }));
        });
        const failed = (error: unknown) => logger.error(`The content cannot be read now: ${(error as Error).message}`);
        currentEdition().then(tell, failed);
        const folder = contentFolder();
        server.watcher.add(folder);
        server.watcher.on('all', (_event, file) => {
          if (!file.startsWith(folder + sep)) return;
          clearTimeout(waiting);
          waiting = setTimeout(() => renewEdition().then(show, failed), 100);
        });
      },
    },
  };
}

/** Where to send somebody who is to see what is not published yet. */
function unpublishedLinks({ catalog }: Edition, site = ''): string[] {
  const records = [...catalog.episodes, ...catalog.posts, ...catalog.whitepapers];
  const links = records.flatMap(({ unpublished, url }) =>
    unpublished ? [`Not published yet (${unpublished}): ${new URL(url, site).href}`] : [],
  );
  return ['A preview: search engines are told to stay away', ...links];
}

/** Without the comments of readers a build would take them from their pages. */
async function commentsOf(variables: Variables): Promise<ApprovedComments> {
  try {
    return await approvedComments(variables);
  } catch (error) {
    const { storeRefusal } = await import('#capture/owner/refusal.ts');
    const refusal = storeRefusal(error);
    if (!refusal) throw error;
    console.error(`\nThe comments of readers cannot be read: ${refusal.message}\n\nNothing was built.\n`);
    process.exit(1);
  }
}

/** An edition is the content of pages where the show is its author's. */
function contentOf(edition: Edition): CurrentContent {
  if (!edition.isComplete) throw new Error('There is no page without the show, and its file has mistakes in it');
  return edition;
}
