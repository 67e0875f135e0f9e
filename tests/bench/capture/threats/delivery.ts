import Sqlite from 'better-sqlite3';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { mailsAtOnce } from '#capture/outbox/handlers.ts';
import { contactRow, insertRows } from '../../../capture/rows.ts';
import { faultRun } from '../fault-run.ts';
import { startServer } from '../server-process.ts';
import { siteIn } from '../setting.ts';
import { startSmtpSink } from '../smtp-sink.ts';
import { fillSubscribers, issueArgs } from '../subscribers.ts';
import { erase } from './links.ts';
import { hold, median, ms, type Target, type Threat, until } from './target.ts';

const webhookSecret = 'whsec_c2VjcmV0IG9mIHRoZSBiZW5jaGVzLCBsb25nIGVub3VnaA==';

/** What can happen to mails, webhooks and the store. */
export const deliveryThreats: Threat[] = [
  {
    number: '19',
    name: 'a mail server that is down, answers 4xx or 5xx, or hangs up after DATA',
    async attempt(target) {
      const port = new URL(target.sink.url).port;
      for (const mood of ['answers 4xx', 'answers 5xx', 'drops the line'] as const) {
        target.sink.mood = mood;
        for (let n = 0; n < 12; n += 1) {
          const { status, milliseconds } = await target.askPaper(`${mood.replaceAll(' ', '')}${n}@reader.example`);
          hold(status === 303 && milliseconds < 2000, `with a mail server that ${mood} a form was answered ${status}`);
        }
        await until(
          async () => (await target.rows('outbox')).every(({ attempts }) => attempts > 0),
          'a first attempt at each',
        );
      }
      const rows = await target.rows('outbox');
      const dead = rows.filter(({ state }) => state === 'dead').length;
      hold(
        dead === target.sink.refused.size && dead > 0,
        `${dead} dead letters of ${target.sink.refused.size} refused`,
      );
      const waiting = rows.filter(({ state }) => state === 'ready');
      hold(
        waiting.length > 0 && waiting.every(({ runAt }) => runAt > Date.now() + 20_000),
        'what failed is not tried later',
      );
      await target.sink.close();
      const down = await target.askPaper('down@reader.example');
      hold(down.status === 303, `with a mail server that is down a form was answered ${down.status}`);
      await until(
        async () => (await target.rows('outbox')).every(({ attempts }) => attempts > 0),
        'an attempt at the last one',
      );
      const dropped = target.sink.dropped.size;
      const before = target.sink.taken;
      Object.assign(target.sink, await startSmtpSink({ isWhole: true, port: Number(port) }));
      await target.server.stop();
      await target.database.makeDue(target.kept);
      await target.restart();
      const all = async () => (await target.rows('outbox')).every(({ state }) => state === 'done' || state === 'dead');
      await until(all, 'the end of all mails');
      const again = [...target.sink.taken.keys()].filter((id) => before.has(id)).length;
      hold(again === dropped, `${again} of ${dropped} repeats have their Message-ID`);
      return `37 forms: 303; ${dead} refused for good are dead letters; ${dropped} repeats under their Message-ID; none lost`;
    },
  },
  {
    number: '20',
    name: 'kill -9 around a send',
    async attempt({ database, server }) {
      await server.stop();
      const rounds = 4;
      const account = await faultRun(database, 'drops the line', { rounds, seed: 11 });
      const { acknowledged, lost, unsent, repeats, dropped } = account;
      const seen = `${rounds} kills, ${acknowledged} acknowledged, ${lost.length} lost, ${unsent.length} unsent, ${repeats - dropped} twice`;
      hold(lost.length + unsent.length === 0 && repeats <= rounds * mailsAtOnce.answer + dropped, seen);
      return `${seen} (${rounds * mailsAtOnce.answer} in flight at most)`;
    },
  },
  {
    number: '21',
    name: 'two servers on one store',
    async attempt(target) {
      if (!target.database.shared) {
        const second = await target.another().then(
          () => 'started',
          (error: Error) => error.message,
        );
        hold(second !== 'started', 'a second server started on one SQLite file');
        return 'the second one refuses to start';
      }
      await target.another();
      await target.another();
      await fillSubscribers(target, 2000);
      await target.command('newsletter', issueArgs(target));
      await until(() => target.sink.mails.length >= 2000, 'all mails', 60_000);
      await sleep(500);
      const twice = target.sink.mails.length - new Set(target.sink.mails.map(({ to }) => to)).size;
      hold(twice === 0 && target.sink.mails.length === 2000, `${twice} were sent twice`);
      return '2,000 mails by three servers: none twice';
    },
  },
  {
    number: '22',
    name: 'a webhook that answers 500, redirects, hangs, or is on a private address',
    async attempt(target) {
      const got: { id: string; path: string }[] = [];
      const receiver = await listen((headers, path) => {
        got.push({ id: String(headers['webhook-id']), path });
        return path === '/hang'
          ? undefined
          : path === '/redirect'
            ? { status: 302, location: '/elsewhere' }
            : { status: 500 };
      });
      try {
        const port = (receiver.address() as AddressInfo).port;
        const hosts = [
          '127.0.0.1',
          'localhost',
          '[::1]',
          '0.0.0.0',
          '2130706433',
          '0x7f.1',
          '127.1',
          '[::ffff:127.0.0.1]',
          '[::ffff:7f00:1]',
          '[::]',
          '127.0.0.1.',
          '017700000001',
        ];
        for (const host of hosts) {
          const { code } = await target.command('webhook-test', [], {
            WEBHOOK_URL: `http://${host}:${port}/`,
            WEBHOOK_SECRET: webhookSecret,
          });
          hold(code !== 0 && got.length === 0, `http://${host}/ was asked`);
        }
        const far = [
          '10.0.0.1',
          '172.16.0.1',
          '192.168.0.1',
          '169.254.169.254',
          '100.64.0.1',
          '[fe80::1]',
          '[fd00::1]',
          '[64:ff9b::7f00:1]',
          '[2002:7f00:1::]',
        ];
        for (const host of far) {
          const began = performance.now();
          const { out } = await target.command('webhook-test', [], {
            WEBHOOK_URL: `http://${host}/`,
            WEBHOOK_SECRET: webhookSecret,
          });
          hold(/not on the open Internet/.test(out), `${host} was tried for ${ms(performance.now() - began)}: ${out}`);
        }
        for (const path of ['/fail', '/redirect', '/hang']) {
          got.length = 0;
          await target.restart({
            WEBHOOK_URL: `http://127.0.0.1:${port}${path}`,
            WEBHOOK_SECRET: webhookSecret,
            WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
          });
          const email = `w${path.slice(1)}@reader.example`;
          await target.askPaper(email);
          await target.confirm(email);
          await until(() => got.length > 0, `a webhook to ${path}`);
          const { milliseconds, status } = await target.askPaper(`x${email}`);
          await target.mails(`x${email}`);
          hold(status === 303 && milliseconds < 1000, `a form meanwhile: ${status} after ${ms(milliseconds)}`);
          if (path === '/fail') {
            await until(() => got.length > 1, 'a second attempt', 15_000);
            hold(got[0]?.id === got[1]?.id, 'a repeat has another webhook-id');
          }
          hold(!got.some((each) => each.path === '/elsewhere'), 'a redirect was followed');
        }
        return `${hosts.length + far.length} private addresses refused unasked; a repeat has its id; no redirect followed; mails go out`;
      } finally {
        receiver.closeAllConnections();
        receiver.close();
      }
    },
  },
  {
    number: '23',
    name: 'a database that is locked',
    async attempt(target) {
      await target.askPaper('before@reader.example');
      const unlock = await lock(target);
      const began = performance.now();
      const answer = await target.askPaper('anna@reader.example').finally(unlock);
      hold(answer.status === 503, `a form was answered ${answer.status}`);
      hold(answer.body.includes('anna@reader.example'), 'the form does not come back filled');
      hold(answer.headers['retry-after'] !== undefined, 'there is no Retry-After');
      await until(
        async () => (await target.askPaper('after@reader.example')).status === 303,
        'a form that is taken again',
      );
      const kept = (await target.rows('contact')).map(({ email }) => email);
      hold(!kept.includes('anna@reader.example'), 'what was refused is kept');
      return `503 after ${ms(performance.now() - began)} with the form refilled; taken again when it was free`;
    },
  },
  {
    number: '24',
    name: 'formulas and line feeds in the CSV, and 100,000 rows',
    async attempt(target) {
      const texts = [
        '=HYPERLINK("http://evil.example")',
        '+1+1',
        '-2',
        '@SUM(A1)',
        '"quoted", and',
        "'=1",
        '\t=1',
        '＝1+1',
        ' =1',
      ];
      for (const [n, name] of texts.entries()) await target.askPaper(`=1+${n}@reader.example`, { name, company: name });
      const { out } = await target.command('leads', ['export']);
      const cells = out
        .split('\r\n')
        .slice(1)
        .flatMap((line) => cellsOf(line));
      const loose = cells.filter((cell) => /^\s*[=+\-@＝＋－＠\t\r]/.test(cell) && !/^\d{4}-/.test(cell));
      hold(
        loose.length === 0 && out.includes("'=1+0@reader.example"),
        `a cell begins as a formula: ${loose[0] ?? out.slice(0, 200)}`,
      );
      await target.withStore(async (store) => {
        for (let from = 0; from < 100_000; from += 5000)
          await insertRows(
            store,
            'contact',
            Array.from({ length: 5000 }, (_, n) =>
              contactRow(`r${from + n}@reader.example`, {
                id: idOf(from + n),
                name: 'A reader of a long name',
                company: 'A company',
              }),
            ),
          );
      });
      const began = performance.now();
      const { code, out: all } = await target.command('leads', ['export'], { NODE_OPTIONS: '--max-old-space-size=96' });
      const lines = all.split('\r\n').length - 2;
      hold(code === 0 && lines >= 100_000, `the export of 100,000 rows ended with ${code} after ${lines} lines`);
      return `no cell begins as a formula; ${lines.toLocaleString('en')} rows in ${ms(performance.now() - began)} within 96 MB of heap`;
    },
  },
  {
    number: '25',
    name: 'erasing while a mail is queued',
    async attempt(target) {
      const events: string[] = [];
      const receiver = await listen((_headers, _path, body) => {
        events.push(body);
        return { status: 200 };
      });
      try {
        const port = (receiver.address() as AddressInfo).port;
        await target.restart({
          WEBHOOK_URL: `http://127.0.0.1:${port}/`,
          WEBHOOK_SECRET: webhookSecret,
          WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
        });
        target.sink.mood = 'answers 4xx';
        const email = await unlucky(target);
        const counts = JSON.stringify(await target.withStore((store) => store.reading.funnel({})));
        await erase(target, email);
        target.sink.mood = 'takes all';
        await target.server.stop();
        await target.database.makeDue(target.kept);
        await target.restart({
          WEBHOOK_URL: `http://127.0.0.1:${port}/`,
          WEBHOOK_SECRET: webhookSecret,
          WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
        });
        await until(() => events.some((event) => event.includes('contact.erased')), 'the CRM to be told');
        await sleep(500);
        hold(!target.sink.mails.some(({ to }) => to === email), 'a mail went to who was erased');
        hold(
          counts === JSON.stringify(await target.withStore((store) => store.reading.funnel({}))),
          'the counts changed',
        );
        const suppressed = await target.rows('suppression');
        hold(
          suppressed.length === 1 && !JSON.stringify(suppressed).includes(email),
          'the suppression names the person',
        );
        const again = await target.askPaper(email);
        await sleep(500);
        hold(again.status === 303 && !target.sink.mails.some(({ to }) => to === email), 'asking again sends a mail');
        return 'the mail was cancelled, the CRM told, the counts kept; nothing more is sent';
      } finally {
        receiver.close();
      }
    },
  },
  {
    number: '26',
    name: 'comments with markup, links and in masses',
    async attempt(target) {
      const entry = 'episodes/the-customer-who-came-too-close';
      const comment = (email: string, body: string, from?: string) =>
        target.form('/forms/comment/', { entry, name: '<img src=x onerror=alert(1)>', email, body }, from);
      const markup = '<script>alert(1)</script> javascript:alert(1) [x](javascript:alert(1)) https://a.example/"onx=1';
      hold((await comment('mara@reader.example', markup)).status === 303, 'a comment with markup was not taken');
      const link = await target.link('mara@reader.example', '/comment/');
      const { body: page } = await target.ask(link.replace(/^https?:\/\/[^/]+/, ''));
      hold(!/<script>alert|<img src=x|href="javascript/i.test(page), 'its own page has its markup');
      hold(page.includes('&lt;script&gt;alert(1)'), 'its own page does not show what was typed');
      const answers: number[] = [];
      for (let n = 0; n < 1000; n += 1)
        answers.push((await comment(`crowd${n}@reader.example`, `Number ${n} of many.`, '203.0.113.9')).status);
      const refused = answers.filter((status) => status === 429).length;
      hold(refused > 900, `${refused} of 1,000 were refused`);
      const rows = await target.rows('comment');
      hold(
        rows.every(({ state, published }) => state === 'unconfirmed' && published === null),
        'one of them waits for no author',
      );
      const kinds = new Set(target.sink.mails.map(({ raw }) => /^Subject: (.{20})/m.exec(raw)?.[1]));
      hold(kinds.size === 1, `mails of other kinds went out: ${[...kinds].join(', ')}`);
      hold(!target.sink.mails.some(({ raw }) => /alert\(1\)|of many/.test(raw)), 'a mail says what was typed');
      return `escaped; of 1,000 in a row ${refused} × 429; ${rows.length} kept, none to be seen; mails ask for a click alone`;
    },
  },
  {
    number: '31',
    name: 'a clock that jumps ten minutes ahead and four hours back while mails are under way',
    async attempt(target) {
      const file = join(target.kept, 'clock');
      await writeFile(file, '0');
      await target.restart({
        MAIL_PER_SECOND: '100',
        CLOCK_SHIFT: file,
        NODE_OPTIONS: '--import=./tests/bench/capture/threats/shifted-clock.ts',
      });
      await fillSubscribers(target, 600);
      await target.command('newsletter', issueArgs(target), { MAIL_PER_SECOND: '100' });
      for (const [after, shift] of [
        [100, 600_000],
        [250, -14_400_000],
        [400, 600_000],
      ] as const) {
        await until(() => target.sink.mails.length >= after, `${after} mails`, 60_000);
        await writeFile(file, String(shift));
      }
      await until(() => target.sink.mails.length >= 600, `600 mails; there are ${target.sink.mails.length}`, 60_000);
      await sleep(1000);
      const twice = target.sink.mails.length - new Set(target.sink.mails.map(({ to }) => to)).size;
      hold(twice === 0, `${twice} were sent twice`);
      return '600 mails under three jumps: none twice, none stuck';
    },
  },
  {
    number: '33',
    name: 'a reader’s confirmation while 5,000 mails of an issue wait',
    env: { MAIL_PER_SECOND: '10' },
    async attempt(target) {
      await fillSubscribers(target, 5000);
      await target.command('newsletter', issueArgs(target));
      await until(() => target.sink.mails.length > 20, 'the first mails of the issue', 60_000);
      const times: number[] = [];
      for (let n = 0; n < 5; n += 1) {
        const began = performance.now();
        await target.askPaper(`reader${n}@reader.example`);
        await until(
          () => target.sink.mails.some(({ to }) => to === `reader${n}@reader.example`),
          'the mail to the reader',
        );
        times.push(performance.now() - began);
        await sleep(300);
      }
      const waiting = 5000 - target.sink.mails.length;
      hold(Math.max(...times) < 2000, `answers took ${times.map(ms).join(', ')}`);
      return `median ${ms(median(times))}, at most ${ms(Math.max(...times))}, from the form to the mail, while ${waiting} waited`;
    },
  },
  {
    number: '35',
    name: 'hard bounces and complaints that come back',
    async attempt(target) {
      for (const path of ['/bounces/', '/hooks/bounce/', '/webhooks/mail/', '/complaints/']) {
        const { status } = await target.form(path, { email: 'anna@reader.example', event: 'bounce' });
        hold(status === 404 || status === 405, `${path} was answered ${status}`);
      }
      return 'not built: nothing takes reports of them, so that forged ones do nothing either';
    },
  },
  {
    number: '36',
    name: 'what is left of an address after it was erased, mails on the disk included',
    async attempt(target) {
      await target.restart({ SMTP_URL: '' });
      const email = 'zyxwvut.qponm@reader.example';
      await target.askPaper(email, { name: 'Zyxwvut Qponm' });
      const mails = join(target.kept, 'mail');
      await until(async () => (await readdir(mails).catch(() => [])).length > 0, 'the mail on the disk');
      hold((await leftOf(target, email)) > 0, 'there was nothing to erase');
      await erase(target, email);
      await until(async () => (await leftOf(target, 'zyxwvut')) === 0, 'no byte of the address anywhere', 8000);
      return `no byte of it in ${target.database.shared ? 'any row' : 'the files of the store'}, nor among the mails`;
    },
  },
  {
    number: '37',
    name: 'a full disk, and https without a way for mails',
    async attempt(target) {
      const refused = await startServer('src/server/main.ts', {
        ...target.env,
        SITE_URL: 'https://series.example',
        SMTP_URL: '',
        VAR_DIR: `${target.kept}-x`,
      }).then(
        (server) => server.kill().then(() => 'started'),
        (error: Error) => error.message,
      );
      hold(/SMTP_URL/.test(refused), `https without SMTP: ${refused.slice(0, 100)}`);
      if (target.database.shared) return 'https without SMTP: no start (a full disk is tried on SQLite)';
      await target.askPaper('before@reader.example');
      await target.server.stop();
      // What a file may not grow beyond is to SQLite what a full disk is.
      target.server = await startServer('tests/bench/capture/threats/full-disk.ts', target.env);
      let [forms, refusals, alarms] = [0, 0, 0];
      for (; forms < 600 && (refusals < 20 || alarms === 0); forms += 1) {
        const { status, body } = await target.askPaper(`full${forms}@reader.example`);
        hold(status === 303 || status === 503, `on a full disk a form was answered ${status}`);
        if (status === 303) continue;
        refusals += 1;
        hold(body.includes(`full${forms}@reader.example`), 'the form does not come back filled');
        if ((await target.ask('/readyz')).status === 503) alarms += 1;
      }
      hold(refusals > 0, 'the disk was never full');
      hold(alarms > 0, `of ${forms} forms ${refusals} were answered 503, and /readyz always said that all is well`);
      hold((await target.ask('/')).status === 200, 'pages are not served');
      return `https without SMTP: no start; full disk: ${refusals} of ${forms} forms 503 and refilled, /readyz ${alarms} times 503 after them; pages go on`;
    },
  },
  {
    number: '39',
    name: 'a build ends while pages are asked for',
    async attempt(target) {
      const folder = await mkdtemp('node_modules/.cache/editions-');
      const [served, next] = [join(folder, 'dist'), join(folder, 'next')];
      try {
        await cp(target.env['DIST_DIR'] ?? '', served, { recursive: true });
        await target.restart({ DIST_DIR: served });
        const page = (await target.ask('/')).body;
        const hashed = [...page.matchAll(/\/_astro\/[\w./-]+\.\w+/g)].map(([path]) => path);
        const paths = ['/', '/about/', '/confirm/?token=x', ...siteIn(served).entries.map(({ url }) => url), ...hashed];
        let [asked, failed] = [0, ''];
        const over = new AbortController();
        const load = Array.from({ length: 8 }, async (_, line) => {
          for (let n = line; !over.signal.aborted; n += 1) {
            const path = paths[n % paths.length] ?? '/';
            const status = await target.ask(path).then(
              ({ status }) => status,
              (error: Error) => error.message,
            );
            asked += 1;
            if (status !== 200 && status !== 410) failed ||= `${path}: ${status}`;
          }
        });
        for (let build = 0; build < 5; build += 1) {
          await cp(target.env['DIST_DIR'] ?? '', next, { recursive: true });
          await rename(served, `${folder}/old${build}`);
          await rename(next, served);
          await sleep(1500);
        }
        over.abort();
        await Promise.all(load);
        hold(failed === '', `of ${asked} requests one failed: ${failed}`);
        return `5 builds put in place, ${asked.toLocaleString('en')} requests, none failed (npm run bench:builds has real ones)`;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
];

/** An address that the mail server has refused for now. */
async function unlucky(target: Target): Promise<string> {
  for (let n = 0; ; n += 1) {
    const email = `unlucky${n}@reader.example`;
    await target.askPaper(email);
    const isTried = ({ attempts, state }: { attempts: number; state: string }) => attempts > 0 && state !== 'leased';
    await until(async () => (await target.rows('outbox')).every(isTried), 'a first attempt');
    if (!target.sink.mails.some(({ to }) => to === email)) return email;
  }
}

type Response = { status: number; location?: string } | undefined;

async function listen(answer: (headers: IncomingHttpHeaders, path: string, body: string) => Response): Promise<Server> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const given = answer(request.headers, request.url ?? '', body);
      if (given) response.writeHead(given.status, given.location ? { Location: given.location } : {}).end();
    });
  }).listen(0);
  await once(server, 'listening');
  return server;
}

/** Keeps everyone else from writing; resolves to what lets them again. */
async function lock({ database, kept }: Target): Promise<() => Promise<void>> {
  const url = database.env['DATABASE_URL'];
  if (url === undefined) {
    const file = new Sqlite(join(kept, 'd-files.db'));
    file.exec('begin immediate');
    return async () => void file.close();
  }
  const client = new Client(url);
  await client.connect();
  await client.query('begin; lock table contact in access exclusive mode');
  return () => client.end();
}

/** In how many files that are kept, or rows, a text is. */
async function leftOf({ database, kept }: Target, text: string): Promise<number> {
  const names = await readdir(kept, { recursive: true, withFileTypes: true });
  let found = 0;
  for (const entry of names) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (bytes.includes(text)) found += 1;
  }
  const url = database.env['DATABASE_URL'];
  if (url === undefined) return found;
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = 'public'`,
  );
  for (const { tablename } of rows) {
    const { rowCount } = await client.query(`select 1 from "${tablename}" t where t::text like $1`, [`%${text}%`]);
    found += rowCount ?? 0;
  }
  await client.end();
  return found;
}

/** The cells of a line of CSV. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );

const idOf = (n: number) => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
