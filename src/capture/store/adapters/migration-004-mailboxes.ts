import type { Migration } from './migration.ts';

/**
 * The mailbox of a contact, for caps, and what each form said of its sender, until that is confirmed. A contact that is
 * there has its address for a mailbox until its next form.
 */
export const mailboxes: Migration = {
  name: '004-mailboxes',
  statements: ({ text }) => [
    `alter table contact add column mailbox ${text} not null default ''`,
    'update contact set mailbox = email_norm',
    'create index contact_mailbox on contact (mailbox)',
    `alter table consent_event add column name ${text}`,
    `alter table consent_event add column company ${text}`,
    `update consent_event set
      name = (select contact.name from contact where contact.id = consent_event.contact_id),
      company = (select contact.company from contact where contact.id = consent_event.contact_id)
      where action = 'given'`,
  ],
};
