import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Capture } from '#capture/capture.ts';
import type { Desk } from '#capture/desk.ts';
import type { Site } from '#site/contract.ts';
import type { Call, CallName, Calls, ErrorData, Reported, Said } from './capture-thread.ts';
import type { Log } from './log.ts';
import type { Services } from './services.ts';

/** Capture in a thread of its own, so that pages do not wait for forms, mails and the disk. */
export interface ThreadedCapture
  extends
    Pick<Services, 'capture' | 'check' | 'oldestDue' | 'deadLetters'>,
    Required<Pick<Services, 'desk'>>,
    Promised<
      Pick<Calls, 'commentsVersion' | 'countHeard' | 'watch' | 'vitals' | 'takeUp' | 'start' | 'stopSending' | 'close'>
    > {}

type Promised<Functions extends Record<string, (...values: never[]) => unknown>> = {
  [Name in keyof Functions]: (...values: Parameters<Functions[Name]>) => Promise<Awaited<ReturnType<Functions[Name]>>>;
};

export interface ThreadOptions {
  site: Site;
  log: Log;
  /** Is called when the thread has ended by itself, with what ended it: nothing can be kept or sent any more. */
  lost: (error: unknown) => void;
  now: () => number;
  env?: NodeJS.ProcessEnv;
  /** How many calls of readers are under way at once. Beyond them, readers get the answer of a store that is away. */
  most?: number;
}

/** How often it is logged that readers were refused, in milliseconds. */
const reportEvery = 60_000;

/**
 * Opens capture in a thread, for the environment `env`. Throws what `openCapture` throws, as errors of the same name,
 * message and cause.
 */
export async function openThreadedCapture({
  site,
  log,
  lost,
  now,
  env = process.env,
  most = 500,
}: ThreadOptions): Promise<ThreadedCapture> {
  const thread = new Worker(new URL('capture-thread.ts', import.meta.url), { workerData: site, env });
  const underWay = new Map<Reported, PromiseWithResolvers<unknown>>();
  const outcomeOf = (id: Reported) => {
    const outcome = Promise.withResolvers<unknown>();
    underWay.set(id, outcome);
    return outcome.promise;
  };
  // Where the process is busy, what the thread said last and its end are heard in one go.
  let isRefused = false;
  thread.on('message', (said: Said) => {
    if ('level' in said) return log[said.level](said.message);
    const outcome = underWay.get(said.id);
    underWay.delete(said.id);
    if ('error' in said) {
      isRefused ||= said.id === 'opening';
      outcome?.reject(errorOf(said.error));
    } else outcome?.resolve(said.value);
  });
  thread.once('error', lost);
  thread.once('exit', () => {
    if (!isRefused) lost(new Error('The thread that keeps forms and sends mails has ended'));
  });

  function call<Name extends CallName>(
    name: Name,
    ...values: Parameters<Calls[Name]>
  ): Promise<Awaited<ReturnType<Calls[Name]>>> {
    const id = randomUUID();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    thread.postMessage({ id, name, values } satisfies Call<Name>);
    return outcomeOf(id) as Promise<Awaited<ReturnType<Calls[Name]>>>;
  }

  let reported = -Infinity;
  const isFull = () => {
    const full = underWay.size >= most;
    if (full && now() - reported >= reportEvery) {
      reported = now();
      log.warn(`Forms and links are refused: ${most} are under way, more than can be kept at once`);
    }
    return full;
  };
  /** What a reader asks for, while there is room. */
  const use = <Name extends Use>(name: Name) =>
    (async (...values: Parameters<Calls[Name]>) =>
      isFull() ? { kind: 'unavailable' } : call(name, ...values)) as (Capture & Desk)[Name];
  /** What a balancer asks for, which then knows that the server is busy. */
  const ask =
    <Value>(work: () => Promise<Value>) =>
    async () => {
      if (isFull()) throw new Error('Too much is under way');
      return work();
    };

  const end = async () => {
    thread.removeAllListeners('exit');
    await thread.terminate();
  };

  let { consent } = site;
  await outcomeOf('opening').catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return {
    capture: {
      admit: async (visit) => (isFull() ? 'uncounted' : call('admit', visit)),
      requestWhitepaper: use('requestWhitepaper'),
      subscribe: use('subscribe'),
      look: use('look'),
      confirm: use('confirm'),
      download: use('download'),
      unsubscribe: use('unsubscribe'),
      resubscribe: use('resubscribe'),
      askErasure: use('askErasure'),
      eraseMe: use('eraseMe'),
      sendNewLink: use('sendNewLink'),
      partnerReport: use('partnerReport'),
      archive: use('archive'),
      sentIssue: use('sentIssue'),
      takeHook: use('takeHook'),
      comment: use('comment'),
      question: use('question'),
      lookParent: use('lookParent'),
      lookComment: use('lookComment'),
      confirmComment: use('confirmComment'),
      editComment: use('editComment'),
      deleteComment: use('deleteComment'),
      lookQuestion: use('lookQuestion'),
      confirmQuestion: use('confirmQuestion'),
      endReplies: use('endReplies'),
      lookDecision: use('lookDecision'),
      decide: use('decide'),
      countView(path, query) {
        if (!isFull()) void call('countView', path, query);
      },
      get consent() {
        return consent;
      },
    },
    desk: {
      askToSignIn: use('askToSignIn'),
      lookSignIn: use('lookSignIn'),
      signIn: use('signIn'),
      passkeyOptions: ask(() => call('passkeyOptions')),
      signInByPasskey: use('signInByPasskey'),
      see: use('see'),
      act: use('act'),
    },
    check: ask(() => call('check')),
    oldestDue: ask(() => call('oldestDue')),
    deadLetters: ask(() => call('deadLetters')),
    commentsVersion: ask(() => call('commentsVersion')),
    countHeard: async (hearings, reads) => {
      if (!isFull()) await call('countHeard', hearings, reads);
    },
    watch: (stale) => call('watch', stale),
    vitals: ask(() => call('vitals')),
    async takeUp(newest) {
      await call('takeUp', newest);
      ({ consent } = newest);
    },
    start: () => call('start'),
    stopSending: () => call('stopSending'),
    async close() {
      await call('close');
      await end();
    },
  };
}

type Use = Exclude<keyof Capture, 'admit' | 'countView' | 'consent'> | Exclude<keyof Desk, 'passkeyOptions'>;

function errorOf({ name, message, stack, cause }: ErrorData): Error {
  return Object.assign(new Error(message, cause && { cause: errorOf(cause) }), { name, stack });
}
