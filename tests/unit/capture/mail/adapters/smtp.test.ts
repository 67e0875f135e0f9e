import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { readEnvironment } from '#capture/environment.ts';
import { mailFiles } from '#capture/mail/adapters/mail-files.ts';
import { MailRefused, type Mail } from '#capture/mail/mailer.ts';
import { writeMail } from '#capture/mail/letters/write.ts';
import { smtpMailer } from '#capture/mail/adapters/smtp.ts';
import { site } from '../../../../fakes/site.ts';

const id = '0193b9a0-0000-7000-8000-000000000001';
const mailTo = (to: string): Mail =>
  writeMail(
    { mail: 'issue', entry: 'episodes/lamp', preferences: 'p' },
    {
      site,
      base: new URL('https://d-files.example/'),
      contact: { email: to },
      from: 'The D-Files <hello@d-files.example>',
      replyTo: 'desk@d-files.example',
      id,
      token: () => `${id}.0a1b2c3d.${'x'.repeat(43)}`,
    },
  );
const unsubscribe = `https://d-files.example/unsubscribe/?token=${id}.0a1b2c3d.${'x'.repeat(43)}`;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface Taken {
  raw: string;
  parsed: ParsedMail;
  recipients: string[];
  sender: string | false;
}

/** A mail server on this machine, which says yes unless told otherwise. */
async function mailServer(options: SMTPServerOptions = {}) {
  const taken: Taken[] = [];
  const asked: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (address, _session, done) => (asked.push(address.address), done()),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        void keep(Buffer.concat(parts), session).then(() => done());
      });
    },
    ...options,
  });
  const keep = async (raw: Buffer, { envelope }: SMTPServerSession) => {
    taken.push({
      raw: raw.toString(),
      parsed: await simpleParser(raw),
      recipients: envelope.rcptTo.map(({ address }) => address),
      sender: envelope.mailFrom && envelope.mailFrom.address,
    });
  };
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  ends.push(() => new Promise<void>((done) => server.close(() => done())));
  return { taken, asked, port: (server.server.address() as AddressInfo).port };
}

function mailerFor(where: string, timeouts?: { connect: number; silence: number; mail: number }) {
  const mailer = smtpMailer({ url: new URL(where), name: 'd-files.example', ...(timeouts ? { timeouts } : {}) });
  ends.push(() => mailer.close());
  return mailer;
}

const refusalOf = (sending: Promise<void>) =>
  sending.then(
    () => {
      throw new Error('The mail was taken.');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(MailRefused);
      return error as MailRefused;
    },
  );
const no = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

describe('a mail by SMTP', () => {
  it('arrives as it was written, for one recipient', async () => {
    const { taken, port } = await mailServer();
    const mail = mailTo('anna@example.com');
    await mailerFor(`smtp://127.0.0.1:${port}`).send(mail);
    const [only] = taken;
    expect(taken).toHaveLength(1);
    expect(only).toMatchObject({ recipients: ['anna@example.com'], sender: 'hello@d-files.example' });
    expect(only?.parsed).toMatchObject({
      subject: 'File 001: Who lights the lamp <at night> & why',
      messageId: `<${id}@d-files.example>`,
      from: { text: '"The D-Files" <hello@d-files.example>' },
      to: { text: 'anna@example.com' },
      replyTo: { text: 'desk@d-files.example' },
    });
    expect(only?.parsed.date).toBeInstanceOf(Date);
    expect(only?.parsed.text?.trim()).toBe(mail.text.trim());
    expect(String(only?.parsed.html).trim()).toBe(mail.html.trim());
  });

  it.each(['Fog: The Series', 'Fog, Inc. (old); <new>', String.raw`The "Fog" \ foam`, 'Nebelhörner: laut'])(
    'has one sender, whatever the name of the series: %s',
    async (name) => {
      const { taken, port } = await mailServer();
      const written = name.includes('<') ? JSON.stringify(name) : name;
      const { from } = readEnvironment({ MAIL_FROM: `${written} <hello@d-files.example>` }).environment.mail;
      await mailerFor(`smtp://127.0.0.1:${port}`).send({ ...mailTo('anna@example.com'), from });
      expect(taken[0]).toMatchObject({ sender: 'hello@d-files.example' });
      expect(taken[0]?.parsed.from?.value).toEqual([{ name, address: 'hello@d-files.example' }]);
    },
  );

  it('can be unsubscribed from with one click by the receiver’s program', async () => {
    const { taken, port } = await mailServer();
    await mailerFor(`smtp://127.0.0.1:${port}`).send(mailTo('anna@example.com'));
    const { headers } = taken[0]?.parsed ?? {};
    expect(headers?.get('list')).toMatchObject({
      unsubscribe: { url: unsubscribe },
      'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
      id: { id: 'newsletter.d-files.example', name: 'The D-Files' },
    });
    expect(taken[0]?.raw).toContain(`<${unsubscribe}>`);
  });

  it('is signed where its owner has a key, with what unsubscribes by one click', async () => {
    const { taken, port } = await mailServer();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const dkim = { domain: 'd-files.example', selector: 's1', privateKey };
    const mailer = smtpMailer({ url: new URL(`smtp://127.0.0.1:${port}`), name: 'd-files.example', dkim });
    ends.push(() => mailer.close());
    await mailer.send(mailTo('anna@example.com'));

    const [head = '', body = ''] = split(taken[0]?.raw ?? '');
    const fields = head.split(/\r\n(?![ \t])/);
    const signature = fields.find((field) => field.startsWith('DKIM-Signature:')) ?? '';
    const tags: Record<string, string> = Object.fromEntries(
      [...signature.slice(15).matchAll(/([a-z]+)=([^;]*)/g)].map(([, tag = '', value = '']) => [
        tag,
        value.replaceAll(/\s/g, ''),
      ]),
    );
    expect(tags).toMatchObject({ v: '1', a: 'rsa-sha256', c: 'relaxed/relaxed', d: 'd-files.example', s: 's1' });
    const signed = (tags['h'] ?? '').split(':');
    for (const name of ['from', 'to', 'subject', 'date', 'list-unsubscribe', 'list-unsubscribe-post'])
      expect(signed).toContain(name);

    const bodyHash = createHash('sha256').update(relaxedBody(body)).digest('base64');
    expect(tags['bh']).toBe(bodyHash);
    const headers = signed.map((name) => fields.find((field) => field.toLowerCase().startsWith(`${name}:`)) ?? '');
    const data = [...headers, signature.replace(/([;\s]b=)[^;]*$/, '$1')].map(relaxedHeader).join('\r\n');
    expect(verify('sha256', Buffer.from(data, 'latin1'), publicKey, Buffer.from(tags['b'] ?? '', 'base64'))).toBe(true);
    expect(verify('sha256', Buffer.from(`${data}.`), publicKey, Buffer.from(tags['b'] ?? '', 'base64'))).toBe(false);
  });

  it('has no signature where there is no key', async () => {
    const { taken, port } = await mailServer();
    await mailerFor(`smtp://127.0.0.1:${port}`).send(mailTo('anna@example.com'));
    expect(taken[0]?.raw).not.toContain('DKIM-Signature');
  });

  it.each([
    ['a recipient for now', { onRcptTo: (_a, _s, done) => done(no(451, 'later')) }, false],
    ['a recipient for good', { onRcptTo: (_a, _s, done) => done(no(550, 'no such user')) }, true],
    ['a message for now', { onData: (s, _s, done) => s.resume().on('end', () => done(no(451, 'greylisted'))) }, false],
    ['a message for good', { onData: (s, _s, done) => s.resume().on('end', () => done(no(554, 'spam'))) }, true],
    ['everybody for now', { onConnect: (_s, done) => done(no(421, 'busy')) }, false],
    // The owner can fix these, and the mail is none the worse.
    ['our sender', { onMailFrom: (_a, _s, done) => done(no(550, 'not yours')) }, false],
    ['our password', { authOptional: false, onAuth: (_a, _s, done) => done(no(535, 'wrong')) }, false],
  ] satisfies [string, SMTPServerOptions, boolean][])(
    'is refused where the server refuses %s',
    async (_, options, permanent) => {
      const { taken, port } = await mailServer({ allowInsecureAuth: true, ...options });
      const user = 'onAuth' in options ? 'user:pass%40word@' : '';
      const refusal = await refusalOf(mailerFor(`smtp://${user}127.0.0.1:${port}`).send(mailTo('anna@example.com')));
      expect(refusal.permanent).toBe(permanent);
      expect(taken).toEqual([]);
    },
  );

  it('gives the password as it was meant', async () => {
    const given: unknown[] = [];
    const { taken, port } = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => (given.push(username, password), done(null, { user: 1 })),
    });
    await mailerFor(`smtp://us%3Aer:pass%40word@127.0.0.1:${port}`).send(mailTo('anna@example.com'));
    expect(given).toEqual(['us:er', 'pass@word']);
    expect(taken).toHaveLength(1);
  });

  it('is not known to be refused when the connection ends after the message, and is not sent again by itself', async () => {
    let messages = 0;
    const { port } = await mailServer({
      onData(stream, session) {
        messages += 1;
        stream.resume().on('end', () => sockets.get(session.remotePort)?.destroy());
      },
    });
    const sockets = new Map<number, { destroy(): unknown }>();
    const relay = await relayTo(port, sockets);
    const refusal = await refusalOf(mailerFor(`smtp://127.0.0.1:${relay}`).send(mailTo('anna@example.com')));
    expect(refusal.permanent).toBe(false);
    expect(messages).toBe(1);
  });

  it('has the same Message-ID when it is repeated', async () => {
    const { taken, port } = await mailServer();
    const mailer = mailerFor(`smtp://127.0.0.1:${port}`);
    await mailer.send(mailTo('anna@example.com'));
    await mailer.send(mailTo('anna@example.com'));
    expect(new Set(taken.map(({ parsed }) => parsed.messageId))).toEqual(new Set([`<${id}@d-files.example>`]));
    expect(taken).toHaveLength(2);
  });

  it.each([
    ['never greets', undefined],
    ['falls silent after its greeting', '220 here\r\n'],
  ])('is given up for now when the server %s', async (_, greeting) => {
    const server = createServer((socket) => void (greeting && socket.write(greeting)));
    const port = await listen(server);
    const refusal = await refusalOf(
      mailerFor(`smtp://127.0.0.1:${port}`, { connect: 40, silence: 40, mail: 5000 }).send(mailTo('anna@example.com')),
    );
    expect(refusal.permanent).toBe(false);
  });

  it('is given up for now when the server goes on talking and never comes to an end', async () => {
    const server = createServer((socket) => {
      socket.write('220 here\r\n');
      const talking = setInterval(() => socket.write('250-more\r\n'), 10);
      socket.on('close', () => clearInterval(talking)).on('error', () => {});
    });
    const port = await listen(server);
    const refusal = await refusalOf(
      mailerFor(`smtp://127.0.0.1:${port}`, { connect: 5000, silence: 5000, mail: 60 }).send(
        mailTo('anna@example.com'),
      ),
    );
    expect(refusal.permanent).toBe(false);
  });

  it('is given up for now where nobody listens', async () => {
    const { port } = await mailServer();
    await ends.pop()?.();
    const mailer = mailerFor(`smtp://127.0.0.1:${port}`);
    expect((await refusalOf(mailer.send(mailTo('anna@example.com')))).permanent).toBe(false);
    expect((await refusalOf(mailer.check())).permanent).toBe(false);
  });

  it('can be checked beforehand', async () => {
    const { port, taken } = await mailServer();
    await mailerFor(`smtp://127.0.0.1:${port}`).check();
    expect(taken).toEqual([]);
  });

  it('never leaves this machine in the clear', async () => {
    const { taken, asked, port } = await mailServer();
    // An address of this machine that does not say so.
    const refusal = await refusalOf(mailerFor(`smtp://0.0.0.0:${port}`).send(mailTo('anna@example.com')));
    expect(refusal.permanent).toBe(false);
    expect([...taken, ...asked]).toEqual([]);
  });

  it.each([
    'anna@example.com,eve@example.com',
    'anna@example.com eve@example.com',
    'anna@example.com;eve@example.com',
    'anna@example.com\r\nRCPT TO:<eve@example.com>',
    'anna@example.com\nBcc: eve@example.com',
    'Anna <anna@example.com>',
    '"anna@example.com, eve"@example.com',
    'anna@example.com\0',
    'friends: anna@example.com, eve@example.com;',
    `${'a'.repeat(250)}@example.com`,
    'anna',
    '',
  ])('has one recipient or none: %j', async (to) => {
    const { taken, asked, port } = await mailServer();
    const mail = { ...mailTo('anna@example.com'), to };
    expect((await refusalOf(mailerFor(`smtp://127.0.0.1:${port}`).send(mail))).permanent).toBe(true);
    expect([...taken, ...asked]).toEqual([]);
  });

  it('takes no header and no recipient from a subject', async () => {
    const { taken, port } = await mailServer();
    const subject = 'Hello\r\nBcc: eve@example.com\r\n\r\nBuy this';
    await mailerFor(`smtp://127.0.0.1:${port}`).send({ ...mailTo('anna@example.com'), subject });
    expect(taken[0]).toMatchObject({ recipients: ['anna@example.com'] });
    expect(taken[0]?.parsed.bcc).toBeUndefined();
    expect(taken[0]?.parsed.headers.has('bcc')).toBe(false);
  });

  it('reaches an address with a domain in another alphabet, and one with every sign that an address may have', async () => {
    const { taken, port } = await mailServer();
    const mailer = mailerFor(`smtp://127.0.0.1:${port}`);
    await mailer.send(mailTo('anna@xn--bcher-kva.example'));
    await mailer.send(mailTo("o'neill+files!#$%&*/=?^_`{|}~@example.com"));
    expect(taken.map(({ recipients }) => recipients)).toEqual([
      // As this server shows domains.
      ['anna@bücher.example'],
      ["o'neill+files!#$%&*/=?^_`{|}~@example.com"],
    ]);
  });
});

describe('a mail as a file', () => {
  it('is named by time and kind, is its owner’s alone, and opens as a mail whose links are whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'd-files-mail-'));
    ends.push(() => rm(folder, { recursive: true }));
    const said: string[] = [];
    const mailer = mailFiles({
      folder: join(folder, 'mail'),
      now: () => Date.UTC(2026, 10, 22, 14, 5, 0, 120),
      log: (line) => said.push(line),
    });
    await mailer.check();
    const mail = mailTo('anna@example.com');
    await mailer.send(mail);
    expect(await readdir(join(folder, 'mail'))).toEqual([`2026-11-22T14-05-00Z-issue-${id}.eml`]);
    const file = join(folder, 'mail', `2026-11-22T14-05-00Z-issue-${id}.eml`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'mail'))).mode & 0o777).toBe(0o700);
    const raw = await readFile(file, 'utf8');
    expect(raw.split('\n')).toContain(unsubscribe);
    const parsed = await simpleParser(raw);
    expect(parsed).toMatchObject({
      subject: mail.subject,
      messageId: mail.messageId,
      to: { text: 'anna@example.com' },
      date: new Date('2026-11-22T14:05:00Z'),
    });
    expect(parsed.text?.trim()).toBe(mail.text.trim());
    expect(String(parsed.html).trim()).toBe(mail.html.trim());
    expect(said).toEqual([`A mail (issue) is in ${file}`]);
  });
});

/** A message's header and body. */
function split(raw: string): string[] {
  const end = raw.indexOf('\r\n\r\n');
  return [raw.slice(0, end), raw.slice(end + 4)];
}

/** RFC 6376, section 3.4.4. */
const relaxedBody = (body: string) =>
  body
    .replaceAll(/[ \t]+(?=\r\n|$)/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .replace(/(?:\r\n)*$/, '\r\n');

/** RFC 6376, section 3.4.2. */
function relaxedHeader(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<{ destroy(): unknown }>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Passes bytes on to `port`; `sockets` has, for each port that the server sees, what to destroy to cut the line. */
function relayTo(port: number, sockets: Map<number, { destroy(): unknown }>): Promise<number> {
  return listen(
    createServer((socket) => {
      const onward = connect(port, '127.0.0.1', () => sockets.set(onward.localPort ?? 0, socket));
      onward.on('error', () => {});
      socket.pipe(onward).pipe(socket);
      socket.on('close', () => onward.destroy());
    }),
  );
}

describe('a mail whose way back is named', () => {
  const back = { ...mailTo('anna@reader.example'), returnPath: 'bounces+tag@d-files.example' };

  it('leaves from there, and from nobody else', async () => {
    const { taken, port } = await mailServer();
    await mailerFor(`smtp://127.0.0.1:${port}`).send(back);
    expect(taken).toMatchObject([{ sender: 'bounces+tag@d-files.example', recipients: ['anna@reader.example'] }]);
  });

  it('is refused with the words of the server, by which is known whose fault it is', async () => {
    const { port } = await mailServer({
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('5.1.1 User unknown'), { responseCode: 550 })),
    });
    await expect(mailerFor(`smtp://127.0.0.1:${port}`).send(back)).rejects.toMatchObject({
      ...{ name: 'MailRefused', permanent: true },
      reply: expect.stringMatching(/^550 5\.1\.1 User unknown/) as string,
    });
  });

  it('is not said to be refused by whom the server did not hear of', async () => {
    const refused = await mailerFor('smtp://127.0.0.1:1')
      .send(back)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'MailRefused', permanent: false, reply: undefined });
  });
});
