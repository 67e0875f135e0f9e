import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { isPrivateAddress } from '#capture/webhook/private-address.ts';
import { sendTestEvent } from '#capture/owner/webhook-test.ts';
import { WebhookRefused } from '#capture/webhook/sender.ts';
import { webhookSender, type WebhookOptions } from '#capture/webhook/adapters/http-sender.ts';

const secret = `whsec_${Buffer.from('a key of thirty-two characters..').toString('base64')}`;
const id = 'msg_0193b9a0-0000-7000-8000-000000000001';
const body = JSON.stringify({
  type: 'lead.confirmed',
  timestamp: '2026-11-22T14:05:00.000Z',
  data: { email: 'ünï@example.com' },
});

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface Received {
  path: string | undefined;
  headers: Record<string, string>;
  body: string;
}

/** A receiver on this machine. */
async function receiver(answer: RequestListener = (_request, response) => void response.writeHead(204).end()) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      received.push({ path: request.url, headers: request.headers as Record<string, string>, body });
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, port: (server.address() as AddressInfo).port };
}

const senderTo = (url: string, options: Partial<WebhookOptions> = {}) =>
  webhookSender({ url: new URL(url), secret, allowedHosts: ['127.0.0.1'], clock: () => Date.now(), ...options });

const refusalOf = (sending: Promise<void>) =>
  sending.then(
    () => {
      throw new Error('The event was taken.');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(WebhookRefused);
      return error as WebhookRefused;
    },
  );

describe('a webhook', () => {
  it('is signed so that a receiver can verify it by Standard Webhooks', async () => {
    const { received, port } = await receiver();
    await senderTo(`http://127.0.0.1:${port}/hooks?of=us`).send(id, body);
    expect(received).toHaveLength(1);
    const [only] = received;
    expect(only).toMatchObject({
      path: '/hooks?of=us',
      body,
      headers: { 'webhook-id': id, 'content-type': 'application/json' },
    });
    expect(new Webhook(secret).verify(only?.body ?? '', only?.headers ?? {})).toEqual(JSON.parse(body));
    expect(() => new Webhook(secret).verify(body.replace('confirmed', 'erased'), only?.headers ?? {})).toThrow(
      /signature/i,
    );
  });

  it('has the same id and body on each attempt, and the time of the attempt', async () => {
    const { received, port } = await receiver();
    let now = Date.UTC(2026, 10, 22);
    const sender = senderTo(`http://127.0.0.1:${port}/`, { clock: () => now });
    await sender.send(id, body);
    now += 300_400;
    await sender.send(id, body);
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    expect(received.map(({ headers }) => headers['webhook-timestamp'])).toEqual(['1795305600', '1795305900']);
    expect(received[0]?.headers['webhook-signature']).not.toBe(received[1]?.headers['webhook-signature']);
    expect(received[0]?.body).toBe(received[1]?.body);
  });

  it.each([
    [500, false],
    [404, false],
    [429, false],
    [410, true],
  ])('is refused by an answer of %i', async (status, permanent) => {
    const { port } = await receiver((_request, response) => void response.writeHead(status).end('anna@example.com'));
    const refusal = await refusalOf(senderTo(`http://127.0.0.1:${port}/`).send(id, body));
    expect(refusal).toMatchObject({ permanent, message: `The receiver answered ${status}.` });
  });

  it('waits as long as the receiver asks, a day at most', async () => {
    const now = Date.UTC(2026, 10, 22);
    const waits = [];
    for (const value of ['120', 'Sun, 22 Nov 2026 00:10:00 GMT', '9999999', 'soon', 'Sun, 22 Nov 2020 00:10:00 GMT']) {
      const { port } = await receiver(
        (_request, response) => void response.writeHead(503, { 'retry-after': value }).end(),
      );
      waits.push(
        (await refusalOf(senderTo(`http://127.0.0.1:${port}/`, { clock: () => now }).send(id, body))).retryAfter,
      );
    }
    expect(waits).toEqual([120_000, 600_000, 24 * 60 * 60_000, undefined, undefined]);
  });

  it('follows no redirect', async () => {
    const elsewhere = await receiver();
    const { port } = await receiver(
      (_request, response) => void response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end(),
    );
    expect((await refusalOf(senderTo(`http://127.0.0.1:${port}/`).send(id, body))).message).toContain('307');
    expect(elsewhere.received).toEqual([]);
  });

  it('is given up for now when the receiver hangs', async () => {
    const { port } = await receiver(() => {});
    const refusal = await refusalOf(senderTo(`http://127.0.0.1:${port}/`, { timeout: 40 }).send(id, body));
    expect(refusal).toMatchObject({ permanent: false, message: 'The receiver did not answer within 0.04 s.' });
  });

  it('reads no answer that does not end', async () => {
    const closed = Promise.withResolvers<void>();
    const { port } = await receiver((_request, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => (clearInterval(more), closed.resolve()));
    });
    await senderTo(`http://127.0.0.1:${port}/`).send(id, body);
    await closed.promise;
  });

  it('is given up for now where nobody listens', async () => {
    const { port } = await receiver();
    await ends.pop()?.();
    expect((await refusalOf(senderTo(`http://127.0.0.1:${port}/`).send(id, body))).permanent).toBe(false);
  });
});

describe('a webhook to a private address', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', '0.0.0.0'])(
    'is not sent: %s',
    async (host) => {
      const { received, port } = await receiver();
      const refusal = await refusalOf(senderTo(`http://${host}:${port}/`, { allowedHosts: [] }).send(id, body));
      expect(refusal).toMatchObject({ permanent: false, message: expect.stringContaining('WEBHOOK_ALLOWED_HOSTS=') });
      expect(received).toEqual([]);
    },
  );

  it('is not sent when only one of the addresses of its host is private', async () => {
    const { received, port } = await receiver();
    const resolve = async () => [
      { address: '198.41.0.4', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const refusal = await refusalOf(
      senderTo(`http://crm.example:${port}/`, { resolve, allowedHosts: [] }).send(id, body),
    );
    expect(refusal.message).toContain('crm.example leads to 127.0.0.1');
    expect(received).toEqual([]);
  });

  it('is sent where the owner allows the host by name', async () => {
    const { received, port } = await receiver();
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    await senderTo(`http://crm.example:${port}/`, { resolve, allowedHosts: ['CRM.example'] }).send(id, body);
    expect(received.map(({ headers }) => headers['host'])).toEqual([`crm.example:${port}`]);
  });

  it('cannot be reached by a name that leads elsewhere the second time: it is asked for once, and that is connected to', async () => {
    const { received, port } = await receiver();
    const answers = ['127.0.0.1', '10.0.0.1'];
    const resolve = async () => [{ address: answers.shift() ?? '', family: 4 }];
    await senderTo(`http://crm.example:${port}/`, { resolve, allowedHosts: ['crm.example'] }).send(id, body);
    expect(received).toHaveLength(1);
    expect(answers).toEqual(['10.0.0.1']);
  });

  it.each([
    ['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
    ['127.0.0.1', '0.0.0.0', '169.254.169.254', '224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1'],
    ['::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1'],
    ['2002:a00:1::', '2001::1', '2001:db8::1', '3fff::1', 'fd00:ec2::254', 'not an address'],
  ])('knows one by its number: %s, %s, %s, …', (...addresses) => {
    expect(addresses.filter((address) => !isPrivateAddress(address))).toEqual([]);
  });

  it.each([
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '192.0.1.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('leaves the open Internet alone: %s', (address) => expect(isPrivateAddress(address)).toBe(false));
});

describe('a test event', () => {
  const test = {
    id: '0193b9a0-0000-7000-8000-000000000001',
    now: Date.UTC(2026, 10, 22),
    site: 'https://d-files.example/',
  };

  it('tells the receiver of the site and of nobody', async () => {
    const { received, port } = await receiver();
    expect(await sendTestEvent(senderTo(`http://127.0.0.1:${port}/`), test)).toEqual({ kind: 'taken' });
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { type: 'test', timestamp: '2026-11-22T00:00:00.000Z', data: { site: 'https://d-files.example/' } },
    ]);
  });

  it('tells the owner why it was not taken', async () => {
    const { port } = await receiver((_request, response) => void response.writeHead(401).end());
    expect(await sendTestEvent(senderTo(`http://127.0.0.1:${port}/`), test)).toEqual({
      kind: 'refused',
      why: 'The receiver answered 401.',
    });
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
