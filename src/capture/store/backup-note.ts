/** What a backup says of itself. */
export interface BackupNote {
  /** As of when it is, in milliseconds since 1970. */
  madeAt: number;
  /** Which store it was made of. */
  of: 'sqlite' | 'postgres';
  /** How many rows each table has. */
  rows: Record<string, number>;
  /** The names of the secrets that were set then, the signing one first: they give nothing of them away. */
  secrets: string[];
}

/** A mail that was written into a file in place of being sent. */
export interface KeptMail {
  /** Of the file, in the folder of mails. */
  name: string;
  content: Buffer;
}
