import { STATUS_CODES, type ServerResponse } from 'node:http';

/** What the server says where no page of the site can: a small page without anything to load. */
export interface Notice {
  status: number;
  /** What happened, and what to do next; plain text. */
  text: string;
  headers?: Record<string, string>;
}

export const notices = {
  malformed: { status: 400, text: 'This address is not written as an address is. Check it for stray characters.' },
  noHost: { status: 400, text: 'This request does not say, just once, which host it is for.' },
  foreignForm: {
    status: 403,
    text: 'This form was sent from another site. Open the page on this site, and send it from there.',
  },
  notFound: { status: 404, text: 'There is no such page.' },
  tooSlow: {
    status: 408,
    text: 'The form took too long to arrive. Go back, and send it again.',
    headers: { Connection: 'close' },
  },
  tooLarge: {
    status: 413,
    text: 'That is more than a form of this site takes. Go back, shorten it, and send it again.',
  },
  foreignHost: {
    status: 421,
    text: 'This server does not answer to that name. Its owner can add it: ALLOWED_HOSTS=that.name',
  },
  failed: { status: 500, text: 'Something went wrong here, and it was noted. Try again in a moment.' },
  unavailable: {
    status: 503,
    text: 'The file cannot be sent now. Try the same link again in a minute.',
    headers: { 'Retry-After': '60' },
  },
  changed: {
    status: 503,
    text: 'The site is being built anew. Try again in a moment.',
    headers: { 'Retry-After': '10' },
  },
} satisfies Record<string, Notice>;

/** A method that an address does not take (RFC 9110, section 15.5.6). */
export const notAllowed = (methods: readonly string[]): Notice => ({
  status: 405,
  text: `This address only takes ${methods.join(' and ')}.`,
  headers: { Allow: methods.join(', ') },
});

export function sendNotice(response: ServerResponse, { status, text, headers = {} }: Notice): void {
  const page = noticePage(status, text);
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(page),
  });
  response.end(page);
}

export function noticePage(status: number, text: string): string {
  const title = STATUS_CODES[status];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title><h1>${title}</h1><p>${text}</p><p><a href="/">Home</a></p></html>\n`;
}
