/** Mails that an owner's own program opens, with their beginnings. */
export interface Template {
  name: string;
  href: string;
}

interface Answer {
  email: string;
  name: string | null;
  /** The whitepaper's title. */
  paper: string;
  /** The title of the entry that sent the reader. */
  entry?: string | undefined;
  from: string;
  series: string;
}

/** The templates of an answer, as `mailto:` addresses (RFC 6068), whose lines end in CRLF. */
export function templates({ email, name, paper, entry, from, series }: Answer): Template[] {
  const hello = name === null ? 'Hello,' : `Hello ${name},`;
  const sign = `${from}\n${series}`;
  const heard = entry === undefined ? '' : ` You came by “${entry}”.`;
  return [
    {
      name: 'Thank you, and one question',
      href: mailto(
        email,
        `Your copy of “${paper}”`,
        [hello, `thank you for asking for “${paper}”.${heard}`, 'What made you look for it?', sign].join('\n\n'),
      ),
    },
    {
      name: 'Shall we talk?',
      href: mailto(
        email,
        `About “${paper}”`,
        [
          ...[hello, `thank you for asking for “${paper}”.${heard}`],
          ...['If you would like to talk about it, name a time that suits you.', sign],
        ].join('\n\n'),
      ),
    },
    { name: 'An empty mail', href: mailto(email) },
  ];
}

function mailto(email: string, subject?: string, body?: string): string {
  // What has a meaning of its own in an address of a mail is encoded, but for the sign in its middle.
  const to = email.split('@').map(encodeURIComponent).join('@');
  const fields = Object.entries({ subject, body: body?.replaceAll('\n', '\r\n') }).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field}=${encodeURIComponent(value)}`],
  );
  return `mailto:${to}${fields.length > 0 ? `?${fields.join('&')}` : ''}`;
}
