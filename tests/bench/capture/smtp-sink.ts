import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What the mail server does with some of what it is given. */
export const moods = ['takes all', 'answers 4xx', 'answers 5xx', 'drops the line'] as const;
export type Mood = (typeof moods)[number];

/** A mail server on loopback that keeps account of what it took over. */
export interface SmtpSink {
  url: string;
  mood: Mood;
  /** How often each mail was taken over in full, by Message-ID, and for whom. */
  taken: Map<string, { to: string; times: number }>;
  /** Each mail that it took over, in the order in which they came; whole, where it keeps them whole. */
  mails: { to: string; id: string; raw: string; at: number }[];
  /** Recipients that it refused for good. */
  refused: Set<string>;
  /** Mails that it took over and whose sender it hung up on instead of saying so. */
  dropped: Map<string, number>;
  close(): Promise<void>;
}

/**
 * A third of the addresses meet the mood: which ones is in the address itself, so that a run can be repeated. Mails are
 * kept whole with `isWhole`.
 */
export async function startSmtpSink({ isWhole = false, port = 0 } = {}): Promise<SmtpSink> {
  const sink: Omit<SmtpSink, 'url' | 'close'> = {
    mood: 'takes all',
    taken: new Map(),
    mails: [],
    refused: new Set(),
    dropped: new Map(),
  };
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      if (sink.mood === 'answers 5xx' && isChosen(address)) {
        sink.refused.add(address);
        return done(refusal('No such mailbox', 550));
      }
      if (sink.mood === 'answers 4xx' && isChosen(address)) return done(refusal('Try again later', 451));
      return done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        const id = /^Message-ID:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? '';
        const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
        sink.mails.push({ to, id, raw: isWhole ? raw : '', at: performance.now() });
        const before = sink.taken.get(id);
        sink.taken.set(id, { to, times: (before?.times ?? 0) + 1 });
        if (sink.mood === 'drops the line' && isChosen(to) && !before) {
          sink.dropped.set(id, (sink.dropped.get(id) ?? 0) + 1);
          sockets.get(session.remotePort)?.destroy();
          return;
        }
        done();
      });
    },
  });
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.on('close', () => sockets.delete(port));
  });
  // Senders that are killed break off in the middle: that is what this is for.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address();
  const listening = typeof address === 'object' ? address?.port : 0;
  return Object.assign(sink, {
    url: `smtp://127.0.0.1:${listening}`,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  });
}

function isChosen(address: string): boolean {
  return (createHash('sha256').update(address).digest()[0] ?? 0) % 3 === 0;
}

function refusal(message: string, responseCode: number): Error {
  return Object.assign(new Error(message), { responseCode });
}
