import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isbot } from 'isbot';
import type { Hearing } from '#capture/compose.ts';
import type { Site as BuiltSite } from '#site/contract.ts';
import type { SiteFiles } from './site-files.ts';

/** A recording that this server sends. */
export interface Recording {
  entry: string;
  bytes: number;
  /** How many bytes of it are a minute, or all where it is shorter. */
  enough: number;
}

/** The recordings of a site by their addresses. */
export function recordingsOf({ entries }: Pick<BuiltSite, 'entries'>, files: SiteFiles): Map<string, Recording> {
  return new Map(
    entries.flatMap(({ id, recordings = [] }) =>
      recordings.flatMap(({ path, seconds }) => {
        const bytes = files.at.get(path)?.size;
        if (bytes === undefined) return [];
        const minute = seconds === undefined || seconds <= 60 ? bytes : Math.ceil((bytes / seconds) * 60);
        return [[path, { entry: id, bytes, enough: minute }] as const];
      }),
    ),
  );
}

/** What was sent of a recording by one answer. */
export interface SentPart {
  recording: Recording;
  headers: IncomingMessage['headers'];
  /** The reader's address; machines are not asked for theirs. */
  address: () => string;
  /** The first byte. */
  first: number;
  /** How many there were. */
  bytes: number;
}

/** How many listeners are under way at once, at most: beyond them the longest known are forgotten. */
const most = 20_000;
const day = 24 * 60 * 60_000;

/**
 * Finds out who was sent enough of a recording, as the IAB's Podcast Measurement Technical Guidelines 2.2 ask for: a minute of
 * it, or all, in one request or several parts, by nobody that is a machine. In memory a listener is a hash under a salt of this
 * process, with what was sent.
 */
export class Listening {
  readonly #salt: Buffer;
  readonly #now: () => number;
  readonly #report: (hearing: Hearing) => void;
  readonly #underWay = new Map<string, { since: number; parts: [first: number, end: number][]; isHeard: boolean }>();

  constructor({ salt, now, report }: { salt: Buffer; now: () => number; report: (hearing: Hearing) => void }) {
    [this.#salt, this.#now, this.#report] = [salt, now, report];
  }

  sent({ recording, headers, address, first, bytes }: SentPart): void {
    const agent = headers['user-agent'] ?? '';
    if (bytes <= 0 || isMachine(agent) || headers['sec-purpose'] !== undefined) return;
    const listener = `${address()}\n${agent}`;
    const key = createHash('sha256').update(this.#salt).update(`${listener}\n${recording.entry}`).digest('base64');
    const now = this.#now();
    let known = this.#underWay.get(key);
    if (!known || known.since <= now - day) known = { since: now, parts: [], isHeard: false };
    // Whoever was sent something last stands last.
    this.#underWay.delete(key);
    this.#underWay.set(key, known);
    const [oldest] = this.#underWay.keys();
    if (this.#underWay.size > most && oldest !== undefined) this.#underWay.delete(oldest);
    if (known.isHeard) return;
    known.parts = longest(joined([...known.parts, [first, Math.min(recording.bytes, first + bytes)]]));
    if (known.parts.reduce((sum, [from, end]) => sum + end - from, 0) < recording.enough) return;
    known.isHeard = true;
    known.parts = [];
    this.#report({ entry: recording.entry, kind: kindOf(headers), listener });
  }
}

/** Players jump a few times: who asks for thousands of scraps is no listener, and each would cost more than the one before. */
const mostParts = 64;

const longest = (parts: [number, number][]): [number, number][] =>
  parts.length <= mostParts
    ? parts
    : parts.toSorted(([from, end], [other, otherEnd]) => otherEnd - other - (end - from)).slice(0, mostParts);

/** Parts that meet or overlap are one. */
function joined(parts: [number, number][]): [number, number][] {
  const all: [number, number][] = [];
  for (const [first, end] of parts.toSorted(([one], [other]) => one - other)) {
    const last = all.at(-1);
    if (last && first <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([first, end]);
  }
  return all;
}

/**
 * Whether what asks calls itself a machine, or nothing. What calls itself a browser is looked up in a list that others keep;
 * that list takes nearly every podcast app for a machine, so of all else this looks at the words.
 */
export function isMachine(agent: string): boolean {
  let known = judged.get(agent);
  if (known === undefined) {
    known = agent.trim() === '' || (agent.startsWith('Mozilla/') ? isbot(agent) : machines.test(agent));
    if (judged.size < mostJudged) judged.set(agent, known);
  }
  return known;
}

/** The list is long, and listeners have few browsers and apps: whoever invents more gains nothing. */
const judged = new Map<string, boolean>();
const mostJudged = 1000;

/** Crawlers, libraries and monitors by what they call themselves; a watch fetches once more what its phone has. */
const machines =
  /bot\b|bot[/_-]|crawl|spider|slurp|archiver|scan|monitor|validat|check|preview|externalhit|metainspector|feed ?(?:fetch|pars|bin|ly|burner)|headless|lighthouse|watchos|apple watch|^(?:curl|wget|python|go-http-client|java|ruby|perl|php|node|axios|got|libwww|httpie|okhttp|apache-httpclient|guzzle|undici|deno|bun|lwp|rclone|ffmpeg|lavf)\b/i;

function kindOf(headers: IncomingMessage['headers']): Hearing['kind'] {
  const destination = headers['sec-fetch-dest'];
  if (destination !== undefined) return destination === 'document' ? 'download' : 'player';
  if (!headers['user-agent']?.startsWith('Mozilla/')) return 'app';
  // A browser that says nothing of why it asks: players ask for parts.
  return headers.range === undefined ? 'download' : 'player';
}
