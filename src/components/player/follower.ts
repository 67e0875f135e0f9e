/** An element that shows what changes elsewhere: rendered as it comes onto a page, and at each `change` until it leaves. */
export abstract class Follower extends HTMLElement {
  protected abstract readonly followed: EventTarget;
  #leaving = new AbortController();

  connectedCallback() {
    this.#leaving = new AbortController();
    this.followed.addEventListener('change', () => this.render(), { signal: this.#leaving.signal });
    this.render();
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  protected abstract render(): void;
}
