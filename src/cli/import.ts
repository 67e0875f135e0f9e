import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { contentFolder } from '#authoring/folder.ts';
import { isPrivateAddress } from '#capture/owner/health.ts';
import { guardedFetch } from '#importing/fetched.ts';
import { importArchive } from '#importing/import.ts';
import { readers } from '#importing/readers.ts';
import { wordpress } from '#importing/wordpress/reader.ts';
import { fullReport, summary } from '#importing/report.ts';
import { type Source, sourceAt, UnreadableArchive } from '#importing/source.ts';
import { counted } from '#site/count.ts';
import { command, main } from './command.ts';
import { UsageError } from './command-line.ts';
import { addComments } from './imported-comments.ts';
import { complain, mark, progressLine, say } from './terminal.ts';

const timeout = 20_000;

/** npm starts commands in the folder of the project, and says where they were typed. */
const typedIn = 'INIT_CWD';

const importProgram = command({
  name: 'import',
  summary:
    'makes entries of what an older site has, out of its WordPress export, its podcast feed, or its folder of Hugo, Jekyll or Eleventy',
  notes:
    'It writes into CONTENT_DIR. Nothing that is there is overwritten, and a second run changes nothing that was edited since. Pictures are taken from the folder that is imported, or fetched from the addresses that the archive names. Nothing in a folder is run. A WordPress export in several files is one archive: name them all, or the folder that has them and nothing else.',
  arguments: { name: 'file, folder or address', least: 1, most: 100 },
  options: {
    'dry-run': {
      description: 'writes nothing, asks no host for pictures or recordings, and says what would be written',
    },
    into: { value: 'folder', description: 'the content folder to write into, in place of CONTENT_DIR' },
    files: {
      value: 'folder',
      description: "the old site's wp-content/uploads, to take pictures from in place of its address",
    },
    comments: {
      description: "puts approved comments of readers into the server's store as well, as VAR_DIR or DATABASE_URL says",
    },
    offline: {
      description: 'asks no host for pictures and recordings; the next run without it fetches what is missing',
    },
    report: {
      value: 'file',
      description: 'where all that was not kept is told, entry by entry (var/import-report.md)',
    },
  },
  examples: [
    'npm run import -- ~/Downloads/export.xml --dry-run',
    'npm run import -- ~/Downloads/export.xml --files ~/backup/wp-content/uploads',
    'npm run import -- ~/Downloads/export.xml --comments',
    'npm run import -- ~/Downloads/unpacked-export-of-several-files',
    'npm run import -- https://old.example.com/feed.xml --into content',
    'npm run import -- ~/sites/old-blog --dry-run',
  ],
  run: async ({ 'dry-run': isDry, into, files, comments, offline, report }, [named = '', ...parts], context) => {
    const { terminal, variables } = context;
    const from = variables[typedIn] ?? process.cwd();
    const whole = (name: string) => (/^https?:\/\//i.test(name) ? name : resolve(from, name));
    const location = whole(named);
    const progress = progressLine(terminal);
    const now = new Date(context.now());
    try {
      const source = { ...(await sourceAt(location)), more: parts.map(whole) };
      const network = { fetch: guardedFetch(fetch, location, isPrivateAddress), timeout };
      const reader = await readerOf(source);
      for (const part of source.more)
        if (reader !== wordpress || source.kind !== 'file' || !(await reader.recognizes(await sourceAt(part))))
          throw new UnreadableArchive(
            `Only the files of one WordPress export are read together: import ${parts.length > 1 ? 'the others' : part} by a line of its own.`,
          );
      const archive = await reader.read(source, { ...network, now, isOffline: offline, progress: progress.show });
      const content = into === undefined ? contentFolder(variables) : resolve(from, into);
      const uploads = files === undefined ? undefined : resolve(from, files);
      const outcome = await importArchive(archive, {
        ...network,
        // A folder that is named is to be looked at first; the files of this site are left alone.
        publicFolder: into === undefined ? resolve('public') : undefined,
        ...{ content, now, uploads, isDry, isOffline: offline, progress: progress.show },
      });
      progress.clear();
      const said = outcome.comments.length;
      if (said > 0 && !comments)
        outcome.lost.push({
          what: 'comments',
          detail: `${counted(said, 'comment')} of readers did not come over: the same line with --comments puts them into the server's store`,
        });
      say(terminal, summary(outcome));
      if (!isDry || report !== undefined) {
        const path = report === undefined ? resolve('var/import-report.md') : resolve(from, report);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, fullReport(outcome, named));
        say(terminal, `\nAll of it, entry by entry: ${path}`);
      }
      const failed = outcome.results.filter(({ fate }) => fate === 'failed').length;
      say(
        terminal,
        isDry
          ? '\nNothing was written: --dry-run.'
          : `\n${mark(failed > 0 ? '!' : '✓', terminal.out)} ${content}: look at it with "npm run content", then "npm run dev".`,
      );
      const code = comments && said > 0 ? await addComments(context, outcome.comments, { isDry }) : 0;
      return failed > 0 ? 1 : code;
    } catch (error) {
      progress.clear();
      if (error instanceof UnreadableArchive) throw new UsageError(error.message);
      if (!(error instanceof Error) || !('code' in error)) throw error;
      complain(terminal, `${error.message}. What was written stays; run it again to go on.`);
      return 1;
    }
  },
});

async function readerOf(source: Source) {
  if (['PK\u0003\u0004', '\u001F'].some((sign) => source.beginning.startsWith(sign)))
    throw new UnreadableArchive(
      `${source.location} is packed: unpack it, and name the file or the folder that comes of it.`,
    );
  for (const reader of readers) if (await reader.recognizes(source)) return reader;
  throw new UnreadableArchive(
    `${source.location} is nothing that can be imported: that is a WordPress export (Tools → Export, an .xml file), a podcast’s RSS feed, or the folder of a Hugo, Jekyll or Eleventy site.`,
  );
}

// The word itself can be no name of a constant.
export { importProgram as import };

if (import.meta.main) await main(importProgram);
