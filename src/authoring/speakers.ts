import { distance } from 'fastest-levenshtein';
import { resembling } from './closest-match.ts';
import type { SaidCue } from './rolling-captions.ts';
import type { Remark } from './transcript-advice.ts';

/** The names that a site knows. */
export interface KnownNames {
  /** Everybody who has a page. */
  site: readonly string[];
  /** Hosts and guests of the episode, of whom a first or a last name is enough. */
  episode: readonly string[];
}

/** What one speaker says in a cue. */
export interface Turn {
  speaker?: string | undefined;
  /** Somebody else begins to speak, whose name is not told. */
  turn?: true | undefined;
  text: string;
}

/**
 * Who says what in each cue: by its voices, by names in front of what was said (`Ida: …`), and by `>>` where somebody
 * else begins. A name in front counts until the next one, unless the file has it at every cue.
 *
 * A sentence may have a colon. So a name is one that the site knows, a stand-in like "Speaker 3", or what looks like a name
 * and recurs. `written` are the names as they stand in front, which are not said.
 */
export function turnsOf(
  cues: readonly SaidCue[],
  known: KnownNames,
): { turns: Turn[][]; written: string[]; remarks: Remark[] } {
  const lines = cues.map(({ stretches }) =>
    stretches.flatMap(({ speaker, text }) => text.split(lineBreaks).map((line) => openingOf(line, speaker))),
  );
  const isSpeaker = speakersAmong(lines, new People(known));
  const labelled = lines.map((each) => each.map((line) => (isSpeaker(line) ? line : { ...line, label: undefined })));
  const people = new People(known, new Set(labelled.flat().flatMap(({ voice, label }) => voice ?? label ?? [])));
  const goesOn = labelsMarkTurns(labelled);
  const remarks = new Map<string, Remark>();
  const named = (name: string, line: number): string => {
    const found = people.find(name) ?? name;
    if (!people.has(found) && !remarks.has(found))
      remarks.set(
        found,
        isPlaceholder(found)
          ? { kind: 'placeholder', line, detail: found }
          : { kind: 'stranger', line, detail: found, nearest: people.nearest(found) },
      );
    return found;
  };

  let speaker: string | undefined;
  /** A name or a `>>` was read, and nothing that was said since. */
  let waits = false;
  let turn = false;
  const turns = cues.map(({ line }, i) => {
    const found: Turn[] = [];
    if (!goesOn && !waits) speaker = undefined;
    for (const { voice, label, isTurn, whole, rest } of labelled[i] ?? []) {
      if (label || isTurn) {
        speaker = label && named(label, line);
        turn = !label;
        waits = true;
      }
      const text = label ? rest : whole;
      if (!text.trim()) continue;
      const who = voice ? named(voice, line) : speaker;
      const last = found.at(-1);
      if (last && last.speaker === who && !turn) last.text += `\n${text}`;
      else found.push({ ...(who && { speaker: who }), ...(turn && !who && { turn }), text });
      waits = turn = false;
      if (voice) speaker = undefined;
    }
    return found;
  });
  const written = labelled.flatMap((each) => each.flatMap(({ label, prefix }) => (label ? prefix : [])));
  return { turns, written, remarks: [...remarks.values()] };
}

/** How a line of a cue begins. */
interface Opening {
  voice: string | undefined;
  /** What may be the name of its speaker, and that as it is written. */
  label: string | undefined;
  prefix: string;
  /** Whether it begins with `>>`, or with the dash of a dialogue. */
  isTurn: boolean;
  isMarked: boolean;
  /** What was said, if the label is one and if not. */
  rest: string;
  whole: string;
}

/** A `>>` may also stand behind a sentence. */
const lineBreaks = /\n|(?<=[.?!…"”’)\]])[^\S\n]+(?=>>+\s)/;

function openingOf(line: string, voice: string | undefined): Opening {
  const [, mark = '', whole = ''] = /^\s*(>>+|-(?=\s*[\p{Lu}\p{Lt}\p{Lo}"“‘'¿¡♪[(]))?([^]*)$/u.exec(line) ?? [];
  const [, prefix = '', name = '', rest = ''] = voice ? [] : (labelPattern.exec(whole) ?? []);
  const label = name.replace(/\s*\([^()]*\)$/, '').trim() || undefined;
  return { voice, label, prefix, isTurn: mark !== '' && !voice, isMarked: mark.startsWith('>>'), rest, whole };
}

/** `Ida Moss: `, `[SPEAKER_01]: `, `Ida (host): `, and the colon of Chinese and Japanese. */
const labelPattern = /^\s*(\[?\s*([\p{L}\p{N}][^:：\n[\]]{0,60}?)\s*\]?\s*(?::(?=\s|$)|：))\s*([^]*)$/u;

/** Which of the labels of a file are speakers. */
function speakersAmong(lines: readonly Opening[][], people: People): (line: Opening) => boolean {
  const counts = new Map<string, number>();
  for (const each of lines)
    for (const key of new Set(each.flatMap(({ label }) => (label && looksLikeName(label) ? keyOf(label) : []))))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  const recurring = [...counts.values()].filter((count) => count > 1).reduce((sum, count) => sum + count, 0);
  const common = new Set<string>();
  if (recurring > 0)
    for (const { whole } of lines.flat())
      for (const [word] of whole.matchAll(/(?<![\p{L}'’])\p{Ll}+/gu)) common.add(word);
  const isDense = recurring * 50 >= lines.length;

  return ({ label, isMarked }) => {
    if (!label) return false;
    if (people.find(label) || isPlaceholder(label)) return true;
    if (!looksLikeName(label)) return false;
    if (people.isMisspelt(label) || (isMarked && label === label.toUpperCase())) return true;
    const key = keyOf(label);
    const count = counts.get(key) ?? 0;
    // "Will" is a name and "Question" none; a word that is also said as one has to recur more often.
    return isDense && count > (key.split(' ').every((word) => common.has(word)) ? 4 : 1);
  };
}

/** Whether a name is written where its speaker begins, rather than at every cue: then the same one does not follow itself. */
function labelsMarkTurns(lines: readonly Opening[][]): boolean {
  let count = 0;
  let repeated = 0;
  let before: string | undefined;
  for (const each of lines) {
    const labels = each.flatMap(({ label }) => label ?? []);
    count += labels.length;
    if (labels[0] !== undefined && before === labels[0]) repeated += 1;
    before = labels.at(-1);
  }
  return repeated * 4 <= count && count * 50 >= lines.length;
}

/** The people whom a site knows, by what they are called in a transcript. */
class People {
  readonly #byKey: ReadonlyMap<string, string>;
  readonly #parts: readonly (readonly [name: string, parts: readonly string[]])[] = [];

  /** Of a whole name that is in the transcript too, a part is enough. */
  constructor({ site, episode }: KnownNames, inFile: Iterable<string> = []) {
    this.#byKey = byKeyOf(site);
    const whole = [...inFile].filter((name) => keyOf(name).includes(' ') && !isPlaceholder(name));
    const names = new Map([...whole.toReversed(), ...episode].map((name) => [keyOf(name), this.find(name) ?? name]));
    this.#parts = [...names.values()].map((name) => [name, keyOf(name).split(' ')]);
  }

  has(name: string): boolean {
    return this.#byKey.get(keyOf(name)) === name;
  }

  /** A name as the site has it: the whole name, or the first or last one of somebody in the episode. */
  find(written: string): string | undefined {
    const key = keyOf(written);
    const whole = this.#byKey.get(key);
    if (whole) return whole;
    const among = this.#parts.filter(([, parts]) => parts[0] === key || parts.at(-1) === key);
    return among.length === 1 && key.length > 1 ? among[0]?.[0] : undefined;
  }

  /** The name that may be meant: one that has it in it, or that is spelt much like it. */
  nearest(written: string): string | undefined {
    const part = keyOf(written);
    const found = [...this.#byKey].filter(([key]) => key.split(' ').includes(part)).map(([, name]) => name);
    return found.length === 1 ? found[0] : resembling(written, this.#byKey.values());
  }

  /** Whether a whole name differs from one that is known in two letters at most. */
  isMisspelt(written: string): boolean {
    const key = keyOf(written);
    return key.includes(' ') && [...this.#byKey.keys()].some((name) => distance(name, key) <= 2);
  }
}

/** The names of a site are the same for all of its transcripts. */
const byKeys = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

function byKeyOf(names: readonly string[]): ReadonlyMap<string, string> {
  let byKey = byKeys.get(names);
  if (!byKey) byKeys.set(names, (byKey = new Map(names.map((name) => [keyOf(name), name]))));
  return byKey;
}

/** A name without what people write in different ways: case, accents, titles, underscores. */
const keyOf = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\s._]+/g, ' ')
    .trim()
    .replace(/^(?:dr|prof|professor|mr|mrs|ms) (?=\S)/, '');

/** What tools write for those whose names they do not know. */
const isPlaceholder = (name: string): boolean =>
  /^(?:(?:unknown |unidentified )?(?:speaker|spk|voice|guest|host|participant|person|interviewer|sprecher|sprecherin)[\s_#-]*(?:\d+|[a-z])|(?:unknown|unidentified) speaker)$/i.test(
    name,
  );

/** One to five words that begin as names do, none of which opens sentences. */
const looksLikeName = (label: string): boolean => {
  const words = label.split(/\s+/);
  return (
    words.length <= 5 &&
    /^\P{N}/u.test(label) &&
    words.every(
      (word) => /^(?:["“(]?[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}\p{N}.'’"”)_-]*|\d+|&)$/u.test(word) || particles.has(word),
    ) &&
    !openings.has(keyOf(words[0] ?? '')) &&
    !openings.has(keyOf(words.at(-1) ?? ''))
  );
};

const particles = new Set(
  'de del della den der di dos du da van von zu la le el al bin ibn y e und and of the'.split(' '),
);

/** What stands before a colon in front of a sentence. */
const openings = new Set(
  `a again also and answer answers anyway advice as basically because bonus btw but caution caveat chapter clarification
  conclusion correction credits danger disclaimer edit editor episode eg example examples exercise explanation fact facts
  finally first fifth fourth fyi goal hint he her his how i idea ie if important in it its item just last lesson lessons let
  link links listen look me meaning music my myth narration never next no not note notes nb now number ok okay one option or
  our part point pro problem ps q question questions quote reality reason recap remember reminder result rule rules second
  section she sidenote so solution song source sources spoiler step story subject suddenly summary task that the then they
  thing third this three tip tips title today tomorrow topic transcript transcription translation truth two update warning
  we well what when where which who why yes yesterday you your`.split(/\s+/),
);
