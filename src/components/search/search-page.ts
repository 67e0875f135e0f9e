/** The search page. Its workings come when something is asked, by the address or by the reader. */
class SearchPage extends HTMLElement {
  connectedCallback() {
    const begin = async () => {
      const template = document.querySelector<HTMLTemplateElement>('#search-page-script')!;
      const { src } = template.content.querySelector('script')!;
      const code = (await import(/* @vite-ignore */ src)) as typeof import('./page-address.ts');
      code.followAddress(this);
    };
    if (location.search) void begin();
    else this.addEventListener('focusin', () => void begin(), { once: true });
  }
}

customElements.define('search-page', SearchPage);
