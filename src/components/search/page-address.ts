import { addressOf, isAsking, queryOf } from './query.ts';
import { SearchPanel } from './search-panel.ts';

/** Lets a search page's address say what is asked there, and ask what its address says. */
export function followAddress(page: HTMLElement): void {
  if (!customElements.get('search-panel')) customElements.define('search-panel', SearchPanel);
  const panel = page.querySelector('search-panel');
  if (!(panel instanceof SearchPanel)) return;
  const { title } = document;
  panel.addEventListener('ask', () => {
    if (!page.isConnected || panel.step === 'given') return;
    // What is typed is one entry of the history, and each choice another.
    const note = panel.step === 'chosen' ? 'pushState' : 'replaceState';
    history[note](history.state, '', addressOf(panel.query));
  });
  panel.addEventListener('answer', () => {
    if (page.isConnected) document.title = titleOf(panel, title);
  });
  const back = () => {
    if (page.isConnected) panel.ask(queryOf(location.search), 'given');
    else removeEventListener('popstate', back);
  };
  addEventListener('popstate', back);
  const asked = queryOf(location.search);
  if (isAsking(asked)) panel.ask(asked, 'given');
}

function titleOf({ query, count }: SearchPanel, title: string): string {
  if (count === undefined) return title;
  const results = count === 1 ? '1 result' : `${count || 'no'} results`;
  const words = query.words.trim();
  return `${words ? `“${words}”: ` : ''}${results} · ${title}`;
}
