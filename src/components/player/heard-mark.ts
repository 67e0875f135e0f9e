import { setText } from '#components/dom.ts';
import { Follower } from './follower.ts';
import { heard } from './heard.ts';
import { listening, listenTo } from './listens.ts';

/** Says what the reader has heard of an episode, from what their device remembers. */
export class HeardMark extends Follower {
  protected readonly followed = listening;

  protected render(): void {
    setText(this, heard(listenTo(this.dataset['episode'] ?? '')));
  }
}
