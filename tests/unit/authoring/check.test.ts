import { describe, expect, test } from 'vitest';
import { body } from './cases/body.ts';
import { fields } from './cases/fields.ts';
import { files } from './cases/files.ts';
import { folder } from './cases/folder.ts';
import { references } from './cases/references.ts';
import { syntax } from './cases/syntax.ts';
import { type Case, caseNames, folderOf, problemsIn } from './content-folder.ts';
import { paste } from './pasting.ts';

const cases: Record<string, Case> = { ...fields, ...references, ...files, ...folder, ...syntax, ...body };

test('the content that all cases start from has no mistake', async () => {
  expect(await problemsIn(await folderOf('base'))).toEqual([]);
});

test('every case of the fixtures is in the tables, and nothing else is', () => {
  expect(Object.keys(cases).toSorted()).toEqual(caseNames);
});

describe('an author is told each mistake once, at its line, with what would be right', () => {
  test.for(Object.entries(cases))('$1.says', async ([name, { without, problems }]) => {
    expect(await problemsIn(await folderOf(name, without))).toEqual(problems);
  });
});

describe('the lines to paste fix the mistakes', () => {
  const fixed = Object.entries(cases).filter(([, { unfixable }]) => !unfixable);

  test.for(fixed)(
    'pasted one after the other, they leave nothing of "$0"',
    async ([name, { without, problems, pastes = problems.length }]) => {
      const content = await folderOf(name, without);
      for (let i = 0; i < pastes; i += 1) {
        const problem = (await problemsIn(content)).find((each) => each.paste);
        expect(problem, `${pastes} lines are to be pasted, but ${i} were enough`).toBeDefined();
        if (problem) await paste(problem, content);
      }
      expect(await problemsIn(content)).toEqual([]);
    },
  );
});
