import type { PersonLink } from './records.ts';

/** What one speaker says between two moments, in seconds. */
export interface Cue {
  start: number;
  end: number;
  speaker?: string | undefined;
  text: string;
}

/** A speaker of a transcript: a person of the episode, or a name that has no page here. */
export type Speaker = Pick<PersonLink, 'name'> & Partial<Pick<PersonLink, 'side' | 'url'>>;

/** What one speaker says in one go, cue by cue. */
export interface Paragraph {
  /** Its anchor on the page: `t-95` for one that begins at second 95. */
  id: string;
  /** Seconds. */
  start: number;
  end: number;
  speaker?: Speaker | undefined;
  cues: Cue[];
}

/** A paragraph ends with its speaker, or at the first sentence that ends after so many characters. */
const paragraphLength = 400;

/** The cues of a transcript as paragraphs; speakers are matched by name with the people of the episode. */
export function paragraphs(cues: readonly Cue[], people: readonly PersonLink[]): Paragraph[] {
  const found: Paragraph[] = [];
  const ids = new Set<string>();
  for (const cue of cues) {
    const last = found.at(-1);
    if (last && last.speaker?.name === cue.speaker && !isFull(last)) {
      last.cues.push(cue);
      last.end = cue.end;
    } else
      found.push({
        id: freeId(cue.start, ids),
        start: cue.start,
        end: cue.end,
        speaker: speaker(cue, people),
        cues: [cue],
      });
  }
  return found;
}

function isFull({ cues }: Paragraph): boolean {
  const length = cues.reduce((sum, { text }) => sum + text.length, 0);
  return length > paragraphLength && /[.!?…]["”’)]?$/.test(cues.at(-1)?.text ?? '');
}

function speaker({ speaker }: Cue, people: readonly PersonLink[]): Speaker | undefined {
  if (!speaker) return undefined;
  const person = people.find(({ name }) => name.toLowerCase() === speaker.toLowerCase());
  return person ? { name: speaker, side: person.side, url: person.url } : { name: speaker };
}

function freeId(start: number, taken: Set<string>): string {
  const base = `t-${Math.floor(start)}`;
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
  taken.add(id);
  return id;
}
