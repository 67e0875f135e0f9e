import { closestMatch } from '#authoring/closest-match.ts';
import { importComments, type ArchiveProblem } from '#capture/owner/import-comments.ts';
import {
  commentStates,
  decideComment,
  eraseComment,
  findComment,
  listComments,
  replyAsHost,
  type Decision,
  type ModerationOutcome,
} from '#capture/owner/moderation.ts';
import type { Site } from '#site/contract.ts';
import { counted, grouped } from '#site/count.ts';
import { UsageError, wholeNumber } from './command-line.ts';
import { command, main, type Command, type Program } from './command.ts';
import { commentTable, commentText, forPrograms, seenOptions, seenVersion, stateOf } from './moderated.ts';
import { builtSite, withStore } from './open-store.ts';
import { complain, say, type Terminal } from './terminal.ts';
import { contentsOf, wordsOf } from './words.ts';

const json = { description: 'for programs: stable keys, moments in ISO 8601' } as const;
const id = { name: 'id', least: 1, most: 1 } as const;

const list = command({
  name: 'comments list',
  summary: 'shows what waits for you, the oldest first',
  options: {
    state: { value: 'state', description: `pending without it; ${commentStates.join(', ')} or all` },
    entry: { value: 'id', description: 'only on this page, as episodes/<slug>' },
    limit: { value: 'n', description: 'how many are shown: 50, or what is said here; 0 for all' },
    json,
  },
  examples: ['npm run comments -- list', 'npm run comments -- list --state approved --entry episodes/<slug>'],
  run: async ({ state, entry, limit = '50', json }, _arguments, context) => {
    const most = wholeNumber('--limit', limit) || Number.POSITIVE_INFINITY;
    const states = stateOf(state, commentStates, 'pending');
    return withStore(context, [], async (owner) => {
      const { comments, total } = await listComments(owner, { states, entry }, most);
      if (json) say(context.terminal, JSON.stringify({ total, comments: comments.map(forPrograms) }, null, 2));
      else if (total === 0) say(context.terminal, states?.[0] === 'pending' ? 'Nothing waits.' : 'None.');
      else {
        say(context.terminal, commentTable(comments, context.terminal));
        const rest = total > comments.length ? `, the oldest of ${grouped(total)}: --limit 0 shows all` : '';
        complain(context.terminal, `\n${counted(comments.length, 'comment')}${rest}. npm run comments -- show <id>`);
      }
      return 0;
    });
  },
});

const show = command({
  name: 'comments show',
  summary: 'shows one whole, with its version and what to look at',
  arguments: id,
  options: { json },
  examples: ['npm run comments -- show <id>'],
  run: async ({ json }, [typed = ''], context) =>
    withStore(context, [], async (owner) => {
      const comment = await findComment(owner, typed);
      if (!comment) return unknown(context.terminal, typed);
      say(context.terminal, json ? JSON.stringify(forPrograms(comment), null, 2) : commentText(comment));
      return 0;
    }),
});

const done = { approve: 'shown', reject: 'not shown', spam: 'kept as spam, and not shown' } as const;
const asked = { approve: 'Show it?', reject: 'Not show it?', spam: 'Keep it as spam?' } as const;

const decision = (decision: Decision, summary: string): Command =>
  command({
    name: `comments ${decision}`,
    summary,
    notes:
      'It is done to the version that you saw. Where its author or another owner was faster, nothing is done, and you are shown what stands.',
    arguments: id,
    options: { ...seenOptions, json },
    examples: [`npm run comments -- ${decision} <id> --seen 2`],
    run: async ({ seen: typed, by = 'owner', json }, [written = ''], context) =>
      withStore(context, ['WEBHOOK_URL', 'WEBHOOK_SECRET'], async (owner) => {
        const { terminal } = context;
        const comment = await findComment(owner, written);
        if (!comment) return unknown(terminal, written);
        const seen = await seenVersion(terminal, typed, {
          ...{ shown: commentText(comment), version: comment.version, question: asked[decision] },
          example: `npm run comments -- ${decision} ${comment.id} --seen ${comment.version}`,
        });
        if (seen === undefined) return 1;
        const outcome = await decideComment(owner, comment.id, { decision, seen, actor: by });
        if (json) say(terminal, JSON.stringify(outcomeFor(outcome), null, 2));
        else report(terminal, outcome, decision, written);
        return outcome.kind === 'decided' ? 0 : 1;
      }),
  });

function report(terminal: Terminal, outcome: ModerationOutcome, decision: Decision, id: string): void {
  switch (outcome.kind) {
    case 'decided': {
      const where = outcome.comment.entry.title ?? outcome.comment.entry.id;
      say(terminal, `It is ${done[decision]} on “${where}”${decision === 'approve' ? ' with the next build' : ''}.`);
      return;
    }
    case 'conflict':
      return complain(
        terminal,
        `It is not any more what you saw, so nothing was done. This stands now:\n\n${commentText(outcome.comment)}\n\nIf you still want that: npm run comments -- ${decision} ${id} --seen ${outcome.comment.version}`,
      );
    case 'unconfirmed':
      return complain(terminal, 'Its author has not confirmed it yet, so nothing can be decided.');
    case 'unknown':
      unknown(terminal, id);
  }
}

const reply = command({
  name: 'comments reply',
  summary: 'publishes a reply of a host, and mails it to whom it answers where they asked for that',
  arguments: id,
  options: {
    as: { value: 'slug', description: 'the host who writes' },
    text: { value: 'words', description: 'what they write' },
    file: { value: 'file', description: 'or the file that has it' },
    yes: { description: 'does not ask' },
    json,
  },
  examples: ['npm run comments -- reply <id> --as <slug> --text "Guilty."'],
  run: async ({ as, text, file, yes, json }, [written = ''], context) =>
    withStore(context, [], async (owner) => {
      const { terminal } = context;
      const host = hostNamed(as, builtSite(owner.site, owner.environment));
      const body = await wordsOf({ text, file });
      const comment = await findComment(owner, written);
      if (comment?.state !== 'approved') {
        complain(terminal, comment ? 'It is not shown: approve it first.' : `There is no comment ${written}.`);
        return 1;
      }
      if (!yes) {
        complain(terminal, `${commentText(comment)}\n`);
        if (!terminal.ask) throw new UsageError('It is published at once, and nobody can be asked here: add --yes.');
        if (!(await terminal.ask(`Reply to ${comment.name} as ${host.name}?`))) {
          complain(terminal, 'Nothing was published.');
          return 1;
        }
      }
      const outcome = await replyAsHost(owner, comment.id, { host, body, actor: host.slug });
      if (outcome.kind === 'refused') throw new UsageError(outcome.message);
      if (json) say(terminal, JSON.stringify(outcome, null, 2));
      else if (outcome.kind === 'unknown') complain(terminal, 'It is not shown any more: nothing was published.');
      else say(terminal, `Published as ${host.name}, with the next build: ${outcome.id}`);
      return outcome.kind === 'published' ? 0 : 1;
    }),
});

const erase = command({
  name: 'comments erase',
  summary: 'deletes the name and the words of one comment for good',
  notes:
    'For one that an archive brought, whose author left no address here by which "leads erase" would find it. Replies to it stay, and no later import brings it back. There is no way back.',
  arguments: id,
  options: {
    by: { value: 'name', description: 'who does it, for the record; owner without it' },
    yes: { description: 'does not ask' },
    json,
  },
  examples: ['npm run comments -- erase <id>'],
  run: async ({ by = 'owner', yes, json }, [written = ''], context) =>
    withStore(context, [], async (owner) => {
      const { terminal } = context;
      const comment = await findComment(owner, written);
      if (!comment || comment.state === 'deleted') return unknown(terminal, written);
      if (!yes) {
        complain(terminal, `${commentText(comment)}\n`);
        if (!terminal.ask) throw new UsageError('It is deleted for good, and nobody can be asked here: add --yes.');
        if (!(await terminal.ask('Delete it for good?'))) {
          complain(terminal, 'Nothing was deleted.');
          return 1;
        }
      }
      const isErased = await eraseComment(owner, comment.id, { actor: by });
      if (json) say(terminal, JSON.stringify({ id: comment.id, erased: isErased }, null, 2));
      else if (!isErased) return unknown(terminal, written);
      else say(terminal, 'Its name and words are deleted. Pages show it until the next build.');
      return isErased ? 0 : 1;
    }),
});

const close = command({
  name: 'comments close',
  summary: 'says how the comments of an episode or post are closed',
  notes: 'Whether a page takes comments is said by its front matter, so that it is seen beside the text.',
  arguments: { name: 'entry', least: 1, most: 1 },
  options: {},
  examples: ['npm run comments -- close episodes/<slug>'],
  run: async (_options, [typed = ''], context) =>
    withStore(context, [], async (owner) => {
      const { entries } = builtSite(owner.site, owner.environment);
      const wanted = typed.replace(/^\/|\/$/g, '');
      const found = entries.find((each) => each.id === wanted) ?? entries.find((each) => each.slug === wanted);
      if (!found) {
        const near = closestMatch(
          wanted,
          entries.map((each) => each.id),
        );
        throw new UsageError(`There is no episode or post “${typed}”.${near ? ` Nearest: ${near}` : ''}`);
      }
      say(
        context.terminal,
        found.comments === 'closed'
          ? `Comments on “${found.title}” are closed already.`
          : `Add this line to the front matter of ${found.id}, and build:\n\n  comments: closed`,
      );
      return 0;
    }),
});

const imported = command({
  name: 'comments import',
  summary: 'adds the comments of an archive, approved and dated as they are',
  notes:
    'The file is a list in JSON: entry (episodes/<slug>), name, body, at (ISO 8601), and where there are such, id and parent (the id of what it replies to), key (by which it is known again whatever else changes), moment (seconds) and person (the slug of a host). No addresses. All are added, or none. It can be imported again: what is there stays as it is, also where it was deleted since.',
  arguments: { name: 'file', least: 1, most: 1 },
  options: { 'dry-run': { description: 'only says what would be added' }, json },
  examples: ['npm run comments -- import archive.json --dry-run'],
  run: async ({ 'dry-run': dryRun, json }, [file = ''], context) =>
    withStore(context, [], async (owner) => {
      const { terminal } = context;
      const site = builtSite(owner.site, owner.environment);
      const outcome = await importComments({ ...owner, site }, await archiveIn(file), { dryRun });
      if (json) say(terminal, JSON.stringify({ ...outcome, dryRun }, null, 2));
      else if (outcome.kind === 'refused') complain(terminal, problemText(file, outcome.problems));
      else {
        const { added, already, entries } = outcome;
        const there = already > 0 ? `; ${counted(already, 'is', 'are')} there already` : '';
        say(
          terminal,
          `${counted(added, 'comment')} on ${counted(entries, 'page')} ${dryRun ? 'would be' : added === 1 ? 'was' : 'were'} added${there}.`,
        );
      }
      return outcome.kind === 'imported' ? 0 : 1;
    }),
});

export const comments: Program = {
  name: 'comments',
  summary: 'what readers wrote, and what is shown of it',
  commands: [
    list,
    show,
    decision('approve', 'shows a comment on its page'),
    decision('reject', 'does not show a comment'),
    decision('spam', 'does not show a comment, and lets its author wait from now on'),
    reply,
    erase,
    close,
    imported,
  ],
};

function unknown(terminal: Terminal, id: string): number {
  complain(terminal, `There is no comment ${id}. npm run comments -- list --state all shows those that there are.`);
  return 1;
}

function hostNamed(slug: string | undefined, { hosts }: Site): Site['hosts'][number] {
  const found = hosts.find((host) => host.slug === slug);
  if (found) return found;
  const slugs = hosts.map((host) => host.slug);
  const near = slug === undefined ? slugs[0] : closestMatch(slug, slugs);
  const what = slug === undefined ? 'As whom?' : `There is no host “${slug}”.`;
  throw new UsageError(`${what}${near ? ` ${slug === undefined ? 'For instance' : 'Nearest'}: --as ${near}` : ''}`);
}

async function archiveIn(file: string): Promise<unknown[]> {
  const contents = await contentsOf(file);
  let parsed: unknown;
  try {
    parsed = JSON.parse(contents.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(parsed)) throw new UsageError(`${file} is not a list: begin it with [ and end it with ].`);
  return parsed;
}

const mostProblems = 20;

function problemText(file: string, problems: readonly ArchiveProblem[]): string {
  const lines = problems.slice(0, mostProblems).map(({ comment, field, what, known }) => {
    const near = known && closestMatch(/“(.*)”/.exec(what)?.[1] ?? field, known);
    return `${file}, comment ${comment}${field && `, ${field}`}: ${what}.${near ? ` Nearest: ${near}` : ''}`;
  });
  const rest = problems.length - lines.length;
  return [...lines, ...(rest > 0 ? [`and ${counted(rest, 'more problem')}.`] : []), 'Nothing was imported.'].join('\n');
}

const outcomeFor = (outcome: ModerationOutcome) =>
  'comment' in outcome ? { kind: outcome.kind, comment: forPrograms(outcome.comment) } : outcome;

if (import.meta.main) await main(comments);
