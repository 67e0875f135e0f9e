import { element, isPlainClick, part } from '#components/dom.ts';
import { adopt } from './adopted-styles.ts';
import { addressOf, isAsking } from './query.ts';
import { SearchPanel } from './search-panel.ts';
import styles from './search.css?inline';

let dialog: HTMLDialogElement | undefined;

/** Opens search over the page. It keeps its words and results until the reader goes to another document. */
export function openSearch(): void {
  dialog ??= searchDialog();
  // A page that was put in the place of the last one does not have it.
  if (!dialog.isConnected) document.body.append(dialog);
  if (dialog.open) return;
  // What the scroll bar leaves free stays free, so that nothing moves.
  const { style, clientWidth } = document.documentElement;
  style.setProperty('--scroll-bar', `${innerWidth - clientWidth}px`);
  dialog.showModal();
  dialog.querySelector('input')?.select();
}

function searchDialog(): HTMLDialogElement {
  adopt(styles);
  if (!customElements.get('search-panel')) customElements.define('search-panel', SearchPanel);
  const panel = new SearchPanel();
  const all = element('a', { class: 'search-all', href: addressOf(panel.query) }, 'Everything there is');
  const keys = element(
    'p',
    { class: 'search-keys', 'aria-hidden': 'true' },
    '↑ ↓ to move, Enter to open, Esc to close',
  );
  const made = element(
    'dialog',
    { class: 'search-dialog', 'aria-labelledby': 'search-dialog-title' },
    element('h1', { class: 'search-tab', id: 'search-dialog-title' }, 'Search the files'),
    panel,
    element('div', { class: 'search-foot' }, keys, all),
  );
  panel.addEventListener('ask', () => {
    all.href = addressOf(panel.query);
    all.textContent = isAsking(panel.query) ? 'All results' : 'Everything there is';
  });
  document.body.append(made);
  const close = part(panel, 'close', HTMLButtonElement);
  close.hidden = false;
  close.addEventListener('click', () => made.close());
  made.addEventListener('keydown', (event) => {
    // In a search field a browser may take the key for emptying it.
    if (event.key !== 'Escape') return;
    event.preventDefault();
    made.close();
  });
  made.addEventListener('click', (event) => {
    const { target } = event;
    const link = target instanceof Element && target.closest('a[href]');
    if (target === made || (link && isPlainClick(event))) made.close();
  });
  return made;
}
