import { readFile, writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { withFields } from '#authoring/added-fields.ts';
import { problemReport } from '#authoring/problem.ts';
import { checkMedia as checkRecordings, type Finding } from '#publishing/media-check.ts';
import { mediaProblems } from '#publishing/media-problems.ts';
import { lacksFacts, remoteFacts } from '#publishing/remote-facts.ts';
import { remoteRecordings } from '#publishing/remote-recording.ts';
import { checkEdition } from '#publishing/check.ts';
import { command, main } from './command.ts';
import { editionAt } from './edition.ts';
import { complain, mark, say, type Terminal } from './terminal.ts';

export const checkMedia = command({
  name: 'check-media',
  summary: 'asks for the recordings that lie on other hosts, and compares them with what their episodes say',
  notes:
    'Drafts and scheduled episodes are looked at too. Nothing is downloaded whole, and nothing is changed, but for --write.',
  options: { write: { description: 'loads recordings whose bytes or duration are not written, and writes them' } },
  examples: ['npm run check-media', 'npm run check-media -- --write'],
  run: async ({ write }, _arguments, context) => {
    const { terminal } = context;
    const edition = await editionAt(context, { preview: true });
    const { catalog, folder } = edition;
    const { problems } = await checkEdition(edition);
    if (problems.length > 0) {
      complain(terminal, problemReport(problems, 'No recording was asked for.'));
      return 1;
    }
    const recordings = remoteRecordings(catalog);
    let finished = 0;
    const findings = await checkRecordings(recordings, { fetch, timeout: 20_000 }, (finding) => {
      finished += 1;
      say(terminal, progress(finding, `${finished}/${recordings.length}`, terminal));
    });
    const entryOf = ({ recording }: Finding) =>
      folder.entries.find(({ collection, slug }) => collection === 'episodes' && slug === recording.slug);
    const wrong = findings.flatMap((finding) => {
      const entry = entryOf(finding);
      return entry ? mediaProblems(finding, entry) : [];
    });
    if (wrong.length > 0) complain(terminal, `\n${problemReport(wrong, 'They are of recordings on other hosts.')}`);
    else
      say(
        terminal,
        recordings.length > 0
          ? '\nEvery recording on another host is as its episode says.'
          : 'No episode has a recording on another host.',
      );
    let unknown = 0;
    for (const finding of findings.filter(({ recording }) => lacksFacts(recording))) {
      const entry = entryOf(finding);
      const { slug, field } = finding.recording;
      const problem =
        write && entry ? await writeFacts(finding, entry.path) : 'its bytes or duration are not written: add --write';
      if (problem) unknown += 1;
      say(terminal, `${mark(problem ? '!' : '✓', terminal.out)} ${slug}  ${field}  ${problem ?? 'written'}`);
    }
    return wrong.length > 0 || (write && unknown > 0) ? 1 : 0;
  },
});

/** Writes what a host says of a recording into its entry. Returns what is wrong, if something is. */
async function writeFacts({ recording }: Finding, path: string): Promise<string | undefined> {
  try {
    const known = await remoteFacts(recording, { fetch, timeout: 20_000 });
    const missing = Object.fromEntries(
      (['bytes', 'duration'] as const).flatMap((fact) => (recording[fact] === undefined ? [[fact, known[fact]]] : [])),
    );
    const text = withFields(await readFile(path, 'utf8'), recording.field, missing);
    if (text === undefined) return `cannot be written into its field: ${JSON.stringify(missing)}`;
    await writeFile(path, text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function progress(
  { recording: { slug, field, url }, redirects, mismatches, advice }: Finding,
  count: string,
  { out }: Terminal,
): string {
  const notes = [...redirects.map((address) => `leads on to ${address}`), ...advice];
  return [
    `${mark(mismatches.length > 0 ? '✗' : '✓', out)} ${count}  ${slug}  ${field}  ${url}`,
    ...notes.map((note) => styleText('dim', `    ${note}`, { stream: out })),
  ].join('\n');
}

if (import.meta.main) await main(checkMedia);
