import { unwritten } from '#capture/outbox/issues.ts';
import type { Store } from '#capture/store/store.ts';
import {
  auditRow,
  bounceRow,
  commentRow,
  consentEventRow,
  contactRow,
  idAt,
  leadEventRow,
  leadRow,
  noon,
  outboxRow,
  questionRow,
  submissionRow,
  tokenRow,
  totalRow,
  wording,
} from './rows.ts';

/** Puts rows into every table of a store: 1,102 contacts, and some of all else. */
export async function fillStore(store: Store): Promise<void> {
  const contacts = Array.from({ length: 1102 }, (_, index) =>
    contactRow(`${index}@example.com`, {
      name: index % 2 ? `Reader ${index} ü東😀\n"` : null,
      createdAt: noon + index,
    }),
  );
  await store.transaction(async (records) => {
    await records.insert('contact', contacts);
    await records.keepConsentText(wording);
    for (const { id } of contacts.slice(0, 5)) {
      const submission = submissionRow({ contactId: id, dedupeKey: id, utm: '{"utm_source":"ü"}' });
      await records.addSubmission(submission);
      await records.addToken(tokenRow(id, { submissionId: submission.id }));
      await records.addConsentEvent(consentEventRow(id, { textId: wording.id, ip: null }));
      await records.setSubscription({ contactId: id, topic: 'newsletter', status: 'confirmed', confirmedAt: noon });
    }
    await records.addSubmission(submissionRow({ verdict: 'honeypot' }));
    await records.enqueue(outboxRow({ contactId: contacts[0]?.id ?? null }));
    await records.enqueue(outboxRow({ state: 'leased', leaseUntil: noon + 9, attempts: 3, lastError: '451' }));
    await records.enqueue(outboxRow({ kind: 'webhook', state: 'dead', id: idAt(0) }));
    await records.suppress({ emailHmac: 'ab', reason: 'erased', at: noon });
    await records.count(totalRow());
    await records.addAudit(auditRow());
    await records.setAlert({
      ...{ kind: 'backup', what: 'None ü東😀', fix: 'Make one.', since: noon, seenAt: noon, endedAt: null },
      ...{ mailedAt: noon, wellAt: null },
    });
    await records.insert('heardDay', [{ day: '2026-01-15', entry: 'episodes/first-episode', kind: 'app', n: 7 }]);
    const owner = 'ann@example.com';
    await records.addSignIn({
      ...{ id: idAt(noon), owner, browserHash: 'ab', at: noon, expiresAt: noon + 9, usedAt: null },
    });
    await records.addSession({
      ...{ id: idAt(noon), owner, hash: 'cd', formerHash: null, formerUntil: null, way: 'mail', browser: 'Firefox' },
      ...{ at: noon, rotatedAt: noon, seenAt: noon },
    });
    await records.addPasskey({
      ...{ id: 'k1', owner, publicKey: 'ef', counter: 0, transports: '[]', name: 'Phone ü', at: noon, usedAt: null },
    });
    const parent = commentRow({ state: 'approved', published: 1, repliesTextId: wording.id, at: noon + 9 });
    // Its id comes before that of what it replies to.
    const reply = commentRow({ parentId: parent.id, answersId: parent.id, contactId: contacts[0]?.id ?? null });
    await records.insert('comment', [parent, reply]);
    const lead = leadRow(contacts[2]?.id ?? '', {
      state: 'won',
      value: 145_000,
      partner: 'haddock',
      source: 'partner',
    });
    await records.insert('lead', [lead, leadRow(null, { state: 'unwanted' })]);
    await records.keepIssue({ ...unwritten('posts/two'), subject: 'A lamp ü东😀', version: 1 });
    await records.addBounce(bounceRow(contacts[3]?.id ?? ''));
    await records.addPartnerLink({ id: idAt(noon), partner: 'ferry', at: noon, revokedAt: null });
    await records.addLeadEvent(leadEventRow(lead, { note: 'Rang twice. ü東😀\n"' }));
    await records.addQuestion(questionRow(contacts[1]?.id ?? '', { quoteTextId: wording.id, answer: 'Me. ü東😀\n"' }));
  });
}
