import { stage } from './stage.ts';

/** Puts the film of another host in the place of its button, once it is pressed. */
export class VideoFacade extends HTMLElement {
  connectedCallback() {
    this.querySelector('button')?.addEventListener('click', () => this.play());
  }

  play(seconds = 0): void {
    const { source = '', moment = '', title = '' } = this.dataset;
    const frame = document.createElement('iframe');
    frame.className = 'aspect-video w-full rounded-sm border-0';
    frame.title = title;
    frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
    // YouTube plays for nobody whose page it does not know.
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    frame.src = seconds > 0 ? `${source}${moment}${Math.floor(seconds)}` : source;
    stage.playback?.pause();
    this.replaceChildren(frame);
    frame.focus();
  }
}
