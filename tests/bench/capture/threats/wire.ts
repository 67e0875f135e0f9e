import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { newsletterForm, siteIn } from '../setting.ts';
import { Fell, hold, ms, newReader, type Threat, tokenIn, until } from './target.ts';

/** What can be done with bytes on a line. */
export const wireThreats: Threat[] = [
  {
    number: '13',
    name: 'writing methods to static pages',
    async attempt(target) {
      const site = siteIn(target.env['DIST_DIR'] ?? '');
      const paths = [
        '/',
        '/about/',
        '/rss.xml',
        '/subscribe/',
        ...[...site.entries, ...site.whitepapers].map(({ url }) => url),
      ];
      const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'TRACE'];
      for (const path of paths)
        for (const method of methods) {
          const { status, headers } = await target.ask(path, {
            method,
            body: method === 'TRACE' ? undefined : 'email=x@y.example',
          });
          hold(status === 405 && headers.allow !== undefined, `${method} ${path} was answered ${status}`);
        }
      return `${methods.length} methods at ${paths.length} pages: 405 with Allow`;
    },
  },
  {
    number: '14',
    name: 'bodies of 5 MB, in chunks, of 10,000 fields, and a slow sender',
    async attempt(target) {
      const before = await target.server.memory();
      const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
        target
          .ask('/forms/whitepaper/', {
            method: 'POST',
            headers: {
              'Content-Type': 'application/x-www-form-urlencoded',
              'X-Forwarded-For': newReader(),
              ...headers,
            },
            body,
          })
          .then(({ status }) => status)
          .catch((error: NodeJS.ErrnoException) =>
            error.code === 'EPIPE' || error.code === 'ECONNRESET' ? 413 : Promise.reject(error),
          );
      const big = Buffer.alloc(5_000_000, 'a');
      const statuses = await Promise.all(
        Array.from({ length: 40 }, (_, n) => post(big, n % 2 ? { 'Transfer-Encoding': 'chunked' } : {})),
      );
      hold(
        statuses.every((status) => status === 413),
        `bodies of 5 MB were answered ${[...new Set(statuses)].join()}`,
      );
      const fields = await post(
        Array.from({ length: 10_000 }, (_, n) => `f${n}=1`)
          .join('&')
          .slice(0, 65_000),
      );
      hold(fields === 422, `10,000 fields were answered ${fields}`);
      const slow = await target.open();
      let answered = '';
      slow.on('data', (chunk: Buffer) => (answered += chunk.toString())).on('error', () => {});
      const began = performance.now();
      slow.write(
        `POST /forms/whitepaper/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: ${newReader()}\r\nContent-Length: 1000\r\n\r\n`,
      );
      const drip = setInterval(() => slow.writable && slow.write('a'), 500);
      await until(() => answered !== '' || slow.destroyed, 'the end of a slow sender', 30_000).finally(() =>
        clearInterval(drip),
      );
      const after = performance.now() - began;
      hold(answered.startsWith('HTTP/1.1 408'), `a slow sender was answered ${answered.slice(0, 12)}`);
      slow.destroy();
      const grown = ((await target.server.memory()) - before) / 2 ** 20;
      hold(!(grown > 120), `memory grew by ${grown.toFixed(0)} MB`);
      return `40 × 5 MB: 413; 10,000 fields: 422; slow: 408 after ${(after / 1000).toFixed(0)} s; memory grew by ${grown.toFixed(0)} MB`;
    },
  },
  {
    number: '17',
    name: 'foreign, doubled and missing hosts',
    async attempt(target) {
      for (const host of [
        'evil.example',
        '127.0.0.1.evil.example',
        'evil.example:80',
        'localhost@evil.example',
        '127.0.0.1,evil.example',
        '',
      ])
        for (const path of ['/', '/forms/inbox/', '/confirm/?token=x']) {
          const status = statusOf(
            await target.wire(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
          );
          hold(status === 421 || status === 400, `Host: ${host} was answered ${status}`);
        }
      const heads = {
        'two hosts': 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n',
        'no host': 'GET / HTTP/1.1\r\n',
        'a target of another host': 'GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n',
      };
      for (const [what, head] of Object.entries(heads)) {
        const status = statusOf(await target.wire(`${head}Connection: close\r\n\r\n`));
        hold(status === 400 || status === 421, `${what}: answered ${status}`);
      }
      const { host } = new URL(target.server.origin);
      await target.form(
        '/forms/newsletter/',
        { ...newsletterForm(target.env['DIST_DIR'] ?? ''), email: 'anna@reader.example' },
        newReader(),
        {
          'X-Forwarded-Host': 'evil.example',
          Forwarded: 'host=evil.example',
          Host: `localhost:${host.split(':')[1]}`,
          Origin: `http://localhost:${host.split(':')[1]}`,
        },
      );
      const [mail] = await target.mails('anna@reader.example');
      hold(!/evil\.example|localhost/.test(mail?.raw ?? ''), 'a link in a mail has the host of a request');
      return 'foreign: 421; two, none: 400; links in mails have SITE_URL';
    },
  },
  {
    number: '38',
    name: '4,300 half-open connections of one address',
    env: { TRUSTED_PROXIES: '0' },
    async attempt(target) {
      const sockets: Socket[] = [];
      let refused = 0;
      for (let n = 0; n < 4300; n += 1) {
        const socket = await target.open().catch(() => undefined);
        if (!socket) refused += 1;
        else {
          socket.on('error', () => {}).once('close', () => (refused += 1));
          socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
          sockets.push(socket);
        }
      }
      try {
        const answer = await target.ask('/', { localAddress: '127.0.0.2' });
        hold(
          answer.status === 200 && answer.milliseconds < 1000,
          `another reader: ${answer.status} after ${ms(answer.milliseconds)}`,
        );
        hold(refused >= 4300 - 512, `one address holds ${4300 - refused}`);
        return `${refused} refused, ${4300 - refused} held; another reader: 200 after ${ms(answer.milliseconds)}`;
      } finally {
        for (const socket of sockets) socket.destroy();
      }
    },
  },
  {
    number: '+',
    name: 'smuggled requests',
    async attempt(target) {
      const hidden = 'GET /hidden HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
      const post = `POST /forms/newsletter/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: ${newReader()}\r\n`;
      const attempts = {
        'CL and TE': `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
        'TE and CL': `${post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${hidden}`,
        'two lengths': `${post}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
        'a list of lengths': `${post}Content-Length: 0, ${hidden.length}\r\n\r\n${hidden}`,
        'a signed length': `${post}Content-Length: +0\r\n\r\n${hidden}`,
        'bare LF': `POST /forms/newsletter/ HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 0\n\n${hidden}`,
        'LF in a header': `${post}X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
        'a space before the colon': `${post}Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n${hidden}`,
        'an unknown coding': `${post}Transfer-Encoding: xchunked\r\n\r\n${hidden}`,
        'chunked twice': `${post}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n${hidden}`,
        'identity after chunked': `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
        'a folded header': `${post}X: y\r\n Transfer-Encoding: chunked\r\nContent-Length : 0\r\n\r\n${hidden}`,
        'a bad chunk size': `${post}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${hidden}`,
        'a long chunk size': `${post}Transfer-Encoding: chunked\r\n\r\n00000000000000000000000000000000000000000010\r\n\r\n${hidden}`,
        'bare LF after a chunk': `${post}Transfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n${hidden}`,
        'NUL in a header': `${post}X: \0\r\nContent-Length: 0\r\n\r\n${hidden}`,
      };
      for (const [what, bytes] of Object.entries(attempts)) {
        const answered = await target.wire(bytes, 400);
        const statuses = [...answered.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
        hold(statuses.length === 1 && statuses[0] === 400, `${what}: answered ${statuses.join(', ') || 'nothing'}`);
      }
      return `${Object.keys(attempts).length} kinds: 400 and the line closed`;
    },
  },
  {
    number: '+',
    name: 'slow heads and idle lines (slowloris)',
    async attempt(target) {
      const sockets = await Promise.all(Array.from({ length: 400 }, () => target.open()));
      let closed = 0;
      for (const socket of sockets) {
        socket
          .on('error', () => {})
          .once('close', () => (closed += 1))
          .resume();
        socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
      }
      const drip = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write('X: y\r\n')), 1000);
      const began = performance.now();
      const meanwhile = await target.ask('/');
      hold(meanwhile.status === 200 && meanwhile.milliseconds < 500, `a page meanwhile: ${ms(meanwhile.milliseconds)}`);
      await until(() => closed === 400, 'the end of slow heads', 40_000).finally(() => clearInterval(drip));
      const seconds = (performance.now() - began) / 1000;
      return `400 slow heads ended within ${seconds.toFixed(0)} s; a page meanwhile ${ms(meanwhile.milliseconds)}`;
    },
  },
  {
    number: '+',
    name: 'a whitepaper, the server’s own files and its store, by odd paths',
    async attempt(target) {
      const built = target.env['DIST_DIR'] ?? '';
      const files = (await readdir(join(built, 'gated'), { recursive: true })).filter((name) => name.endsWith('.pdf'));
      hold(files.length > 0, 'the fixture has no gated file to look for');
      const wanted = [
        ...files.map((name) => `gated/${name}`),
        'gated/site.json',
        'server/entry.mjs',
        'package.json',
        '.env',
        'var/d-files.db',
      ];
      const ups = [
        '',
        '../',
        '..%2f',
        '%2e%2e/',
        '%2e%2e%2f',
        '..\\',
        '..%5c',
        '%252e%252e%252f',
        './../',
        '....//',
        '%c0%ae%c0%ae/',
        '..;/',
        '/',
        '//',
        'about/../../',
        '_astro/../../',
        '_astro/..%2f../',
        'whitepapers/',
        'download/file/',
        '.%00./',
        '\u2025/',
      ];
      const ends = ['', '/', '%00', '%00.html', '.', '%20', '?x', ';x', '::$DATA', '~', '.br', '.gz'];
      const paths = wanted
        .flatMap((file) => [
          file,
          file.toUpperCase(),
          file.replaceAll('/', '%2f'),
          file.replaceAll('/', '\\'),
          file.replaceAll('.', '%2e'),
        ])
        .flatMap((file) =>
          ups.flatMap((up) => ends.map((end) => `/${encodeURI(up).replaceAll('%25', '%')}${file}${end}`)),
        );
      const lost: string[] = [];
      const ask = async (path: string, headers: Record<string, string> = {}) => {
        const { status, body } = await target.ask(path, { headers });
        const isIn =
          body.startsWith('%PDF') || /"whitepapers":|import\s.*from|"devDependencies"|SQLite format 3/.test(body);
        if (isIn || status >= 500) lost.push(`${path} was answered ${status}`);
      };
      const some = paths.filter((path) => /^[\x21-\x7e]+$/.test(path));
      for (let from = 0; from < some.length; from += 50)
        await Promise.all(some.slice(from, from + 50).map((path) => ask(path)));
      for (const file of files)
        for (const range of ['bytes=0-99', 'bytes=-99', 'foo=0-']) await ask(`/gated/${file}`, { Range: range });
      for (const token of ['', 'x', '../', files[0] ?? ''])
        await ask(`/download/file/?token=${token}&file=../../gated/${files[0]}`);
      if (lost.length > 0) throw new Fell(`${lost.length} paths: ${lost.slice(0, 3).join('; ')}`);
      return `${some.length} paths: none gave a file away, none failed`;
    },
  },
  {
    number: '+',
    name: 'what the log keeps of readers',
    async attempt(target) {
      const email = 'ada.lamp@reader.example';
      await target.askPaper(email, { name: 'Ada Lamp', company: 'Lamp Ltd' }, '203.0.113.77');
      const link = await target.link(email, '/confirm/');
      await target.ask(link);
      const download = await target.confirm(email);
      const preferences = await target.link(email, '/preferences/');
      for (const path of [download, download.replace('/download/', '/download/file/'), preferences])
        await target.ask(path);
      await target.ask(`/${encodeURIComponent(email)}/${tokenIn(link)}`);
      await target.ask(`/nope/${email}?token=${tokenIn(link)}`);
      await target.askPaper(`${email}\r\nX: y`);
      target.sink.mood = 'answers 5xx';
      for (let n = 0; n < 6; n += 1) await target.askPaper(`lamp${n}@reader.example`);
      await until(() => target.sink.refused.size > 0, 'a refused mail');
      await sleep(500);
      const log = target.server.printed();
      hold(log.includes('/forms/whitepaper/'), 'the log has no line of the forms');
      for (const secret of [
        'reader.example',
        'ada.lamp',
        'Ada Lamp',
        'Lamp Ltd',
        '203.0.113.77',
        tokenIn(link),
        tokenIn(download),
        tokenIn(preferences),
        target.env['SECRET'] ?? '',
      ])
        hold(!log.includes(secret), `the log has ${secret}: ${log.split('\n').find((line) => line.includes(secret))}`);
      return `${log.split('\n').length} lines without an address, name, network or token`;
    },
  },
  {
    number: '+',
    name: 'requests of pages to other hosts, and headers that guard',
    async attempt(target) {
      const site = siteIn(target.env['DIST_DIR'] ?? '');
      await target.askNewsletter('anna@reader.example');
      const link = await target.link('anna@reader.example', '/confirm/');
      const paths = [
        '/',
        '/about/',
        '/subscribe/',
        '/search/',
        '/nope/',
        link,
        '/confirm/?token=x',
        ...[...site.entries, ...site.whitepapers].map(({ url }) => url),
      ];
      const own = [site.url.replace(/\/$/, ''), 'http://127.0.0.1'];
      for (const path of paths) {
        const { body, headers } = await target.ask(path);
        for (const name of [
          'content-security-policy',
          'x-content-type-options',
          'referrer-policy',
          'permissions-policy',
        ])
          hold(headers[name] !== undefined, `${path} has no ${name}`);
        hold(headers['set-cookie'] === undefined, `${path} sets a cookie`);
        // What a browser fetches by itself, and not where a link leads.
        for (const [tag] of body.matchAll(
          /<(?:script|img|iframe|source|video|audio|link|track|embed|object)\b[^>]*>/gi,
        )) {
          // A recording on a host of its own is asked for when it is played.
          if (/preload="?none/.test(tag)) continue;
          if (
            /^<link/i.test(tag) &&
            !/rel="?(stylesheet|icon|preload|modulepreload|manifest|apple-touch-icon|preconnect|dns-prefetch)/i.test(
              tag,
            )
          )
            continue;
          for (const [, , address = ''] of tag.matchAll(
            /\s(src|href|srcset|data|poster)="?((?:https?:)?\/\/[^"\s>]+)/gi,
          ))
            hold(
              own.some((each) => address.startsWith(each)),
              `${path} asks ${address}`,
            );
        }
        hold(!/url\((?:"|')?(?:https?:)?\/\//i.test(body), `${path} has a style that asks another host`);
      }
      return `${paths.length} pages: no cookie, nothing from another host, four headers on each`;
    },
  },
];

const statusOf = (answered: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answered)?.[1] ?? NaN);
