import { importComments } from '#capture/owner/import-comments.ts';
import type { EntryComment } from '#importing/outcome.ts';
import { counted } from '#site/count.ts';
import type { CommandContext } from './command.ts';
import { withStoreIfAny } from './open-store.ts';
import { complain, say } from './terminal.ts';

/** Puts the comments of an archive into the store of the server, which is made where there is none. Returns the exit code. */
export async function addComments(
  context: CommandContext,
  comments: readonly EntryComment[],
  { isDry }: { isDry: boolean },
): Promise<number> {
  const { terminal, now } = context;
  // What is imported is not built yet: the archive itself says which pages there are.
  const site = {
    entries: [...new Set(comments.map(({ entry }) => entry))].map((id) => ({ id })),
    hosts: [...new Set(comments.flatMap(({ person }) => person ?? []))].map((slug) => ({ slug })),
  };
  return withStoreIfAny(context, { needed: [], makes: !isDry }, async (owner) => {
    const outcome = await importComments({ store: owner?.store, site, clock: now }, comments, { dryRun: isDry });
    if (outcome.kind === 'refused') {
      const [first] = outcome.problems;
      complain(terminal, `No comment was added: comment ${first?.comment}, ${first?.field}: ${first?.what}.`);
      return 1;
    }
    const { added, already, entries } = outcome;
    const there = already > 0 ? `; ${counted(already, 'is', 'are')} there already` : '';
    const done = isDry ? 'would be' : added === 1 ? 'was' : 'were';
    say(terminal, `\n${counted(added, 'comment')} on ${counted(entries, 'page')} ${done} added${there}.`);
    if (!isDry && added > 0)
      say(terminal, 'They are shown with the next build. "npm run comments -- list --state approved" has them.');
    return 0;
  });
}
