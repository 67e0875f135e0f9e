import { element } from '#components/dom.ts';
import { stage } from './stage.ts';

/** Puts the film of another host in the place of its button, once it is clicked. */
export class VideoFacade extends HTMLElement {
  connectedCallback() {
    this.querySelector('button')?.addEventListener('click', () => this.play());
  }

  play(seconds = 0): void {
    const { source = '', moment = '', title = '' } = this.dataset;
    const frame = element('iframe', {
      class: 'aspect-video w-full rounded-sm border-0',
      title,
      allow: 'autoplay; encrypted-media; fullscreen; picture-in-picture',
      // YouTube plays for nobody whose page it does not know.
      referrerpolicy: 'strict-origin-when-cross-origin',
      src: seconds > 0 ? `${source}${moment}${Math.floor(seconds)}` : source,
    });
    stage.playback?.pause();
    this.replaceChildren(frame);
    frame.focus();
  }
}
