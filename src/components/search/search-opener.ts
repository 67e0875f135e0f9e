/** The way to search from every page: a link without script, then a dialog whose code comes when it is asked for. */
class SearchOpener extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => {
      if (!(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) this.#open(event);
    });
    document.addEventListener('keydown', this.#keyPressed);
    if (new URLSearchParams(location.search).has('highlight'))
      void scriptOf<typeof import('./found-words.ts')>('found-words-script').then((code) => code.showFoundWords());
  }

  readonly #keyPressed = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const isAsked = !altKey && (ctrlKey || metaKey ? key === 'k' : key === '/' && singleKeysWork());
    if (!isAsked || event.defaultPrevented || document.querySelector('dialog[open]')) return;
    if (!(event.target as Element).closest('input, select, textarea, [contenteditable]')) this.#open(event);
  };

  #open(event: Event): void {
    event.preventDefault();
    // The search page has a field of its own.
    const field = document.querySelector<HTMLElement>('search-page input');
    if (field) field.focus();
    else
      scriptOf<typeof import('./search-dialog.ts')>('search-dialog-script').then(
        (code) => code.openSearch(),
        () => location.assign(this.querySelector('a')!.href),
      );
  }
}

/** As the reader chose in the list of the player's keys. It is asked here, for a module of two would be one request more. */
function singleKeysWork(): boolean {
  try {
    return localStorage.getItem('player:keys') !== 'in-player';
  } catch {
    return true;
  }
}

/** Runs the script that waits in a template. */
function scriptOf<Code>(id: string): Promise<Code> {
  const template = document.querySelector<HTMLTemplateElement>(`#${id}`)!;
  return import(/* @vite-ignore */ template.content.querySelector('script')!.src);
}

customElements.define('search-opener', SearchOpener);
