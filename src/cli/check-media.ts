import { styleText } from 'node:util';
import { problemReport } from '#authoring/problem.ts';
import { checkMedia as checkRecordings, type Finding } from '#publishing/media-check.ts';
import { mediaProblems } from '#publishing/media-problems.ts';
import { remoteRecordings } from '#publishing/remote-recording.ts';
import { checkEdition } from '#publishing/check.ts';
import { command, main } from './command.ts';
import { editionAt } from './edition.ts';
import { complain, mark, say, type Terminal } from './terminal.ts';

export const checkMedia = command({
  name: 'check-media',
  summary: 'asks for the recordings that lie on other hosts, and compares them with what their episodes say',
  notes: 'Drafts and scheduled episodes are looked at too. Nothing is downloaded whole, and nothing is changed.',
  options: {},
  examples: ['npm run check-media'],
  run: async (_options, _arguments, context) => {
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
    const wrong = findings.flatMap((finding) => {
      const entry = folder.entries.find(
        ({ collection, slug }) => collection === 'episodes' && slug === finding.recording.slug,
      );
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
    return wrong.length > 0 ? 1 : 0;
  },
});

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
