import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { checkContent, type Judgement } from '#authoring/check.ts';
import { buildMoment } from '#authoring/clock.ts';
import { contentFolder } from '#authoring/folder.ts';
import { problemReport } from '#authoring/problem.ts';
import { showModule } from './show-module.ts';

/**
 * Tells authors their mistakes. A build with mistakes ends before it begins; `dev` goes on and tells them at every
 * save, in the terminal and over the page.
 */
export function contentCheck(): AstroIntegration {
  let publicFolder = '';
  let judged: Promise<Judgement> | undefined;
  const judge = (preview: boolean) =>
    (judged = checkContent(contentFolder(), { now: buildMoment(), preview }, publicFolder));
  const report = async (preview: boolean, outcome: string) => {
    const { problems } = await judge(preview);
    return problems.length > 0 ? problemReport(problems, outcome) : undefined;
  };
  const show = async () => (await (judged ?? judge(true))).catalog?.show;
  return {
    name: 'content-check',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig }) => {
        publicFolder = fileURLToPath(config.publicDir).replace(/[\\/]$/, '');
        updateConfig({ vite: { plugins: [showModule(show)] } });
        const mistakes = command === 'build' ? await report(false, 'Nothing was built.') : undefined;
        if (!mistakes) return;
        // Thrown, it would be printed as a failure of the software.
        console.error(`\n${mistakes}\n`);
        process.exit(1);
      },
      'astro:server:setup': ({ server, logger }) => {
        let waiting: NodeJS.Timeout | undefined;
        const tell = async () => {
          const mistakes = await report(true, 'The rest is shown.');
          if (!mistakes) return;
          logger.error(mistakes);
          server.ws.send({ type: 'error', err: { message: mistakes, stack: '' } });
        };
        void tell();
        server.watcher.on('all', (_event, file) => {
          if (!file.startsWith(contentFolder())) return;
          clearTimeout(waiting);
          waiting = setTimeout(() => void tell(), 100);
        });
      },
    },
  };
}
