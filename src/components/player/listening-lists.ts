import { element, part, setText } from '#components/dom.ts';
import { Follower } from './follower.ts';
import { listenRow } from './listen-rows.ts';
import { exported, forgetListens, listens, takeOver } from './listen-list.ts';
import { keepListen, type Listen, listening } from './listens.ts';

/** The page of what the reader listened to: three lists, a file of them, and an end to them. */
export class ListeningLists extends Follower {
  protected readonly followed = listening;

  constructor() {
    super();
    part(this, 'save', HTMLButtonElement).addEventListener('click', () => this.#save());
    part(this, 'erase', HTMLButtonElement).addEventListener('click', () => this.#erase());
    const bring = part(this, 'bring', HTMLInputElement);
    bring.addEventListener('change', () => void this.#bring(bring));
  }

  protected render(): void {
    const all = listens();
    const lists: Record<string, Listen[]> = {
      begun: all.filter(({ place }) => place !== undefined),
      later: all.filter(({ isLater }) => isLater),
      played: all.filter(({ isPlayed }) => isPlayed),
    };
    for (const [name, list] of Object.entries(lists)) {
      const rows = list.map((listen) => listenRow(listen, forgetButton(listen, name)));
      this.querySelector(`[data-list="${name}"]`)?.replaceChildren(...rows);
      this.querySelector(`[data-none="${name}"]`)?.toggleAttribute('hidden', list.length > 0);
    }
  }

  #save(): void {
    const address = URL.createObjectURL(new Blob([exported()], { type: 'application/json' }));
    element('a', { href: address, download: 'listening.json' }).click();
    setTimeout(() => URL.revokeObjectURL(address));
  }

  async #bring(input: HTMLInputElement): Promise<void> {
    const text = await input.files?.[0]?.text();
    input.value = '';
    if (text === undefined) return;
    const count = takeOver(text);
    this.#say(
      count > 0
        ? `${count} ${count === 1 ? 'episode was' : 'episodes were'} brought in.`
        : 'Nothing in this file is newer than what is here. It has to be a file that was saved on this page.',
    );
  }

  #erase(): void {
    forgetListens();
    this.#say('All of it is erased.');
  }

  #say(words: string): void {
    setText(part(this, 'said', HTMLElement), words);
  }
}

/** Takes an episode out of a list. */
function forgetButton({ track }: Listen, list: string): HTMLButtonElement {
  const change = { begun: { place: undefined }, later: { isLater: false }, played: { isPlayed: false } }[list];
  const button = element(
    'button',
    {
      type: 'button',
      class: 'font-type text-small min-h-11 min-w-11 cursor-pointer hover:underline',
      'aria-label': `Take out: ${track.title}`,
    },
    '×',
  );
  button.addEventListener('click', () => keepListen(track, change ?? {}));
  return button;
}
