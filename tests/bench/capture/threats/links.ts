import { newId, newToken, signToken } from '#capture/store/tokens.ts';
import { secret } from '#capture/environment.ts';
import { randomBytes } from 'node:crypto';
import { findBrowser, launchBrowser } from '../../../e2e/browser.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { newsletterForm } from '../setting.ts';
import { type Answer, Fell, hold, type Target, type Threat, tokenIn } from './target.ts';

/** What can be done with the links of mails. */
export const linkThreats: Threat[] = [
  {
    number: '1',
    name: 'a scanner asks for links 20 times by GET and HEAD',
    async attempt(target) {
      await target.askNewsletter('anna@reader.example');
      const link = await target.link('anna@reader.example', '/confirm/');
      const unsubscribe = `/unsubscribe/?token=${tokenIn(await target.link('anna@reader.example', '/preferences/'))}`;
      const before = await stateOf(target);
      for (let time = 0; time < 20; time += 1)
        for (const method of ['GET', 'HEAD'])
          for (const path of [link, unsubscribe]) await target.ask(path, { method });
      hold(before === (await stateOf(target)), 'a look at a link changed what is kept');
      await target.confirm('anna@reader.example');
      for (let time = 0; time < 20; time += 1) await target.ask(unsubscribe);
      hold((await standing(target)) === 'confirmed', 'a look at a link unsubscribed');
      return '100 looks changed nothing; the POST that followed confirmed';
    },
  },
  {
    number: '2',
    name: 'a scanner that runs scripts opens the link',
    async attempt(target) {
      await target.askNewsletter('anna@reader.example');
      const link = await target.link('anna@reader.example', '/confirm/');
      const browser = await launchBrowser(await findBrowser());
      try {
        const page = await browser.newPage();
        await page.goto(target.server.origin + link, { waitUntil: 'networkidle' });
        await page.mouse.move(100, 100);
        await page.evaluate(() => window.dispatchEvent(new Event('load')));
        await sleep(2000);
        hold((await page.getByRole('button').count()) > 0, 'the page has no button to look at');
      } finally {
        await browser.close();
      }
      hold((await standing(target)) === 'pending', 'a page confirmed by itself');
      return 'after 2 s in a browser the contact is pending still';
    },
  },
  {
    number: '3',
    name: 'a link is confirmed 16 times at once',
    async attempt(target) {
      await target.askPaper('anna@reader.example', newsletterForm(target.env['DIST_DIR'] ?? ''));
      const token = tokenIn(await target.link('anna@reader.example', '/confirm/'));
      const answers = await Promise.all(Array.from({ length: 16 }, () => target.form('/confirm/', { token })));
      const pages = new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`));
      hold(pages.size === 1 && answers[0]?.status === 303, `the answers differ: ${[...pages].join(', ')}`);
      const events = (await target.rows('consentEvent')).filter(({ action }) => action === 'confirmed');
      hold(events.length === 2, `${events.length} consents in place of two`);
      return '16 equal answers, one consent for each of two purposes';
    },
  },
  {
    number: '4',
    name: 'forged, cut, expired, revoked and other kinds’ tokens',
    async attempt(target) {
      await target.askPaper('anna@reader.example');
      const confirm = tokenIn(await target.link('anna@reader.example', '/confirm/'));
      const preferences = tokenIn(await target.link('anna@reader.example', '/preferences/'));
      const download = tokenIn(await target.confirm('anna@reader.example'));
      const own = [secret(target.env['SECRET'] ?? '')];
      const stranger = [secret('the secret of somebody else, as long as it has to be')];
      const rows = await target.rows('token');
      const row = rows.find(({ id }) => confirm.startsWith(id));
      if (!row) throw new Error('The token of the link is not kept.');
      const made = (with_: object) => ({
        ...newToken({ id: newId(Date.now(), randomBytes), kind: 'confirm', contactId: row.contactId }, own),
        ...{ submissionId: row.submissionId, expiresAt: Date.now() + 60_000, ...with_ },
      });
      const [expired, revoked] = [made({ expiresAt: Date.now() - 1 }), made({ revokedAt: Date.now() })];
      await target.withStore((store) => store.transaction((records) => records.insert('token', [expired, revoked])));
      const forged = [
        ...[expired, revoked, made({})].map((token) => signToken(token, own)),
        signToken({ ...row, keyId: stranger[0]?.id ?? '' }, stranger),
        signToken({ ...row, kind: 'download' }, own),
        signToken({ ...row, expiresAt: Number(row.expiresAt) + 1000 }, own),
        ...mutated(confirm),
        ...[preferences, download],
      ];
      const pages = new Map<string, string>();
      const see = (what: string, { status, body }: Answer) => {
        hold(status === 410, `${what} was answered ${status}`);
        pages.set(body, what);
      };
      for (const token of forged) {
        see(`POST of ${token.slice(-20)}`, await target.form('/confirm/', { token }));
        see(`GET of ${token.slice(-20)}`, await target.ask(`/confirm/?token=${encodeURIComponent(token)}`));
      }
      // Each door, with each key that is another door's.
      for (const [path, right] of [
        ['/download/file/', download],
        ['/erase/', ''],
        ['/preferences/', preferences],
        ['/unsubscribe/', preferences],
      ] as const)
        for (const token of [confirm, preferences, download, ...mutated(download)])
          if (token !== right) see(path, await target.ask(`${path}?token=${encodeURIComponent(token)}`));
      hold(pages.size === 1, `the pages differ: ${[...pages.values()].join(', ')}`);
      return `${forged.length} tokens at 5 doors: 410 each, one page`;
    },
  },
  {
    number: '5',
    name: 'a token after its contact was erased',
    async attempt(target) {
      await target.askPaper('anna@reader.example');
      const confirm = await target.link('anna@reader.example', '/confirm/');
      const preferences = await target.link('anna@reader.example', '/preferences/');
      await target.askPaper('ben@reader.example');
      const download = await target.confirm('ben@reader.example');
      for (const name of ['anna', 'ben']) await erase(target, `${name}@reader.example`);
      for (const link of [confirm, preferences, download.replace('/download/', '/download/file/')])
        hold((await target.ask(link)).status === 410, `${link.slice(0, 15)} works after the person was erased`);
      const answer = await target.form('/confirm/', { token: tokenIn(confirm) });
      hold(answer.status === 410, `confirming was answered ${answer.status}`);
      hold((await target.rows('contact')).length === 0, 'the contact was made anew');
      return '410 at 4 doors; no contact came back';
    },
  },
  {
    number: '15',
    name: 'one-click unsubscribing, as mail services send it',
    async attempt(target) {
      await target.askNewsletter('anna@reader.example');
      await target.confirm('anna@reader.example');
      const [, welcome] = await target.mails('anna@reader.example', 2);
      const { raw = '' } = welcome ?? {};
      hold(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im.test(raw), 'the mail has no List-Unsubscribe-Post');
      const path = /^List-Unsubscribe:\s*<http:\/\/127\.0\.0\.1([^>]+)>/im.exec(raw.replaceAll(/\r\n[ \t]/g, ''))?.[1];
      hold(path !== undefined, 'the mail has no List-Unsubscribe');
      const one = 'List-Unsubscribe=One-Click';
      const parts = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
      for (const [type, body] of [
        ['application/x-www-form-urlencoded', one],
        ['multipart/form-data; boundary=x', parts],
        ['application/x-www-form-urlencoded', one],
      ] as const) {
        const answer = await target.ask(path, { method: 'POST', headers: { 'Content-Type': type }, body });
        hold(answer.status === 200 && !answer.headers.location, `${type} was answered ${answer.status}`);
      }
      hold((await standing(target)) === 'unsubscribed', 'the subscriber is one still');
      return 'urlencoded, multipart and again: 200 without redirect';
    },
  },
  {
    number: '18',
    name: 'open redirects and papers by other names',
    async attempt(target) {
      const evil = [
        '//evil.example',
        '/\\evil.example',
        'https://evil.example/',
        '/%2F%2Fevil.example',
        '/%5Cevil.example',
      ];
      const paths = evil.flatMap((to) => [
        ...['next', 'url', 'return', 'redirect', 'to'].map((name) => `/subscribe?${name}=${encodeURIComponent(to)}`),
        ...(to.startsWith('/') ? [to, `${to}/`, `${to}/..`, `${to}/%2e%2e`, `/about${to}`] : []),
        `/forms/newsletter/?next=${encodeURIComponent(to)}`,
      ]);
      for (const path of [
        ...paths,
        'http://127.0.0.1//evil.example',
        '/about/..//evil.example',
        '///evil.example/about',
      ]) {
        const { headers } = await target.ask(path);
        leadsHome(headers.location, path);
      }
      for (const next of evil) {
        const { headers } = await target.askPaper(`r${evil.indexOf(next)}@reader.example`, { next, redirect: next });
        leadsHome(headers.location, next);
      }
      const names = [
        '../',
        '../../etc/passwd',
        '..%2f..%2f',
        'the-well-lit-pipeline/../..',
        '\0',
        '/etc/passwd',
        'constructor',
        '__proto__',
      ];
      for (const whitepaper of names) {
        const { status } = await target.askPaper('x@reader.example', { whitepaper });
        hold(status === 422, `a whitepaper named ${JSON.stringify(whitepaper)} was answered ${status}`);
      }
      return `${paths.length + 3 + evil.length} addresses led nowhere else; ${names.length} names of papers: 422`;
    },
  },
  {
    number: '30',
    name: 'ranges that would get round the use limit',
    async attempt(target) {
      const counts: string[] = [];
      for (const [index, range] of ['bytes=-99999999', 'foo=0-', 'bytes=0-1,4-9', 'bytes=0-', 'bytes=1-'].entries()) {
        const email = `r${index}@reader.example`;
        await target.askPaper(email);
        const file = (await target.confirm(email)).replace('/download/', '/download/file/');
        const whole = Number((await target.ask(file, { method: 'HEAD' })).headers['content-length']);
        let bytes = 0;
        for (let time = 0; time < 100; time += 1) {
          const { status, headers } = await target.ask(file, { headers: { Range: range } });
          if (status === 410) break;
          bytes += Number(headers['content-length']);
        }
        const copies = bytes / whole;
        // With each download that was counted go parts for two that broke off.
        const most = range === 'bytes=1-' ? 60 : 20;
        hold(copies <= most, `${range} got ${copies.toFixed(1)} copies of ${most}`);
        counts.push(`${range}: ${copies.toFixed(0)}`);
      }
      return `whole papers by a link for 20: ${counts.join('; ')}`;
    },
  },
  {
    number: '34',
    name: 'the preferences of a newsletter that was passed on',
    async attempt(target) {
      await target.askNewsletter('anna@reader.example');
      await target.confirm('anna@reader.example');
      const preferences = await target.link('anna@reader.example', '/preferences/', 2);
      for (const action of ['erase', 'erase', 'erase']) await target.form(preferences, { action });
      hold((await target.rows('contact')).length === 1, 'a link in a newsletter erased its reader');
      const page = await target.ask(preferences);
      hold(!page.body.includes('anna@reader.example'), 'the page shows the whole address');
      const erase = await target.link('anna@reader.example', '/erase/', 3);
      const erased = await target.form('/erase/', { token: tokenIn(erase) });
      hold(erased.status === 303 && (await target.rows('contact')).length === 0, 'the link in the mail does not erase');
      return 'three clicks erased nobody; the mail that came by them does';
    },
  },
];

function leadsHome(location: string | undefined, path: string): void {
  if (location === undefined) return;
  const to = new URL(location, 'http://home.example');
  // What a browser makes of it counts: it takes a backslash for a slash.
  if (to.host !== 'home.example') throw new Fell(`${path} leads to ${location}`);
}

/** The token with some of it changed, cut off or written otherwise. */
function mutated(token: string): string[] {
  const [id = '', key = '', signature = ''] = token.split('.');
  const other = (text: string, at: number) =>
    `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
  return [
    ...['', id, `${id}.${key}`, `${id}.${key}.`, token.slice(0, -1), token.slice(1), token + token],
    ...[`${other(id, 0)}.${key}.${signature}`, `${id}.${other(key, 0)}.${signature}`],
    ...[0, 20].map((at) => `${id}.${key}.${other(signature, at)}`),
    ...[`${id.toUpperCase()}.${key}.${signature}`, `${id}.${key}.${signature}AAAA`, `\0${token}`, `' or 1=1 --`],
  ];
}

async function standing(target: Target): Promise<string | undefined> {
  return (await target.rows('subscription'))[0]?.status;
}

/** All that a link could change. */
async function stateOf(target: Target): Promise<string> {
  const tables = ['contact', 'subscription', 'consentEvent', 'token'] as const;
  const outbox = (await target.rows('outbox')).length;
  return JSON.stringify([outbox, ...(await Promise.all(tables.map((name) => target.rows(name))))]);
}

export async function erase(target: Target, email: string): Promise<void> {
  const { code, out } = await target.command('leads', ['erase', email, '--yes']);
  if (code !== 0) throw new Error(`The command that erases ended with ${code}: ${out}`);
}
