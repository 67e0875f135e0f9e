import type { Site } from '#site/contract.ts';
import { url } from '#site/url.ts';

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
  /** For mails that come again: where one click ends them (RFC 8058). */
  unsubscribe?: string | undefined;
  /** Where what was sent before can be read (RFC 2369, section 3.6). */
  archive?: string;
  /** Which mails that ends: the newsletter, or those about replies. */
  list?: 'newsletter' | 'replies';
}

export type Block =
  | { kind: 'text'; text: string }
  /** Short facts in a row, typed. */
  | { kind: 'facts'; facts: string[] }
  /** The one thing to do. */
  | { kind: 'button'; text: string; url: string }
  /** A quiet link: a sentence, and what stands for the address in it. */
  | { kind: 'link'; before: string; text: string; url: string }
  /** One of several entries: its title leads to it. */
  | { kind: 'entry'; title: string; url: string; facts: string[]; text: string }
  /** What a side sees, or what both share; the name says whose it is. */
  | { kind: 'view'; side: 'marketing' | 'sales' | 'shared'; name: string; text: string };

/** What a letter is written from. */
export interface MailContext {
  site: Site;
  /** The address that links begin with, with a slash at its end. */
  base: URL;
  contact: { email: string };
  from: string;
  replyTo?: string | undefined;
  /** The outbox row's id, which makes the Message-ID. */
  id: string;
  /** Where the mail comes back to, if the owner reads what does: the envelope's sender, and what names the mail in it. */
  bounces?: { returnPath: string; address: string; tag: string } | undefined;
  /** The text of the token with this id, as links carry it. */
  token(id: string): string;
}

/**
 * The lines of the owner's postal address in the small print of the newsletter (CAN-SPAM, 15 U.S.C. 7704(a)(5)). Answers to
 * what a reader did have none.
 */
export function postalAddress({ nature }: Pick<Letter, 'nature'>, { owner }: Pick<Site, 'owner'>): string[] {
  const lines = nature === 'newsletter' ? (owner.postalAddress ?? '').split('\n') : [];
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** Where the links in mails lead. */
export function links({ base, token }: Pick<MailContext, 'base' | 'token'>) {
  const page = (path: string) => new URL(path, base).href;
  return {
    confirm: (id: string) => page(url.confirm(token(id))),
    download: (id: string) => page(url.download(token(id))),
    preferences: (id: string) => page(url.preferences(token(id))),
    erase: (id: string) => page(url.erase(token(id))),
    archive: page(url.archive),
    sentIssue: (entry: string) => page(url.sentIssue(entry)),
    unsubscribe: (id: string) => page(url.unsubscribe(token(id))),
    page,
  };
}
