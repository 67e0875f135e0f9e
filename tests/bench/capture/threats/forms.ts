import { setTimeout as sleep } from 'node:timers/promises';
import { proofOf } from '#components/signup/proof.ts';
import { formFor, newsletterForm } from '../setting.ts';
import { erase } from './links.ts';
import { type Answer, hold, median, ms, newReader, type Target, type Threat, tokenIn, until } from './target.ts';

/** What can be done with forms. */
export const formThreats: Threat[] = [
  {
    number: '6',
    name: 'whose address is it: new, pending, confirmed, unsubscribed, erased',
    env: { FORMS_PER_HOUR: '100000000' },
    async attempt(target) {
      const rounds = 30;
      const kinds = ['new', 'pending', 'confirmed', 'unsubscribed', 'erased'] as const;
      for (let round = 0; round < rounds; round += 1)
        for (const kind of kinds) if (kind !== 'new') await target.askNewsletter(`${kind}${round}@reader.example`);
      for (let round = 0; round < rounds; round += 1) {
        for (const kind of ['confirmed', 'unsubscribed']) await target.confirm(`${kind}${round}@reader.example`);
        const preferences = tokenIn(await target.link(`unsubscribed${round}@reader.example`, '/preferences/', 2));
        await target.form(`/unsubscribe/?token=${preferences}`, {});
      }
      for (let round = 0; round < rounds; round += 1) await erase(target, `erased${round}@reader.example`);
      await target.askPaper('warm@reader.example');
      const times = Object.fromEntries(kinds.map((kind) => [kind, [] as number[]]));
      const answers = new Map<string, string>();
      for (let round = 0; round < rounds; round += 1)
        for (let turn = 0; turn < kinds.length; turn += 1) {
          const kind = kinds[(turn + round) % kinds.length] ?? 'new';
          const answer = await target.askPaper(`${kind}${round}@reader.example`);
          times[kind]?.push(answer.milliseconds);
          const { date: _date, ...headers } = answer.headers;
          answers.set(JSON.stringify([answer.status, headers, answer.body]), kind);
          // The mail that this one caused is not to slow the next one down.
          await sleep(120);
        }
      hold(answers.size === 1, `the answers differ for ${[...answers.values()].join(', ')}`);
      // The fastest have the least in them of what else the machine does.
      const medians = kinds.map((kind) => median((times[kind] ?? []).toSorted((a, b) => a - b).slice(0, rounds / 5)));
      const [least, most] = [Math.min(...medians), Math.max(...medians)];
      const seen = `the middle of the fastest ${rounds / 5} of ${rounds}: ${kinds.map((kind, index) => `${kind} ${ms(medians[index] ?? NaN)}`).join(', ')}`;
      hold(most < least * 1.4 || most - least < 3, seen);
      const confirmed = (await target.rows('contact')).find(({ email }) => email.startsWith('confirmed0@'));
      const queued = (await target.rows('outbox')).filter(({ contactId }) => contactId === confirmed?.id);
      hold(
        queued.some(({ payload }) => payload.includes('"download"')),
        'a confirmed reader gets no mail for the new paper',
      );
      return `equal to the byte; ${seen}`;
    },
  },
  {
    number: '7',
    name: 'one address, 100 forms',
    async attempt(target) {
      const answers = new Set<string>();
      for (let time = 0; time < 100; time += 1) {
        const { status, headers } = await target.askPaper('anna@reader.example');
        answers.add(`${status} ${headers.location}`);
      }
      hold(answers.size === 1, `the answers differ: ${[...answers].join(', ')}`);
      await target.mails('anna@reader.example');
      await sleep(500);
      const sent = target.sink.mails.length;
      const queued = (await target.rows('outbox')).length;
      hold(sent === 1 && queued <= 3, `${sent} mails sent, ${queued} in all`);
      return `100 equal answers, 1 mail sent, ${queued} in a day`;
    },
  },
  {
    number: '8',
    name: '1,000 addresses from one /24, and from one /48',
    async attempt(target) {
      const facts: string[] = [];
      for (const [name, address] of [
        ['/24', (n: number) => `198.51.100.${n % 256}`],
        ['/48', (n: number) => `2001:db8:7:${(n % 60_000).toString(16)}::${n.toString(16)}`],
      ] as const) {
        const before = (await target.rows('contact')).length;
        const seen: Answer[] = [];
        for (let n = 0; n < 1000; n += 1)
          seen.push(await target.askPaper(`${name.slice(1)}-${n}@r${n}.example`, {}, address(n)));
        const refused = seen.filter(({ status }) => status === 429);
        const kept = (await target.rows('contact')).length - before;
        const taken = seen.filter(({ status }) => status === 303).length;
        hold(taken <= 30 && kept <= 30, `${taken} of 1,000 from a ${name} were taken, ${kept} kept`);
        hold(
          refused.every(({ headers }) => Number(headers['retry-after']) > 0),
          'a 429 has no Retry-After',
        );
        facts.push(`${name}: ${taken} taken, ${refused.length} × 429`);
      }
      return facts.join('; ');
    },
  },
  {
    number: '9',
    name: 'a forged X-Forwarded-For, behind a proxy',
    attempt: (target) => forgedForwarding(target, (n) => `${20 + n}.1.1.1, 203.0.113.9`),
  },
  {
    number: '9',
    name: 'a forged X-Forwarded-For, direct',
    env: { TRUSTED_PROXIES: '0' },
    attempt: (target) => forgedForwarding(target, (n) => `${20 + n}.1.1.1`),
  },
  {
    number: '10',
    name: 'what is not one address, and headers in it',
    async attempt(target) {
      const bad = [
        ...['a@b.example\r\nBcc: c@d.example', 'a@b.example\nBcc: c@d.example', 'a@b.example%0d%0aBcc: x@y.example'],
        ...['a@b.example,c@d.example', 'a@b.example; c@d.example', 'a@b.example c@d.example', '"a b"@c.example'],
        ...['A <a@b.example>', '<a@b.example>', '"a@b.example, c"@d.example', 'a@b.example\0', '\0a@b.example'],
        ...[`${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.example`],
        ...['a@[127.0.0.1]', 'a@127.0.0.1', 'a@localhost', '@b.example', 'a@', 'a@b@c.example', 'a(x)@b.example'],
        ...[
          'a@b.example\u2028Bcc: c@d.example',
          'a@b.example>\r\nRCPT TO:<c@d.example>',
          'a@b..example',
          'a@-b.example',
        ],
      ];
      const good = ['аnna@reader.example', 'anna@bücher.example', "o'hara+x@reader.example"];
      for (const email of bad) {
        const { status } = await target.askPaper(email);
        hold(status === 422, `${JSON.stringify(email)} was answered ${status}`);
      }
      for (const email of good) await target.askPaper(email);
      await target.askPaper('eve@reader.example', {
        name: 'Eve\r\nBcc: c@d.example',
        company: 'X\nSubject: Y',
        whitepaper: 'the-well-lit-pipeline\r\nBcc: c@d.example',
      });
      await until(() => target.sink.mails.length >= good.length, 'the mails to the right ones');
      await sleep(300);
      for (const { to, raw } of target.sink.mails) {
        hold(!to.includes(','), `a mail went to ${to}`);
        const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
        hold(
          !/^(bcc|cc):/im.test(head) && (head.match(/^(to|subject):/gim) ?? []).length === 2,
          `a header was put in: ${head}`,
        );
      }
      return `${bad.length} refused with 422; ${target.sink.mails.length} others had one recipient each`;
    },
  },
  {
    number: '11',
    name: 'a name that is a message',
    async attempt(target) {
      const name = 'Win https://evil.example now';
      await target.askPaper('anna@reader.example', { name, company: 'Call +1 555 0100' });
      const [mail] = await target.mails('anna@reader.example');
      const { raw = '', text = '', html = '', subject = '' } = mail ?? {};
      for (const part of [raw, text, html, subject])
        hold(!/evil\.example|555 0100/.test(part), 'what a stranger typed is in a mail to an unconfirmed address');
      return 'nothing that was typed is in the mail but the address';
    },
  },
  {
    number: '12',
    name: 'the honeypot filled in, by a machine and by a password manager (40)',
    async attempt(target) {
      const first = await target.askPaper('anna@reader.example', { website: 'https://bot.example' });
      hold(
        first.status === 422 && /name="person"/.test(first.body),
        `it was answered ${first.status} without a way on`,
      );
      hold(first.body.includes('anna@reader.example'), 'the form does not come back filled');
      await sleep(500);
      const left = [
        (await target.rows('contact')).length,
        (await target.rows('outbox')).length,
        target.sink.mails.length,
      ];
      hold(
        left.every((count) => count === 0),
        `a machine left ${left.join(' contacts, ')} mails`,
      );
      const again = await target.askPaper('anna@reader.example', { website: 'https://bot.example', person: 'on' });
      hold(again.status === 303, `the person's second click was answered ${again.status}`);
      await target.mails('anna@reader.example');
      return '422 with a box for people, no contact, no mail; with the box ticked: 303 and a mail';
    },
  },
  {
    number: '16',
    name: 'forms of other sites, and one of this site behind a TLS proxy',
    async attempt(target) {
      const fields = { ...formFor(target.env['DIST_DIR'] ?? ''), email: 'anna@reader.example' };
      const send = (headers: Record<string, string>, path = '/forms/whitepaper/') =>
        target.form(path, fields, newReader(), headers);
      const host = new URL(target.server.origin).host;
      const foreign: Record<string, string>[] = [
        { Origin: 'https://evil.example' },
        { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
        { Origin: 'null', Referer: 'https://evil.example/' },
        { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
        { Origin: `https://${host}.evil.example` },
        { Origin: `https://evil.example:${host.split(':')[1]}` },
        { Origin: 'file://' },
        { Origin: 'null', 'Sec-Fetch-Site': 'same-site' },
        { Referer: 'https://evil.example/', 'Sec-Fetch-Site': 'cross-site', Origin: 'null' },
      ];
      for (const path of [
        '/forms/whitepaper/',
        '/forms/newsletter/',
        '/forms/link/',
        '/confirm/',
        '/preferences/',
        '/erase/',
      ])
        for (const headers of foreign) {
          const { status } = await send(headers, path);
          hold(status === 403, `${JSON.stringify(headers)} at ${path} was answered ${status}`);
        }
      const own: Record<string, string>[] = [
        { Origin: `https://${host}`, Referer: `https://${host}/whitepapers/`, 'X-Forwarded-Proto': 'https' },
        { Origin: 'null', Referer: `https://${host}/whitepapers/` },
        { 'Sec-Fetch-Site': 'same-origin' },
      ];
      for (const headers of own) hold((await send(headers)).status === 303, `${JSON.stringify(headers)} was refused`);
      return `${foreign.length} kinds of foreign forms at 6 doors: 403; ${own.length} of this site: 303`;
    },
  },
  {
    number: '27',
    name: '64 KB of what is slow to read, in every field',
    async attempt(target) {
      const signs = {
        'combining marks': '\u0301',
        brackets: '<(',
        slashes: '/',
        'one long word': 'a',
        'at signs': '@',
        dots: '.',
        spaces: ' ',
        plus: '+',
        quotes: '"',
      };
      const fields = [
        'email',
        'name',
        'company',
        'whitepaper',
        'newsletter',
        'wording',
        'website',
        'person',
        'challenge',
        'proof',
        'from',
        'x',
      ];
      let slowest = { milliseconds: 0, what: '' };
      let page = 0;
      const watch = async (what: string, work: Promise<Answer>) => {
        const [answer, meanwhile] = await Promise.all([work, sleep(1).then(() => target.ask('/about/'))]);
        if (answer.milliseconds > slowest.milliseconds) slowest = { milliseconds: answer.milliseconds, what };
        page = Math.max(page, meanwhile.milliseconds);
        hold(answer.status < 500, `${what} was answered ${answer.status}`);
      };
      for (const [name, sign] of Object.entries(signs)) {
        const raw = (size: number) => sign.repeat(Math.floor(size / Buffer.byteLength(sign)));
        for (const field of fields) {
          const boundary = 'x';
          const body = (more: Record<string, string>) =>
            Object.entries(more)
              .map(
                ([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
              )
              .join('') + `--${boundary}--\r\n`;
          const typed = {
            ...formFor(target.env['DIST_DIR'] ?? ''),
            email: 'anna@reader.example',
            [field]: `${field === 'email' ? 'a' : ''}${raw(63_000)}`,
          };
          await watch(
            `${name} in ${field}`,
            target.ask('/forms/whitepaper/', {
              method: 'POST',
              headers: {
                'Content-Type': `multipart/form-data; boundary=${boundary}`,
                'X-Forwarded-For': newReader(),
                Origin: target.server.origin,
              },
              body: body(typed),
            }),
          );
        }
        const coded = encodeURIComponent(raw(4000)).slice(0, 12_000).replace(/%.?$/, '');
        const printable = /^[ -~]+$/.test(sign) ? raw(12_000).trim() : coded;
        await watch(`${name} in a path`, target.ask(`/${coded}`));
        await watch(`${name} in a query`, target.ask(`/confirm/?token=${coded}`));
        for (const header of [
          'Referer',
          'User-Agent',
          'Origin',
          'Range',
          'If-None-Match',
          'Accept-Encoding',
          'X-Forwarded-For',
          'Cookie',
          'Accept-Language',
        ])
          await watch(
            `${name} in ${header}`,
            target.ask('/forms/newsletter/', {
              method: 'POST',
              headers: { 'X-Forwarded-For': newReader(), [header]: `http://x${printable}` },
              body: '',
            }),
          );
      }
      const seen = `slowest ${ms(slowest.milliseconds)} (${slowest.what}); a page meanwhile ${ms(page)} at most`;
      hold(slowest.milliseconds < 500 && page < 300, seen);
      return seen;
    },
  },
  {
    number: '28',
    name: 'twelve networks at their limits',
    env: { FORMS_PER_HOUR: '60' },
    async attempt(target) {
      for (let network = 0; network < 12; network += 1) {
        let challenge: string | undefined;
        for (let n = 0; n < 30; n += 1) {
          const proof = challenge && (await proofOf(challenge));
          const answer = await target.askPaper(
            `n${network}-${n}@reader.example`,
            challenge && proof ? { challenge, proof } : {},
            `198.18.${network}.${n}`,
          );
          challenge = /name="challenge" value="([^"]+)"/.exec(answer.body)?.[1];
          if (answer.status === 429 && !challenge) break;
        }
      }
      const queued = (await target.rows('outbox')).length;
      const times: number[] = [];
      for (let n = 0; n < 30; n += 1) {
        const answer = await target.askPaper(`reader${n}@elsewhere.example`);
        hold(answer.status === 303, `a reader elsewhere was answered ${answer.status}`);
        times.push(answer.milliseconds);
      }
      const due = (await target.rows('outbox')).filter(({ runAt }) => runAt > Date.now() + 60_000).length;
      hold(due > 0, 'no mail waits though 12 networks send what they can');
      return `30 readers elsewhere: 303, median ${ms(median(times))}; of the ${queued} mails ${due} wait`;
    },
  },
  {
    number: '29',
    name: 'one mailbox by 30 addresses, and a stranger’s three forms',
    async attempt(target) {
      for (let n = 1; n <= 30; n += 1) {
        const to = [`victim+${n}@gmail.com`, `v${'.'.repeat(n % 2)}ictim@googlemail.com`, `VICTIM+x${n}@Gmail.com`];
        await target.askPaper(to[n % 3] ?? '');
      }
      await sleep(500);
      const victims = (await target.rows('outbox')).length;
      hold(victims <= 3, `${victims} mails to one mailbox`);
      const stranger = '198.51.100.7';
      for (const whitepaper of ['the-well-lit-pipeline', 'a-short-guide-to-long-foghorns'])
        for (const name of ['A liar', 'A fool'])
          await target.askPaper('owner@reader.example', { whitepaper, name, company: name }, stranger);
      await target.form(
        '/forms/newsletter/',
        { ...newsletterForm(target.env['DIST_DIR'] ?? ''), email: 'owner@reader.example' },
        stranger,
      );
      const of = async () => {
        const owner = (await target.rows('contact')).find(({ email }) => email === 'owner@reader.example');
        return {
          owner,
          mails: (await target.rows('outbox')).filter(({ contactId }) => contactId === owner?.id).length,
        };
      };
      const before = await of();
      await target.askNewsletter('owner@reader.example', '192.0.2.200');
      const after = await of();
      hold(after.mails > before.mails, `a stranger used up the day: ${before.mails} mails, and none for the owner`);
      await target.askPaper('own@reader.example', { name: 'A liar', company: 'Lies Ltd' }, stranger);
      await target.askPaper('own@reader.example', {
        name: 'The owner',
        company: 'Own Ltd',
        whitepaper: 'a-short-guide-to-long-foghorns',
      });
      const links = (await target.rows('outbox')).length;
      hold(links > 0, 'no mail is queued');
      return `${victims} mails to the mailbox; ${before.mails} by the stranger, and one more for the owner`;
    },
  },
  {
    number: '32',
    name: 'a restart in the middle of a limit',
    async attempt(target) {
      const seen = await untilLimited(target);
      await target.restart();
      const { status } = await target.askPaper('late@reader.example', {}, '198.51.100.7');
      hold(status === 429, `after a restart the network was answered ${status}`);
      if (!target.database.shared) return `429 after ${seen} forms, and after the restart`;
      const other = await target.another();
      target.server = other;
      const beside = await target.askPaper('later@reader.example', {}, '198.51.100.7');
      hold(beside.status === 429, `a second process answered ${beside.status}`);
      return `429 after ${seen} forms, after the restart, and by a second process`;
    },
  },
];

async function forgedForwarding(target: Target, forwarded: (n: number) => string): Promise<string> {
  const seen: number[] = [];
  for (let n = 0; n < 60; n += 1) seen.push((await target.askPaper(`f${n}@reader.example`, {}, forwarded(n))).status);
  const taken = seen.filter((status) => status === 303).length;
  hold(
    taken <= 30 && seen.at(-1) === 429,
    `${taken} of 60 forms of one reader were taken, the last answered ${seen.at(-1)}`,
  );
  return `of 60 forms ${taken} were taken, the last answered 429`;
}

/** Sends forms from one network until it is limited for ten minutes; resolves to how many. */
async function untilLimited(target: Target): Promise<number> {
  for (let n = 1; n <= 40; n += 1) {
    const { status, headers } = await target.askPaper(`l${n}@reader.example`, {}, '198.51.100.7');
    if (status === 429 && Number(headers['retry-after']) > 60) return n;
  }
  hold(false, 'a network was never limited');
}
