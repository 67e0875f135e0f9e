import { sql, type Kysely } from 'kysely';
import type { ContactRecord, PeopleReading } from '#capture/store/people.ts';
import type { Tables } from '#capture/store/tables.ts';

/** What the owner reads of one person, in SQL that both engines understand. */
export const peopleReading = (db: Kysely<Tables>): PeopleReading => ({
  async personRecord(emailNorm, emailHmacs) {
    const [contact, suppressions, audit, erasures] = await Promise.all([
      db.selectFrom('contact').select('id').where('emailNorm', '=', emailNorm).executeTakeFirst(),
      db.selectFrom('suppression').selectAll().where('emailHmac', 'in', emailHmacs).orderBy('at').execute(),
      db.selectFrom('audit').selectAll().where('subjectHmac', 'in', emailHmacs).orderBy('at').orderBy('id').execute(),
      db
        .selectFrom('outbox')
        .selectAll()
        .where('kind', '=', 'webhook')
        .where('contactId', 'is', null)
        .where(({ or, eb }) => or(emailHmacs.map((hmac) => eb('payload', 'like', sql.val(`%"emailHmac":"${hmac}"%`)))))
        .orderBy('runAt')
        .execute(),
    ]);
    const kept = contact && (await contactRecord(db, contact.id));
    const isKnown = kept !== undefined || suppressions.length + audit.length + erasures.length > 0;
    return isKnown ? { kept, suppressions, audit, erasures } : undefined;
  },
});

/** All that is kept of a contact; undefined where there is none. */
export async function contactRecord(db: Kysely<Tables>, contactId: string): Promise<ContactRecord | undefined> {
  const [
    contact,
    leads,
    leadEvents,
    submissions,
    consents,
    subscriptions,
    tokens,
    comments,
    questions,
    outbox,
    bounces,
  ] = await Promise.all([
    db.selectFrom('contact').selectAll().where('id', '=', contactId).executeTakeFirst(),
    db.selectFrom('lead').selectAll().where('contactId', '=', contactId).orderBy('id').execute(),
    db.selectFrom('leadEvent').selectAll().where('contactId', '=', contactId).orderBy('id').execute(),
    db.selectFrom('submission').selectAll().where('contactId', '=', contactId).orderBy('at').orderBy('id').execute(),
    db
      .selectFrom('consentEvent')
      .leftJoin('consentText', 'consentText.id', 'consentEvent.textId')
      .selectAll('consentEvent')
      .select('consentText.body as wording')
      .where('contactId', '=', contactId)
      .orderBy('at')
      .orderBy('consentEvent.id')
      .execute(),
    db.selectFrom('subscription').selectAll().where('contactId', '=', contactId).orderBy('topic').execute(),
    db.selectFrom('token').selectAll().where('contactId', '=', contactId).orderBy('id').execute(),
    db.selectFrom('comment').selectAll().where('contactId', '=', contactId).orderBy('id').execute(),
    db.selectFrom('question').selectAll().where('contactId', '=', contactId).orderBy('id').execute(),
    db.selectFrom('outbox').selectAll().where('contactId', '=', contactId).orderBy('runAt').orderBy('id').execute(),
    db.selectFrom('bounce').selectAll().where('contactId', '=', contactId).orderBy('at').orderBy('id').execute(),
  ]);
  return contact
    ? { contact, leads, leadEvents, submissions, consents, subscriptions, tokens, comments, questions, outbox, bounces }
    : undefined;
}
