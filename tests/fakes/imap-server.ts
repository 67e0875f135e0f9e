import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface StoredMail {
  uid: number;
  source: string;
  flags: Set<string>;
}

/**
 * A mail server of one user on this machine, with as much of IMAP4rev1 (RFC 3501) as a program needs that reads a folder and
 * moves mails out of it.
 */
export async function fakeImapServer({ user = 'bounces', pass = 'a password' } = {}) {
  const folders = new Map<string, StoredMail[]>([['INBOX', []]]);
  const asked: string[] = [];
  let nextUid = 1;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let folder = 'INBOX';
    const mails = () => folders.get(folder) ?? [];
    const send = (line: string) => void socket.write(`${line}\r\n`);
    /** The mails that a set of uids names. */
    const named = (set: string) => {
      const last = mails().at(-1)?.uid ?? 0;
      const number = (text: string) => (text === '*' ? last : Number(text));
      return mails().filter(({ uid }) =>
        set.split(',').some((range) => {
          const [from = '', to = from] = range.split(':');
          const [one, other] = [number(from), number(to)];
          return uid >= Math.min(one, other) && uid <= Math.max(one, other);
        }),
      );
    };
    const place = (mail: StoredMail) => mails().indexOf(mail) + 1;
    send('* OK ready');
    let rest = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      rest += String(chunk);
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        answer(line);
      }
    });
    function answer(line: string): void {
      const [tag = '', ...words] = line.split(' ');
      const text = words.join(' ');
      const name = (words[0] === 'UID' ? `UID ${words[1]}` : words[0])?.toUpperCase() ?? '';
      asked.push(text.replace(pass, '•••'));
      const quoted = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inner = '']) => inner.replaceAll('\\', ''));
      switch (name) {
        case 'CAPABILITY':
          send('* CAPABILITY IMAP4rev1 MOVE UIDPLUS');
          return send(`${tag} OK`);
        case 'LOGIN': {
          const given = quoted.length > 0 ? text : text;
          const isRight = given.includes(user) && given.includes(pass);
          return send(isRight ? `${tag} OK` : `${tag} NO [AUTHENTICATIONFAILED] wrong password`);
        }
        case 'NAMESPACE':
          send('* NAMESPACE (("" "/")) NIL NIL');
          return send(`${tag} OK`);
        case 'LIST':
        case 'LSUB':
          if (quoted[1] === '') send('* LIST (\\Noselect) "/" ""');
          else for (const each of folders.keys()) if (quoted[1] === each) send(`* LIST () "/" "${each}"`);
          return send(`${tag} OK`);
        case 'SELECT':
        case 'EXAMINE': {
          const wanted = quoted[0] ?? words[1] ?? '';
          if (!folders.has(wanted)) return send(`${tag} NO [NONEXISTENT] no such folder`);
          folder = wanted;
          send(`* FLAGS (\\Seen \\Deleted)`);
          send(`* OK [PERMANENTFLAGS (\\Seen \\Deleted)] limited`);
          send(`* ${mails().length} EXISTS`);
          send(`* OK [UIDVALIDITY 7] valid`);
          send(`* OK [UIDNEXT ${nextUid}] next`);
          return send(`${tag} OK [READ-WRITE] done`);
        }
        case 'CREATE': {
          const wanted = quoted[0] ?? words[1] ?? '';
          if (folders.has(wanted)) return send(`${tag} NO [ALREADYEXISTS] it is there`);
          folders.set(wanted, []);
          return send(`${tag} OK`);
        }
        case 'UID SEARCH': {
          const set = /UID ([\d:*,]+)$/.exec(text)?.[1] ?? '1:*';
          send(
            `* SEARCH${named(set)
              .map(({ uid }) => ` ${uid}`)
              .join('')}`,
          );
          return send(`${tag} OK`);
        }
        case 'UID FETCH': {
          for (const mail of named(words[2] ?? '')) {
            const most = Number(/<0\.(\d+)>/.exec(text)?.[1] ?? Infinity);
            const source = Buffer.from(mail.source).subarray(0, most);
            socket.write(`* ${place(mail)} FETCH (UID ${mail.uid} BODY[]<0> {${source.length}}\r\n`);
            socket.write(source);
            send(')');
          }
          return send(`${tag} OK`);
        }
        case 'UID STORE': {
          for (const mail of named(words[2] ?? '')) mail.flags.add('\\Seen');
          return send(`${tag} OK`);
        }
        case 'UID MOVE': {
          const to = folders.get(quoted[0] ?? words[3] ?? '');
          if (!to) return send(`${tag} NO [TRYCREATE] no such folder`);
          for (const mail of named(words[2] ?? '')) {
            send(`* ${place(mail)} EXPUNGE`);
            mails().splice(place(mail) - 1, 1);
            to.push(mail);
          }
          return send(`${tag} OK`);
        }
        case 'LOGOUT':
          send('* BYE');
          send(`${tag} OK`);
          return void socket.end();
        default:
          return send(`${tag} ${name === 'NOOP' || name === 'ID' || name === 'ENABLE' ? 'OK' : 'BAD unknown'}`);
      }
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    folders,
    asked,
    url: new URL(`imap://${user}:${encodeURIComponent(pass)}@127.0.0.1:${port}/INBOX`),
    arrive(source: string) {
      folders.get('INBOX')?.push({ uid: nextUid, source, flags: new Set() });
      nextUid += 1;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((done) => server.close(() => done()));
    },
  };
}
