import { readText } from '#capture/comments/text.ts';
import { readLine } from '#capture/forms/form.ts';
import { mailRow } from '#capture/mail/mail-row.ts';
import { aboutOf, isDigest } from '#capture/mail/issue-about.ts';
import { listOf, newestFirst } from '#capture/outbox/digest.ts';
import { pauseIssue, unwritten } from '#capture/outbox/issues.ts';
import type { Records } from '#capture/store/store.ts';
import type { IssueRow } from '#capture/store/tables.ts';
import { newId } from '#capture/store/tokens.ts';
import type { Acted } from '#capture/desk.ts';
import { chosenEntry, type FormFields } from '#site/form-fields.ts';
import type { Entry } from '#site/contract.ts';
import type { Act } from './act.ts';
import { addDone } from './audit.ts';
import type { DeskContext, Owner } from './context.ts';
import { momentIn } from './moment-in.ts';

/** The longest opening, in characters. */
const longestOpening = 4000;

/** Keeps the words of an issue as they were typed, and what was chosen for a digest. */
export const writeIssue: Act['act'] = (context, owner, form) => {
  const subject = readLine(form['subject'], 'subject');
  if (subject.error !== undefined) return Promise.resolve({ kind: 'invalid', errors: { subject: subject.error } });
  const opening =
    (form['opening'] ?? '').trim() === '' ? { text: '' } : readText(form['opening'], 'opening', longestOpening);
  if (opening.text === undefined) return Promise.resolve({ kind: 'invalid', errors: { opening: opening.error } });
  const chosen = chosenIn(context, form);
  if (chosen?.length === 0)
    return Promise.resolve({ kind: 'invalid', errors: { entries: 'Choose one of them at least.' } });
  return onIssue(context, owner, form, 'wrote', (row) =>
    row.begunAt !== null
      ? { said: 'It is on its way already: what was mailed cannot be written anew. Nothing was changed.' }
      : {
          row: {
            ...{ ...row, subject: subject.line || null, opening: opening.text || null },
            entries: chosen ? listOf(chosen) : null,
          },
          said: 'Kept.',
        },
  );
};

/** Has an issue go out, at once or at a moment of the series' time zone. */
export const sendIssue: Act['act'] = (context, owner, form) => {
  const now = context.clock();
  const at = form['at'] ? momentIn(form['at'], context.site.timeZone ?? 'UTC') : now;
  if (at === undefined || at < now)
    return Promise.resolve({ kind: 'invalid', errors: { at: 'Choose a moment that is still to come.' } });
  const isLater = Boolean(form['at']);
  return onIssue(context, owner, form, isLater ? 'planned' : 'sent', (row) =>
    row.begunAt !== null
      ? { said: 'It went out before. Nothing was sent again.' }
      : {
          row: { ...row, sendAt: at },
          said: isLater ? 'Planned. Until then you can change it, or take it back.' : 'It goes out now.',
        },
  );
};

/** Takes back a plan. */
export const keepIssueBack: Act['act'] = (context, owner, form) =>
  onIssue(context, owner, form, 'kept back', (row) =>
    row.begunAt !== null
      ? { said: 'It was too late: the first mails were on their way.' }
      : { row: { ...row, sendAt: null }, said: 'It stays here until you send it.' },
  );

/** Has what is not sent yet of an issue wait, or go on. Nobody gets it twice. */
const pausing =
  (isPause: boolean): Act['act'] =>
  async (context, owner, { id = '' }) => {
    const acted = await context.store.transaction(async (records): Promise<Acted> => {
      if (!(await pauseIssue(records, { entry: id, now: context.clock(), by: owner.id, isPause })))
        return { kind: 'conflict', said: isPause ? 'It is not on its way.' : 'It is not paused.' };
      await addDone(context, records, owner, `${isPause ? 'paused' : 'resumed'} issue ${id}`);
      return { kind: 'done', said: isPause ? 'It waits. What was sent stays sent.' : 'It goes on.' };
    });
    context.issuesChanged();
    return acted;
  };
export const pauseSending = pausing(true);
export const resumeSending = pausing(false);

/** Keeps an issue out of the archive, before it is sent or after, or puts it back. */
const listing =
  (isListed: boolean): Act['act'] =>
  (context, owner, form) =>
    onIssue(context, owner, form, isListed ? 'put into the archive:' : 'kept out of the archive:', (row) =>
      (row.unlistedAt === null) === isListed
        ? { said: isListed ? 'It is in the archive already.' : 'It is kept out of the archive already.' }
        : {
            row: { ...row, unlistedAt: isListed ? null : context.clock() },
            said: isListed
              ? row.begunAt === null
                ? 'It will be in the archive once it goes out.'
                : 'It is in the archive.'
              : 'It is kept out of the archive.',
          },
    );
export const listIssue = listing(true);
export const unlistIssue = listing(false);

/** Mails an issue to who asks for it, and to nobody else. */
export const testIssue: Act['act'] = async (context, owner, form) => {
  const { id = '' } = form;
  const now = context.clock();
  const isKnown = await context.store.transaction(async (records) => {
    const known = await records.issue(id);
    const row = known ?? begunBy(context, form);
    if (aboutOf(context.site, id, row.entries).length === 0) return false;
    // What a digest tells of is read when it is sent.
    if (!known && row.entries !== null)
      await records.keepIssue({ ...row, version: 1, changedAt: now, changedBy: owner.id });
    await records.enqueue(
      mailRow({
        id: newId(now, context.random),
        dedupeKey: `issue-test:${id}:${owner.id}:${now}`,
        ...{ contactId: null, runAt: now },
        payload: { mail: 'issue-test', entry: id, owner: owner.id },
      }),
    );
    await addDone(context, records, owner, `tested issue ${id}`);
    return true;
  });
  if (!isKnown) return { kind: 'unknown' };
  return { kind: 'done', said: `A test is on its way to ${owner.email}. Its links to unsubscribe are nobody’s.` };
};

/** Changes an issue that is still what was seen; without a row nothing was changed, and `said` says why. */
async function onIssue(
  context: DeskContext,
  owner: Owner,
  form: FormFields,
  did: string,
  change: (row: IssueRow) => { row?: IssueRow; said: string },
): Promise<Acted> {
  const { id = '', seen } = form;
  const now = context.clock();
  const acted = await context.store.transaction(async (records: Records): Promise<Acted> => {
    const row = (await records.issue(id)) ?? begunBy(context, form);
    if (aboutOf(context.site, id, row.entries).length === 0) return { kind: 'unknown' };
    if (row.version !== Number(seen))
      return {
        kind: 'conflict',
        said: `${row.changedBy} changed this issue since you opened it. What stands is below.`,
      };
    const { row: wanted, said } = change(row);
    if (!wanted) return { kind: 'conflict', said };
    await records.keepIssue({ ...wanted, version: row.version + 1, changedAt: now, changedBy: owner.id });
    await addDone(context, records, owner, `${did} issue ${id}`);
    return { kind: 'done', said };
  });
  context.issuesChanged();
  return acted;
}

/** An issue that nobody has kept yet: of a digest, what the form shows that it tells of. */
function begunBy(context: DeskContext, form: FormFields): IssueRow {
  const chosen = chosenIn(context, form);
  return { ...unwritten(form['id'] ?? ''), entries: chosen ? listOf(chosen) : null };
}

/** What the form of a digest has chosen, the newest first; undefined for other issues. */
function chosenIn({ site }: DeskContext, form: FormFields): Entry[] | undefined {
  if (!isDigest(form['id'] ?? '')) return undefined;
  return newestFirst(site.entries.filter(({ id }) => form[chosenEntry(id)] !== undefined));
}
