import { part } from '#components/dom.ts';
import { Follower } from './follower.ts';
import { listenRow } from './listen-rows.ts';
import { listens } from './listen-list.ts';
import { listening } from './listens.ts';

/** The two that the reader listened to last, and has not heard to their end. */
export class ContinueListening extends Follower {
  protected readonly followed = listening;

  protected render(): void {
    const begun = listens().filter(({ place }) => place !== undefined);
    this.toggleAttribute('data-full', begun.length > 0);
    const list = part(this, 'list', HTMLElement);
    // What has the focus stays: only another order or another place is a reason to write the rows anew.
    const shown = JSON.stringify(begun.slice(0, 2));
    if (list.dataset['shown'] === shown || list.contains(document.activeElement)) return;
    list.dataset['shown'] = shown;
    list.replaceChildren(...begun.slice(0, 2).map((listen) => listenRow(listen)));
  }
}
