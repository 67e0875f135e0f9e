import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { readSite } from '#capture/compose.ts';
import { serveFixture, type ServedSite } from '../e2e/site.ts';
import { readExposition } from '../fakes/exposition.ts';
import { freePort } from '../free-port.ts';
import type { Site } from '#site/contract.ts';
import { fixtureOutput } from '../fixture-site.ts';

const { consent } = await readSite(fixtureOutput);
const paper = 'the-well-lit-pipeline';

async function start(env: Record<string, string> = {}): Promise<ServedSite> {
  const site = await serveFixture(env);
  onTestFinished(() => site.stop());
  return site;
}

async function keptFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'd-files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** The mails that lie in the folder, once there are so many. */
async function mails({ mails }: ServedSite, count: number) {
  const files = await vi.waitFor(
    async () => {
      const files = (await readdir(mails)).filter((name) => name.endsWith('.eml'));
      if (files.length < count) throw new Error('Not all mails are there');
      return files.toSorted();
    },
    { timeout: 10_000 },
  );
  return Promise.all(files.map(async (name) => simpleParser(await readFile(join(mails, name)))));
}

const fields = (email: string) =>
  new URLSearchParams({ email, whitepaper: paper, wording: consent.whitepaper.id, newsletter: consent.newsletter.id });

const post = (address: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(address, { method: 'POST', body, headers, redirect: 'manual' });

/** Puts an address into a form, and follows the mail's link to the paper. */
async function confirmed(site: ServedSite, email: string) {
  const asked = await post(`${site.origin}/forms/whitepaper/`, fields(email));
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/forms/inbox/']);
  const [mail] = await mails(site, 1);
  const link = new RegExp(`${site.origin}/confirm/\\?token=(\\S+)`).exec(mail?.text ?? '')?.[1] ?? '';
  const answer = await post(`${site.origin}/confirm/`, new URLSearchParams({ token: decodeURIComponent(link) }));
  expect(answer.status).toBe(303);
  return { confirm: link, download: answer.headers.get('location') ?? '' };
}

describe('the built site, served', () => {
  test('takes a form, sends the mail, hands out the paper, and tells nobody of it', async () => {
    const site = await start();
    const { confirm, download } = await confirmed(site, 'ada.lamp@reader.example');
    expect(download).toMatch(/^\/download\/\?token=/);
    const page = await fetch(site.origin + download);
    expect(page.status).toBe(200);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const file = await fetch(site.origin + download.replace('/download/', '/download/file/'));
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect((await fetch(`${site.origin}/download/file/?token=x`)).status).toBe(410);
    const token = new URL(download, site.origin).searchParams.get('token') ?? '';
    for (const secret of ['reader.example', confirm, token, '127.0.0.1 '])
      expect(site.told().replaceAll(site.origin, '')).not.toContain(secret);
    expect(site.told()).toContain('POST /forms/whitepaper/ status=303');
  });

  test('lets go of a subscriber with one click, however the mail service sends it, as often as it likes', async () => {
    const site = await start();
    const asked = new URLSearchParams({ email: 'ada@reader.example', newsletter: consent.newsletter.id });
    await post(`${site.origin}/forms/newsletter/`, asked);
    const [confirm] = await mails(site, 1);
    const token = /\/confirm\/\?token=(\S+)/.exec(confirm?.text ?? '')?.[1] ?? '';
    const answer = await post(`${site.origin}/confirm/`, new URLSearchParams({ token: decodeURIComponent(token) }));
    expect(answer.headers.get('location')).toBe('/forms/confirmed/');
    const mail = (await mails(site, 2)).find(({ headers }) => headers.has('list'));
    const [address = ''] =
      /https?:[^>\s,]+/.exec(String(mail?.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line)) ?? [];
    expect(address).toContain('/unsubscribe/?token=');
    const multipart = new FormData();
    multipart.set('List-Unsubscribe', 'One-Click');
    for (const body of [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), multipart, multipart]) {
      const { status, headers } = await post(address, body, { Origin: 'https://mail.example' });
      expect([status, headers.get('location')]).toEqual([200, null]);
    }
  });

  test('refuses a form of another site, and takes one that came through a proxy', async () => {
    const site = await start();
    const send = (headers: Record<string, string>) =>
      post(`${site.origin}/forms/whitepaper/`, fields('ada@reader.example'), headers);
    expect((await send({ Origin: 'https://evil.example' })).status).toBe(403);
    expect((await send({ Origin: site.origin.replace('http:', 'https:') })).status).toBe(303);
  });

  test('tells a network that has sent enough when to come again, without reading what it sends', async () => {
    const site = await start({ FORMS_PER_NETWORK: '1' });
    const marks = new URLSearchParams({ email: '\u0301\u0323'.repeat(5000) });
    const statuses = [];
    for (const path of ['whitepaper', 'newsletter', 'link']) {
      const { status, headers } = await post(`${site.origin}/forms/${path}/`, marks);
      statuses.push([status, Number(headers.get('retry-after')) > 0]);
    }
    expect(statuses).toEqual([
      [422, false],
      [429, true],
      [429, true],
    ]);
    const refused = await post(`${site.origin}/forms/link/`, new URLSearchParams({ email: 'ada@reader.example' }));
    const page = await refused.text();
    expect(page).toContain('go back to yours, which is as you filled it in');
    expect(page).not.toContain('ada@reader.example');
  });

  test('takes ten thousand fields as no form', async () => {
    const site = await start();
    const body = Array.from({ length: 10_000 }, (_, i) => `f${i}=`).join('&');
    expect((await post(`${site.origin}/forms/whitepaper/`, body)).status).toBe(413);
    const short = await post(`${site.origin}/forms/whitepaper/`, body.slice(0, 60_000), {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect(short.status).toBe(422);
  });

  test('hands out no paper that is not published, and none by its path', async () => {
    const site = await start();
    for (const path of [
      `/gated/papers/${paper}.pdf`,
      `/papers/${paper}.pdf`,
      '/gated/site.json',
      `/whitepapers/${paper}/paper.pdf`,
    ])
      expect((await fetch(site.origin + path)).status).toBe(404);
    const client = readdirSync(join(fixtureOutput, 'client'), { recursive: true }).map(String);
    expect(client.filter((file) => file.endsWith('.pdf'))).toEqual([]);
    const { whitepapers } = await readSite(fixtureOutput);
    expect(readdirSync(join(fixtureOutput, 'gated/papers')).toSorted()).toEqual(
      whitepapers.map(({ slug }) => `${slug}.pdf`).toSorted(),
    );
    for (const { file, bytes } of whitepapers) expect(readFileSync(join(fixtureOutput, file))).toHaveLength(bytes);
  });
});

describe('a signal to end', () => {
  test('loses no form that is under way', async () => {
    const kept = await keptFolder();
    const site = await start({ VAR_DIR: kept });
    const body = fields('ada@reader.example').toString();
    const socket = await connected(site);
    const head = `POST /forms/whitepaper/ HTTP/1.1\r\nHost: ${new URL(site.origin).host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`;
    socket.write(head + body.slice(0, 10));
    // An answer to another request says that the server has had the first one as well.
    await fetch(`${site.origin}/about/`);
    site.process.kill('SIGINT');
    await vi.waitFor(() => expect(site.told()).toContain('ends what is under way'));
    // npm passes on what the terminal has sent to all.
    site.process.kill('SIGTERM');
    const answered = new Promise<string>((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString())));
    socket.write(body.slice(10));
    expect(await answered).toMatch(/^HTTP\/1.1 303 /);
    expect(await site.ended).toBe(0);
    await mails(await start({ VAR_DIR: kept }), 1);
  });

  test('loses no mail that is being sent, and sends none twice', async () => {
    const kept = await keptFolder();
    let taken = 0;
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const smtp = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
      onData: (stream, _session, done) => {
        stream.resume().once('end', () => {
          taken += 1;
          arrive();
          void held.then(() => done());
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
    const env = {
      VAR_DIR: kept,
      SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
      MAIL_FROM: 'hello@d-files.example',
    };
    const site = await start(env);
    await post(`${site.origin}/forms/whitepaper/`, fields('ada@reader.example'));
    await arrived;
    site.process.kill('SIGTERM');
    await vi.waitFor(() => expect(site.told()).toContain('ends what is under way'));
    release();
    expect(await site.ended).toBe(0);

    const again = await start(env);
    const ready = await fetch(`${again.origin}/readyz`);
    expect(await ready.json()).toEqual({ status: 'ready', reasons: [] });
    await again.stop();
    expect(taken).toBe(1);
  });

  test('ends the server within eight seconds, whatever hangs', async () => {
    let greeted = () => {};
    const hanging = new Promise<void>((resolve) => (greeted = resolve));
    const silent = createServer((socket) => {
      socket.on('error', () => {});
      onTestFinished(() => void socket.destroy());
      greeted();
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const site = await start({
      SMTP_URL: `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      MAIL_FROM: 'hello@d-files.example',
    });
    await post(`${site.origin}/forms/whitepaper/`, fields('ada@reader.example'));
    await hanging;
    const reader = await connected(site);
    reader.write(`POST /forms/link/ HTTP/1.1\r\nHost: ${new URL(site.origin).host}\r\nContent-Length: 9\r\n\r\nx`);
    await fetch(`${site.origin}/about/`);
    const began = performance.now();
    site.process.kill('SIGTERM');
    expect(await site.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(8000);
  });

  test('that comes a second time ends the server at once', async () => {
    const site = await start();
    const socket = await connected(site);
    socket.write(`POST /forms/link/ HTTP/1.1\r\nHost: ${new URL(site.origin).host}\r\nContent-Length: 9\r\n\r\nx`);
    await fetch(`${site.origin}/about/`);
    site.process.kill('SIGTERM');
    await vi.waitFor(() => expect(site.told()).toContain('ends what is under way'));
    // The same key press may come twice, by the terminal and by npm; after that it is another one.
    const repeating = setInterval(() => site.process.kill('SIGTERM'), 50);
    onTestFinished(() => clearInterval(repeating));
    expect(await site.ended).toBe(1);
  });
});

describe('a server that cannot do its work does not start', () => {
  const refused = (env: Record<string, string>, args: string[] = []) => {
    const { status, stderr } = spawnSync(process.execPath, ['src/server/main.ts', ...args], {
      env: { ...process.env, DIST_DIR: fixtureOutput, HOST: '127.0.0.1', PORT: '0', ...env },
    });
    return { status, told: stderr.toString() };
  };

  test('before anything was built', async () => {
    const empty = await keptFolder();
    const { status, told } = refused({ VAR_DIR: await keptFolder(), DIST_DIR: empty });
    expect([status, told]).toEqual([1, 'There is nothing to serve yet. Build the site first:\n\n  npm run build\n']);
  });

  test('with an option that it does not know', async () => {
    const { status, told } = refused({ VAR_DIR: await keptFolder() }, ['--rebuld']);
    expect(status).toBe(1);
    expect(told).toMatch(/--rebuld'.*\n\n {2}npm run serve -- --rebuild\n/);
  });

  test('at a port that is taken, and names the next one', async () => {
    const site = await start();
    const { port } = new URL(site.origin);
    const { status, told } = refused({ VAR_DIR: await keptFolder(), PORT: port, SITE_URL: site.origin });
    expect(status).toBe(1);
    expect(told).toBe(`Port ${port} is taken. Name a free one:\n\n  PORT=${Number(port) + 1} npm run serve\n`);
  });

  test('over a database that cannot be opened, and says what led to it', async () => {
    const kept = await keptFolder();
    await mkdir(join(kept, 'd-files.db'));
    const { status, told } = refused({ VAR_DIR: kept, SITE_URL: 'http://localhost' });
    expect(status).toBe(1);
    expect(told).toBe(`The database ${join(kept, 'd-files.db')} cannot be opened: unable to open database file\n`);
  });

  test('beside another one of the same database', async () => {
    const kept = await keptFolder();
    const site = await start({ VAR_DIR: kept });
    const { status, told } = refused({ VAR_DIR: kept, SITE_URL: 'http://localhost' });
    expect(status).toBe(1);
    expect(told).toMatch(
      new RegExp(`^Another server uses ${join(kept, 'd-files.db')}: the process ${site.process.pid}.*\\.\\n$`),
    );
    expect((await fetch(`${site.origin}/readyz`)).status).toBe(200);
  });

  test('in public without a way for its mails, unless files are meant', async () => {
    const kept = await keptFolder();
    // A name of a machine that is not this one: nothing can be listened on, which is said after all else is right.
    const env = {
      VAR_DIR: kept,
      SITE_URL: 'https://lighthouse.example.com',
      SECRET: 's'.repeat(32),
      HOST: '192.0.2.1',
    };
    const { status, told } = refused(env);
    expect(status).toBe(1);
    for (const line of ['SMTP_URL=smtps://', 'MAIL_DIR=var/mail', 'The server was not started.'])
      expect(told).toContain(line);
    expect(await readdir(kept)).toEqual([]);
    expect(refused({ ...env, MAIL_DIR: join(kept, 'mails') }).told).toContain('cannot listen on 192.0.2.1');
  });

  test('under a path, on one machine neither', async () => {
    const { status, told } = refused({ VAR_DIR: await keptFolder(), SITE_URL: 'http://localhost:4321/podcast' });
    expect(status).toBe(1);
    for (const line of ['SITE_URL has the path /podcast', '  SITE_URL=http://localhost:4321\n', 'was not started.'])
      expect(told).toContain(line);
  });

  test('in public without its secret, and says how to fix each mistake', async () => {
    const { status, told } = refused({
      VAR_DIR: await keptFolder(),
      SECRET: '',
      WEBHOOK_URL: 'gopher://x',
      TRUSTED_PROXIES: 'all',
    });
    expect(status).toBe(1);
    for (const line of ['SECRET=$(openssl rand -hex 32)', 'WEBHOOK_URL=https://', 'TRUSTED_PROXIES=0'])
      expect(told).toContain(line);
  });
});

describe('a server that was started', () => {
  test('tells a terminal where it is, where mails go, and each request by twelve digits', async () => {
    const site = await start();
    await vi.waitFor(() => expect(site.told()).toContain('Mails are not sent'));
    const lines = site.told().trim().split('\n');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d The site is at http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(lines[1]).toMatch(/ Mails are not sent: each becomes a file in .*mail$/);
    await fetch(`${site.origin}/about/`);
    await vi.waitFor(() => expect(site.told()).toMatch(/ GET \/about\/ status=200 ms=\d+ bytes=\d+ id=[\da-f]{12}$/m));
  });

  test('tells machines the same in JSON where the site is public, and nothing of mails that are sent', async () => {
    const site = await start({
      ...{ SITE_URL: 'https://lighthouse.example.com', SECRET: 's'.repeat(32), MAIL_FROM: 'hello@example.com' },
      SMTP_URL: 'smtp://127.0.0.1:1',
    });
    site.process.kill('SIGTERM');
    expect(await site.ended).toBe(0);
    const lines = site
      .told()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { at: string; level: string; message: string });
    expect(lines.map(({ level, message }) => `${level} ${message.replace(/:\d+/, '')}`)).toEqual([
      'info The site is at http://127.0.0.1/',
      'info The server ends what is under way; a second signal ends it at once',
    ]);
  });

  test('answers a reader of IPv6 at the address that it tells', async () => {
    const site = await start({ HOST: '::1' });
    const [, told = ''] = /The site is at (\S+)/.exec(site.told()) ?? [];
    expect(told).toMatch(/^http:\/\/\[::1\]:\d+\/$/);
    expect((await fetch(`${told}about/`)).status).toBe(200);
  });

  test('ends where something fails that nobody foresaw, and the log says of what', async () => {
    const failing = `process.on('SIGUSR2', () => { throw new TypeError('unforeseen'); });`;
    const site = await start({ NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(failing)}"` });
    site.process.kill('SIGUSR2');
    expect(await site.ended).toBe(1);
    expect(site.told()).toContain('error: The server ends: TypeError: unforeseen');
  });
});

describe('the site that is served', () => {
  /** Puts the built fixture into a folder, with another description of itself. */
  async function put(folder: string, described: Partial<Site>): Promise<void> {
    await mkdir(join(folder, 'gated'), { recursive: true });
    for (const name of ['client', 'server']) await symlink(resolve(fixtureOutput, name), join(folder, name));
    const site = { ...(await readSite(fixtureOutput)), ...described };
    await writeFile(join(folder, 'gated/site.json'), JSON.stringify(site));
  }

  test('is not that of a build for another address, and readiness says so', async () => {
    const places = await keptFolder();
    const [first, second, DIST_DIR] = ['first', 'second', 'dist'].map((name) => join(places, name)) as Three;
    await put(DIST_DIR, {});
    await put(second, { url: 'https://other.example/' });
    const site = await start({ DIST_DIR });
    await rename(DIST_DIR, first);
    await rename(second, DIST_DIR);
    const why = 'it was built for https://other.example/, and not for https://lighthouse.example.com/';
    await vi.waitFor(() => expect(site.told()).toContain(`${why}: start the server again`), 10_000);
    const ready = await fetch(`${site.origin}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([200, expect.stringContaining(why)]);
  });

  test('is that of the newest build, and again read where a file of it was changed by hand', async () => {
    const places = await keptFolder();
    const [first, second, DIST_DIR] = ['first', 'second', 'dist'].map((name) => join(places, name)) as Three;
    await put(DIST_DIR, {});
    await put(second, {});
    await rm(join(second, 'client'));
    await mkdir(join(second, 'client'));
    // What is shorter is in memory.
    await writeFile(join(second, 'client/page.txt'), 'Built'.padEnd(300_000));
    const site = await start({ DIST_DIR });
    await rename(DIST_DIR, first);
    await rename(second, DIST_DIR);
    const text = async () => (await (await fetch(`${site.origin}/page.txt`)).text()).trim();
    await vi.waitFor(async () => expect(await text()).toBe('Built'), 10_000);
    await writeFile(join(DIST_DIR, 'client/page.txt'), 'Changed by hand');
    await vi.waitFor(async () => expect(await text()).toBe('Changed by hand'), 10_000);
  });

  test('is built anew with --rebuild when an entry is due', async () => {
    const cwd = await keptFolder();
    const [dist, built] = [join(cwd, 'dist'), join(cwd, 'built')];
    await put(dist, { nextDue: '2026-01-01T00:00:00Z' });
    const builder = join(cwd, 'node_modules/astro/bin/astro.mjs');
    await mkdir(dirname(builder), { recursive: true });
    await writeFile(
      builder,
      `import { writeFileSync } from 'node:fs'; writeFileSync('built', process.argv.slice(2).join(' '));`,
    );
    const addresses = { HOST: '127.0.0.1', PORT: '0', SITE_URL: 'http://localhost' };
    const server = spawn(process.execPath, [resolve('src/server/main.ts'), '--rebuild'], {
      ...{ cwd, stdio: ['ignore', 'pipe', 'inherit'] },
      env: { ...process.env, ...addresses, DIST_DIR: dist, VAR_DIR: join(cwd, 'var') },
    });
    const ended = once(server, 'exit');
    let told = '';
    server.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await vi.waitFor(async () => expect(await readFile(built, 'utf8')).toBe(`build --outDir ${dist}`), 10_000);
    expect(told).toContain('An entry is due: the site is built anew');
    server.kill('SIGKILL');
    await ended;
  });
});

type Three = [string, string, string];

describe('what keeps forms and sends mails', () => {
  /** A server whose thread does `code` when a form of Eve comes to it. */
  async function startAndMeetEve(code: string): Promise<ServedSite> {
    const meeting = `
      import { parentPort } from 'node:worker_threads';
      parentPort?.on('message', (call) => { if (JSON.stringify(call).includes('eve@reader.example')) { ${code} } });`;
    const site = await start({ NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(meeting)}"` });
    post(`${site.origin}/forms/whitepaper/`, fields('eve@reader.example')).catch(() => {});
    return site;
  }

  test('ends the server when it fails in a way that nobody foresaw, and the log says of what', async () => {
    const site = await startAndMeetEve(`throw new TypeError('unforeseen')`);
    expect(await site.ended).toBe(1);
    expect(site.told()).toContain('The server ends: TypeError: unforeseen');
  });

  test('ends the server when it ends by itself', async () => {
    const site = await startAndMeetEve('process.exit(0);');
    expect(await site.ended).toBe(1);
    expect(site.told()).toContain('The server ends: Error: The thread that keeps forms and sends mails has ended');
  });

  test('prints into the log, like all else that packages print', async () => {
    const site = await startAndMeetEve(`console.warn('Slow for eve@reader.example'); console.error('Broken');`);
    await vi.waitFor(() => expect(site.told()).toContain('Broken'));
    expect(site.told()).toMatch(/^\d\d:\d\d:\d\d warn: Slow for \[address\]\n\d\d:\d\d:\d\d error: Broken$/m);
  });

  test('holds up no page while it hangs, is not ready then, and does not keep the server from ending', async () => {
    const site = await startAndMeetEve('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);');
    await vi.waitFor(async () => expect((await fetch(`${site.origin}/readyz`)).status).toBe(503), 10_000);
    expect((await fetch(`${site.origin}/about/`)).status).toBe(200);
    const began = performance.now();
    site.process.kill('SIGTERM');
    expect(await site.ended).toBe(1);
    expect(performance.now() - began).toBeLessThan(8000);
  });
});

async function connected({ origin }: ServedSite): Promise<Socket> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

describe('metrics of the server', () => {
  test('are on an address of their own, and never where readers are', async () => {
    const port = await freePort();
    const site = await start({ METRICS_PORT: String(port) });
    expect((await fetch(`${site.origin}/metrics`)).status).toBe(404);
    await confirmed(site, 'ada.lamp@reader.example');
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    expect(text).not.toContain('reader.example');
    const samples = readExposition(text);
    const value = (name: string, labels: Record<string, string>) =>
      samples.find((each) => each.name === name && Object.entries(labels).every(([key, is]) => each.labels[key] === is))
        ?.value;
    expect(value('d_files_requests_total', { kind: 'form', status: '303' })).toBe(1);
    expect(value('d_files_requests_total', { kind: 'file', status: '404' })).toBe(1);
    expect(value('d_files_deliveries_total', { lane: 'answer', outcome: 'sent' })).toBeGreaterThan(0);
    expect(value('d_files_store_up', {})).toBe(1);
    expect(value('d_files_event_loop_lag_max_seconds', { thread: 'capture' })).toBeLessThan(60);
    expect(value('d_files_build_timestamp_seconds', {})).toBeGreaterThan(1.7e9);
  });
});
