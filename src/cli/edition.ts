import { resolve } from 'node:path';
import { buildMoment } from '#authoring/clock.ts';
import { type Edition, readEdition } from '#authoring/edition.ts';
import { contentFolder } from '#authoring/folder.ts';
import { Mistake } from './command-line.ts';
import type { World } from './command.ts';

/**
 * The content folder that a command looks at, as of the moment of the command; with `preview` links to drafts are right.
 * Throws `Mistake` where `NOW` is no date.
 */
export async function editionAt({ variables }: Pick<World, 'variables'>, { preview = false } = {}): Promise<Edition> {
  return readEdition({
    path: contentFolder(variables),
    clock: { now: momentOf(variables), preview },
    publicFolder: resolve('public'),
  });
}

function momentOf(variables: World['variables']): Date {
  try {
    return buildMoment(variables);
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
}
