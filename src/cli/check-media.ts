import { resolve } from 'node:path';
import { styleText } from 'node:util';
import { checkContent } from '#authoring/check.ts';
import { buildMoment } from '#authoring/clock.ts';
import { contentFolder, readFolder } from '#authoring/folder.ts';
import { problemReport } from '#authoring/problem.ts';
import { checkMedia, type Finding } from '#publishing/media-check.ts';
import { mediaProblems } from '#publishing/media-problems.ts';
import { remoteRecordings } from '#publishing/remote-recording.ts';

/** `npm run check-media`: whether recordings on other hosts are what their episodes, drafts too, say of them. */
const path = contentFolder();
const clock = { now: buildMoment(), preview: true };
const [{ problems, catalog }, { entries }] = await Promise.all([
  checkContent(path, clock, resolve('public')),
  readFolder(path),
]);

if (!catalog || problems.length > 0) {
  console.error(problemReport(problems, 'No recording was asked for.'));
  process.exitCode = 1;
} else {
  const recordings = remoteRecordings(catalog);
  let finished = 0;
  const findings = await checkMedia(recordings, { fetch, timeout: 20_000 }, (finding) => {
    finished += 1;
    console.log(progress(finding, `${finished}/${recordings.length}`));
  });
  const wrong = findings.flatMap((finding) => {
    const entry = entries.find(({ collection, slug }) => collection === 'episodes' && slug === finding.recording.slug);
    return entry ? mediaProblems(finding, entry) : [];
  });
  if (wrong.length > 0) {
    console.error(`\n${problemReport(wrong, 'They are of recordings on other hosts.')}`);
    process.exitCode = 1;
  } else
    console.log(
      recordings.length > 0
        ? '\nEvery recording on another host is as its episode says.'
        : 'No episode has a recording on another host.',
    );
}

function progress({ recording: { slug, field, url }, redirects, mistakes, advice }: Finding, count: string): string {
  const mark = mistakes.length > 0 ? styleText('red', '✗') : styleText('green', '✓');
  const notes = [...redirects.map((address) => `leads on to ${address}`), ...advice];
  return [`${mark} ${count}  ${slug}  ${field}  ${url}`, ...notes.map((note) => styleText('dim', `    ${note}`))].join(
    '\n',
  );
}
