import { simpleParser, type ParsedMail } from 'mailparser';
import { bounceKind, bounceStatus } from './kind.ts';

/** What a mail in the owner's mailbox reports. */
export type Report =
  /** Of a mail that was not delivered (RFC 3464): to whom, why, and the address that the report came to. */
  | { kind: 'bounces'; to: string[]; recipients: RefusedRecipient[] }
  /** Of a mail that its reader called spam (RFC 5965); `of` is what names that mail. */
  | { kind: 'complaint'; of: string[] }
  /** Of a mail that is delayed, or was delivered: nothing to do. */
  | { kind: 'other'; to: string[] };

export interface RefusedRecipient {
  /** As the mail was addressed, and where it went from there, where that is known; in small letters. */
  addresses: string[];
  kind: ReturnType<typeof bounceKind>;
  status: string | undefined;
}

/** Reads a mail as it came; undefined where it is no report. */
export async function readReport(source: Buffer): Promise<Report | undefined> {
  const mail = await simpleParser(source, {
    ...{ keepDeliveryStatus: true, skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true },
    ...{ skipImageLinks: true, maxHtmlLengthToParse: 0 },
  }).catch(() => undefined);
  if (!mail || !isReport(mail)) return undefined;
  const part = (type: RegExp) => mail.attachments.find(({ contentType }) => type.test(contentType))?.content.toString();
  // One that is to be shown in its place (`inline`), the parser takes apart: then its head is found in the source.
  const shown = () =>
    /\ncontent-type:\s*message\/(?:rfc822|global)\b[^]*?\r?\n\r?\n([^]*)/i.exec(source.toString())?.[1];
  const original =
    part(/^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/i) ?? shown() ?? '';
  const feedback = part(/^message\/feedback-report$/i);
  if (feedback !== undefined) return complaintIn(fieldsIn(feedback), headersOf(original));
  const status = part(/^message\/(?:global-)?delivery-status$/i);
  return status === undefined ? undefined : bouncesIn(status, addressedTo(mail));
}

const isReport = ({ headers }: ParsedMail) => {
  const type = headers.get('content-type') as { value?: string } | undefined;
  return type?.value?.toLowerCase() === 'multipart/report';
};

/** The addresses that a mail came to, as its headers have them. */
function addressedTo({ headerLines }: ParsedMail): string[] {
  const names = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to', 'x-envelope-to'];
  return headerLines.filter(({ key }) => names.includes(key)).map(({ line }) => line);
}

/** What each recipient's part says (RFC 3464, section 2.3), behind the part of the mail as a whole. */
function bouncesIn(status: string, to: string[]): Report {
  const recipients = status
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsIn)
    .filter((fields) => fields('action').some((action) => action.toLowerCase() === 'failed'))
    .map((fields): RefusedRecipient => {
      const [code] = fields('status');
      const refusal = {
        status: /[245]\.\d{1,3}\.\d{1,3}/.exec(code ?? '')?.[0],
        text: fields('diagnostic-code').join(' ').slice(0, longestReason),
      };
      return {
        addresses: [...fields('original-recipient'), ...fields('final-recipient')].map(addressOf),
        kind: bounceKind(refusal),
        status: bounceStatus(refusal),
      };
    });
  return recipients.length > 0 ? { kind: 'bounces', to, recipients } : { kind: 'other', to };
}

/** Receivers blacken the reader's address; what the mail itself was sent with stays (RFC 5965, section 3; RFC 9477). */
function complaintIn(report: Fields, original: Fields): Report {
  const [type = ''] = report('feedback-type');
  const of = [
    ...report('original-mail-from'),
    ...original('return-path'),
    ...original('cfbl-feedback-id'),
    ...report('cfbl-feedback-id'),
  ];
  // A report of another type, `not-spam` for instance, is no complaint.
  const isComplaint = /^(?:abuse|fraud|virus|other|opt-out|opt-out-list|miscategorized)$/i.test(type);
  return isComplaint ? { kind: 'complaint', of } : { kind: 'other', to: of };
}

/** `rfc822; ann@example.com` and `rfc822;<ann@example.com>`. */
const addressOf = (field: string): string =>
  field
    .replace(/^[\w-]+\s*;/, '')
    .replaceAll(/[<>\s]/g, '')
    .toLowerCase();

type Fields = (name: string) => string[];

/** The fields of a block, whose lines may be folded (RFC 5322, section 2.2.3), by their names in small letters. */
function fieldsIn(block: string): Fields {
  const fields = block
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  return (name) => fields.flatMap(([key, value = '']) => (key === name && value !== '' ? value : []));
}

/** Those of a mail's head. */
const headersOf = (mail: string): Fields => fieldsIn(mail.split(/\r?\n\r?\n/, 1)[0] ?? '');

const longestReason = 2000;
