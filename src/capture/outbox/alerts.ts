import { mailRow } from '#capture/mail/mail-row.ts';
import { newId, type Randomness } from '#capture/store/tokens.ts';
import type { Records, Store } from '#capture/store/store.ts';
import type { AlertKind, AlertRow } from '#capture/store/tables.ts';

/** Something that is wrong with the server now: what, and how to fix it, in words without anything of a person. */
export interface Problem {
  kind: AlertKind;
  what: string;
  fix: string;
}

export interface AlertOptions {
  store: Pick<Store, 'transaction'>;
  /** Whom it is mailed to: owners by their ids, or `''` for the address that the site names as its owner's. */
  recipients: readonly string[];
  /** Milliseconds since 1970. */
  clock: () => number;
  random: Randomness;
}

const minute = 60_000;
/** The owners are mailed of one kind at most once in so long. */
const day = 24 * 60 * minute;
/**
 * What nobody has seen for so long is over: each process sees its own machine, and reports what it sees more often than this.
 */
const lasts = 15 * minute;

/**
 * Notes what is wrong now, for all processes, and queues a mail to the owners with all of it where one of its kinds is new or
 * was mailed a day ago; and another one when nothing of what they were mailed is wrong any more. Returns which of them.
 */
export async function noteProblems(
  { store, recipients, clock, random }: AlertOptions,
  problems: readonly Problem[],
): Promise<'alert' | 'all-well' | undefined> {
  return store.transaction(async (records) => {
    const now = clock();
    const known = await records.alerts();
    const rows = new Map(known.map((row) => [row.kind, row]));
    for (const { kind, what, fix } of problems) {
      const row = rows.get(kind);
      const isNew = row === undefined || row.endedAt !== null;
      rows.set(kind, {
        ...{ kind, what, fix, seenAt: now, endedAt: null },
        since: isNew ? now : row.since,
        mailedAt: row?.mailedAt ?? null,
        wellAt: row?.wellAt ?? null,
      });
    }
    for (const row of rows.values())
      if (row.endedAt === null && row.seenAt <= now - lasts) rows.set(row.kind, { ...row, endedAt: now });

    const open = [...rows.values()].filter(({ endedAt }) => endedAt === null);
    const isDue = open.some(({ mailedAt }) => mailedAt === null || mailedAt <= now - day);
    const mended = [...rows.values()].filter(
      ({ mailedAt, wellAt }) => mailedAt !== null && (wellAt === null || wellAt < mailedAt),
    );
    const mail = isDue ? 'alert' : open.length === 0 && mended.length > 0 ? 'all-well' : undefined;
    if (mail === 'alert') for (const row of open) rows.set(row.kind, { ...row, mailedAt: now });
    if (mail === 'all-well') for (const row of mended) rows.set(row.kind, { ...row, wellAt: now });

    for (const row of rows.values()) if (!isSame(row, known)) await records.setAlert(row);
    if (mail) await enqueue(records, mail, { recipients, now, random });
    return mail;
  });
}

const isSame = (row: AlertRow, known: readonly AlertRow[]) =>
  JSON.stringify(known.find(({ kind }) => kind === row.kind)) === JSON.stringify(row);

async function enqueue(
  records: Records,
  mail: 'alert' | 'all-well',
  { recipients, now, random }: { recipients: readonly string[]; now: number; random: Randomness },
): Promise<void> {
  for (const [i, owner] of recipients.entries())
    await records.enqueue(
      mailRow({
        id: newId(now, random),
        dedupeKey: `${mail}:${now}:${i}`,
        contactId: null,
        payload: mail === 'alert' ? { mail, owner } : { mail, owner, at: now },
        runAt: now,
      }),
    );
}
