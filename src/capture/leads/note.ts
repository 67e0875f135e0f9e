import { isVisible, readText } from '#capture/comments/text.ts';

/** The longest note that is taken, in characters. */
export const longestNote = 5000;

/** A note as it is kept: '' for none, undefined for one that is too long. */
export function readNote(typed: string | undefined): string | undefined {
  const note = typed ?? '';
  // The length first: what is done to a text takes time that grows with it.
  const read = readText(note, 'note', longestNote);
  if (read.text !== undefined) return read.text;
  return note.length <= longestNote && !isVisible(note) ? '' : undefined;
}
