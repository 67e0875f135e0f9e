import type { Cue, Paragraph, PersonLink, Speaker } from './records.ts';

/** A paragraph ends with its speaker, or at the first sentence that ends after so many characters. */
const paragraphLength = 400;
/** Where no sentence ends, as in automatic captions, it ends after so many. */
const longestParagraph = 1000;

/** The cues of a transcript as paragraphs; speakers are matched by name with the people of the episode. */
export function paragraphs(cues: readonly Cue[], people: readonly PersonLink[]): Paragraph[] {
  const found: Paragraph[] = [];
  const ids = new Set<string>();
  for (const cue of cues) {
    const last = found.at(-1);
    if (last && !cue.turn && last.speaker?.name === cue.speaker && !isFull(last)) {
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
  return (
    length > longestParagraph || (length > paragraphLength && /[.!?…。！？]["”’)」]?$/.test(cues.at(-1)?.text ?? ''))
  );
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
