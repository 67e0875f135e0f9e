/** What waits, as numbers. */
export interface Waits {
  /** Absent where the role does not see them. */
  leads?: { total: number; late: number } | undefined;
  comments: number;
  questions: number;
  failed: number;
}

/** The news of the day in a sentence: "Seven people wait for a first answer, two of them too long". */
export function headline({ leads = { total: 0, late: 0 }, comments, questions, failed }: Waits): string {
  const { total, late } = leads;
  if (total > 0) {
    const people = `${upper(spelled(total))} ${total === 1 ? 'person waits' : 'people wait'} for a first answer`;
    if (late === 0) return people;
    if (late === total)
      return `${people}, ${total === 1 ? 'and too long' : total === 2 ? 'both too long' : 'all too long'}`;
    return `${people}, ${spelled(late)} of them too long`;
  }
  if (comments + questions > 0) {
    const both = listed([...some(comments, 'comment'), ...some(questions, 'question')]);
    return `${upper(both)} ${comments + questions === 1 ? 'waits' : 'wait'} for a decision`;
  }
  if (failed > 0) return `${upper(spelled(failed))} ${failed === 1 ? 'mail has' : 'mails have'} failed`;
  return 'Nobody waits';
}

/** "three comments", or nothing where there are none. */
export const some = (n: number, one: string): string[] => (n === 0 ? [] : [`${articled(n, one)}`]);

/** "a", "a and b", "a, b and c". */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const words = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Numbers up to twelve as words. */
export const spelled = (n: number): string => words[n] ?? n.toLocaleString('en');

const articled = (n: number, one: string) => (n === 1 ? `a ${one}` : `${spelled(n)} ${one}s`);
const upper = (text: string) => text.replace(/^./, (letter) => letter.toUpperCase());
