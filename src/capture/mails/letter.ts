import type { ContactRow } from '#capture/store/tables.ts';
import type { Site } from '#site/contract.ts';

/** What a mail says, before it is set as text and as HTML, which therefore say the same. */
export interface Letter {
  subject: string;
  /** What an inbox shows behind the subject. */
  preview: string;
  /** The typed label on the folder's tab. */
  label: string;
  heading: string;
  blocks: Block[];
  /** Why the reader gets this, and how it ends: the small print. */
  why: Block[];
  /** `answer` to something the reader did (RFC 3834), or the newsletter itself. */
  nature: 'answer' | 'newsletter';
  /** For mails to subscribers: where one press ends the newsletter (RFC 8058). */
  unsubscribe?: string | undefined;
}

export type Block =
  | { kind: 'text'; text: string }
  /** Short facts in a row, typed. */
  | { kind: 'facts'; facts: string[] }
  /** The one thing to do. */
  | { kind: 'button'; text: string; url: string }
  /** A quiet link: a sentence, and what stands for the address in it. */
  | { kind: 'link'; before: string; text: string; url: string }
  /** What a side sees, or what both share; the name says whose it is. */
  | { kind: 'view'; side: 'marketing' | 'sales' | 'shared'; name: string; text: string };

/** What a letter is written from. */
export interface Desk {
  site: Site;
  /** The address that links begin with, with a slash at its end. */
  base: URL;
  contact: Pick<ContactRow, 'email'>;
  from: string;
  replyTo?: string | undefined;
  /** The outbox row's id, which makes the Message-ID. */
  id: string;
  /** The text of the token with this id, as links carry it. */
  token(id: string): string;
}

/** Where the links in mails lead. */
export function links({ base, token }: Pick<Desk, 'base' | 'token'>) {
  const link = (path: string, id: string) => {
    const url = new URL(path, base);
    url.searchParams.set('token', token(id));
    return url.href;
  };
  return {
    confirm: (id: string) => link('/confirm/', id),
    download: (id: string) => link('/download/', id),
    preferences: (id: string) => link('/preferences/', id),
    unsubscribe: (id: string) => link('/unsubscribe/', id),
    page: (path: string) => new URL(path, base).href,
  };
}
