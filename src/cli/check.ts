import { resolve } from 'node:path';
import { checkContent } from '#authoring/check.ts';
import { buildMoment } from '#authoring/clock.ts';
import { contentFolder } from '#authoring/folder.ts';
import { problemReport } from '#authoring/problem.ts';

const folder = contentFolder();
const { problems } = await checkContent(folder, { now: buildMoment(), preview: false }, resolve('public'));
if (problems.length > 0) {
  console.error(problemReport(problems, 'It cannot be built like this.'));
  process.exitCode = 1;
} else console.log(`The content in ${folder} is right.`);
