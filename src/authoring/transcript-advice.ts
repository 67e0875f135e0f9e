/** What is unusual in a transcript, and what was made of it. Nothing of it keeps the site from being built. */
export interface Remark {
  kind: keyof typeof meanings;
  /** Counted from 1. */
  line: number;
  /** What stands there. */
  detail?: string | undefined;
  /** What may be meant. */
  nearest?: string | undefined;
}

/** A remark for the author; remarks of a kind are one, at the place of the first. */
export interface Advice {
  what: string;
  line: number;
  nearest?: string | undefined;
}

export function adviceOf(remarks: readonly Remark[]): Advice[] {
  const kinds = Map.groupBy(remarks, ({ kind, detail }) =>
    kind === 'stranger' || kind === 'placeholder' ? `${kind} ${detail}` : kind,
  );
  return [...kinds.values()]
    .flatMap((alike) => {
      const [first] = alike;
      if (!first) return [];
      const { kind, line, detail = '', nearest } = first;
      return { what: meanings[kind](alike.length, short(detail)), line, ...(nearest && { nearest }) };
    })
    .toSorted((a, b) => a.line - b.line);
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
const times = (count: number) => (count === 1 ? '' : ` (${count} times)`);

/** By what is unusual: a sentence for its author, of how often it is there and of what stands at the first place. */
const meanings = {
  encoding: (_, name) => `The file is in ${name}, which podcast apps do not read: save it as UTF-8`,
  header: () => 'The first line is to be "WEBVTT" alone: without it browsers show nothing. The published copy has it',
  'other-format': (_, ending) =>
    `The file is ${ending === 'srt' ? 'SRT' : 'WebVTT'} by what is in it: name it so, with .${ending}`,
  times: (count, line) =>
    `Times are not written as the format has them, as in "${line}"${times(count)}. The published copy has them right`,
  arrow: (count, line) => `The arrow between times is to be "-->": "${line}"${times(count)}`,
  'no-times': (count, line) =>
    `No times can be read in "${line}"${times(count)}: what is below it is shown with the cue before`,
  setting: (count, setting) => `"${setting}" places no cue in this format${times(count)}: it is passed over`,
  'beside-times': (count, said) => `"${said}" stands beside times${times(count)}: it is taken for what was said`,
  index: (count) => `Numbers of cues are missing or out of order${times(count)}. The published copy has them right`,
  'after-empty': (count) =>
    `A text follows an empty line, where a cue ends${times(count)}: it is taken for more of the cue before`,
  block: (_, name) => `A ${name} block stands after the first cue, where it is without effect: it is passed over`,
  early: (count) => `A text stands before the first cue${times(count)}: it is shown at the beginning`,
  'no-length': (count) =>
    `A cue does not end after it begins${times(count)}: it is shown until the next one, for four seconds at most`,
  order: (count) => `A cue begins before the one above it${times(count)}: cues are shown in the order of their times`,
  overlap: (count) => `A cue begins while another is still shown${times(count)}`,
  late: (count, length) =>
    `A cue begins when the recording is over, at ${length}${times(count)}: is it the transcript of another one?`,
  rolling: () =>
    'Captions that roll: lines stand in more than one cue, as automatic captions have them. Each is shown once',
  controls: (count) => `A control character${times(count)}: it is left out`,
  placeholder: (_, name) => `"${name}" stands for somebody: write who speaks`,
  stranger: (_, name) => `"${name}" speaks, and is nobody of this site`,
} satisfies Record<string, (count: number, detail: string) => string>;
