/** For how many days the server keeps what it does not keep for good. */
export interface Retention {
  /** Comments and questions that nobody confirmed, and people of whom there is nothing else. */
  unconfirmed: number;
  /** Who asked for a whitepaper or the newsletter, and confirmed nothing. */
  requests: number;
  /** The network address and the browser beside a consent; the consent itself stays. */
  evidence: number;
  /** Mails and events that were sent. */
  sent: number;
  /** Mails and events that could not be sent. */
  deadLetters: number;
  /** What was seen and changed at the desk. */
  audit: number;
}

/** Where `retention` in `show.yaml` says nothing. */
export const defaultRetention: Retention = {
  unconfirmed: 2,
  requests: 90,
  evidence: 1095,
  sent: 30,
  deadLetters: 90,
  audit: 400,
};

/** What each of them is, as readers and owners are told. */
export const retentionNames: Readonly<Record<keyof Retention, string>> = {
  unconfirmed: 'A comment or question that nobody confirmed',
  requests: 'An address for which a whitepaper or the newsletter was asked, and that nobody confirmed',
  evidence: 'The network address and browser description beside a consent',
  sent: 'A mail, or a message to another system, that was sent',
  deadLetters: 'A mail, or a message to another system, that could not be sent',
  audit: 'What the publisher saw and changed at the desk',
};
