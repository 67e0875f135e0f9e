/** What a mail in the outbox is made of; it is written out when it is sent, so that no link is stored. */
export type MailPayload =
  /** Confirm the address, and what was asked for with it: the paper, the newsletter, or both. */
  | { mail: 'confirm'; token: string; preferences: string; asset?: string; newsletter: boolean }
  /** The paper for an address that was confirmed before. */
  | { mail: 'download'; token: string; asset: string }
  /** Erase the person, if it is they who asked. */
  | { mail: 'erase'; token: string }
  /** The newsletter was confirmed. */
  | { mail: 'welcome'; preferences: string }
  /** The address asked for the newsletter that it has. */
  | { mail: 'already-subscribed'; preferences: string }
  /** A new episode or post; `entry` is its id. */
  | { mail: 'issue'; entry: string; preferences: string };
