import { buildMoment } from '#authoring/clock.ts';
import { contentFolder } from '#authoring/folder.ts';
import { Mistake } from './command-line.ts';
import type { World } from './command.ts';

/** The content folder that a command looks at, and the moment. Throws `Mistake` where `NOW` is no date. */
export function contentAt({ variables }: Pick<World, 'variables'>): { folder: string; now: Date } {
  try {
    return { folder: contentFolder(variables), now: buildMoment(variables) };
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
}
