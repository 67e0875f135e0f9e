import { part, setText } from '#components/dom.ts';
import { occurrences } from './phrase.ts';

/**
 * Searches a transcript. What is found is painted by the CSS Custom Highlight API, so that the text stays as it is; a
 * browser without it counts and scrolls all the same.
 */
export class TranscriptSearch {
  readonly #input: HTMLInputElement;
  readonly #count: HTMLElement;
  readonly #transcript: HTMLElement;
  #found: Range[] = [];
  #here = 0;

  constructor(transcript: HTMLElement) {
    this.#input = part(transcript, 'query', HTMLInputElement);
    this.#count = part(transcript, 'count', HTMLElement);
    this.#transcript = transcript;
    this.#input.addEventListener('input', () => this.#search());
    this.#input.addEventListener('keydown', (event) => this.#keyPressed(event));
    part(transcript, 'found-before', HTMLButtonElement).addEventListener('click', () => this.#go(-1));
    part(transcript, 'found-after', HTMLButtonElement).addEventListener('click', () => this.#go(1));
    // What was typed while this was on its way.
    this.#search();
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      this.#input.value = '';
      this.#search();
    } else return;
    event.preventDefault();
  }

  #search(): void {
    const phrase = this.#input.value;
    this.#found = [...this.#transcript.querySelectorAll('[data-said]')].flatMap((said) => rangesOf(said, phrase));
    this.#here = 0;
    this.#show(phrase.trim() !== '');
  }

  #go(step: number): void {
    const { length } = this.#found;
    if (length === 0) return;
    this.#here = (this.#here + step + length) % length;
    this.#show(true);
  }

  #show(asked: boolean): void {
    const here = this.#found[this.#here];
    const position = here ? `${this.#here + 1} of ${this.#found.length}` : 'Not found';
    setText(this.#count, asked ? position : '');
    here?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
    paint('transcript-found', this.#found);
    paint('transcript-here', here ? [here] : []);
  }
}

function paint(name: string, ranges: Range[]): void {
  if (typeof Highlight === 'undefined') return;
  const highlight = new Highlight(...ranges);
  highlight.priority = name === 'transcript-here' ? 1 : 0;
  CSS.highlights.set(name, highlight);
}

/** The places of a phrase in an element; it may begin in one cue and end in another. */
function rangesOf(element: Element, phrase: string): Range[] {
  return occurrences(element.textContent, phrase).map(([begin, end]) => {
    const range = new Range();
    range.setStart(...pointAt(element, begin));
    range.setEnd(...pointAt(element, end));
    return range;
  });
}

function pointAt(element: Element, index: number): [Text | Element, number] {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let text = texts.nextNode(); text instanceof Text; text = texts.nextNode()) {
    if (index <= before + text.length) return [text, index - before];
    before += text.length;
  }
  return [element, element.childNodes.length];
}
