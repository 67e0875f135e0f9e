import { resolve } from 'node:path';
import { buildMoment } from '#authoring/clock.ts';
import { type Edition, readEdition } from '#authoring/edition.ts';
import { contentFolder } from '#authoring/folder.ts';
import { UsageError } from './command-line.ts';
import type { CommandContext } from './command.ts';

/**
 * The content folder that a command looks at, as of the moment of the command; with `preview` links to drafts are right.
 * Throws `UsageError` where `NOW` is no date.
 */
export async function editionAt(
  { variables }: Pick<CommandContext, 'variables'>,
  { preview = false } = {},
): Promise<Edition> {
  return readEdition({
    path: contentFolder(variables),
    clock: { now: momentOf(variables), preview },
    publicFolder: resolve('public'),
  });
}

function momentOf(variables: CommandContext['variables']): Date {
  try {
    return buildMoment(variables);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
