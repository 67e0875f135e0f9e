import type { IncomingHttpHeaders } from 'node:http';
import fresh from 'fresh';

/** What tells one state of a file from another. */
export interface Validators {
  /** With its quotes. */
  etag: string;
  modified: Date;
}

/** Whether the copy that a reader has is still right: the answer is 304 (RFC 9110, section 13.1.2 and 13.1.3). */
export const isUnchanged = (headers: IncomingHttpHeaders, { etag, modified }: Validators): boolean =>
  fresh(headers, { etag, 'last-modified': modified.toUTCString() });

/**
 * Whether the reader asks for this file or none: otherwise the answer is 412 (RFC 9110, sections 13.1.1 and 13.1.4). The
 * date counts only where no tag is named, and what is no date does not count (section 13.2.2).
 */
export function isExpected(headers: IncomingHttpHeaders, { etag, modified }: Validators): boolean {
  const wanted = headers['if-match'];
  if (wanted !== undefined) return wanted === '*' || tags(wanted).includes(etag);
  const latest = headers['if-unmodified-since'];
  return latest === undefined || !(seconds(modified) > Date.parse(latest) / 1000);
}

/** Whether a part of this file goes with the parts that the reader has (RFC 9110, section 13.1.5). */
export function continues(headers: IncomingHttpHeaders, { etag, modified }: Validators): boolean {
  const condition = headers['if-range']?.toString();
  if (condition === undefined) return true;
  if (/^(W\/)?"/.test(condition)) return condition === etag;
  return Date.parse(condition) / 1000 === seconds(modified);
}

const tags = (header: string): string[] => header.match(/(?:W\/)?"[^"]*"/g) ?? [];

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
