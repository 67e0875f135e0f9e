import { element } from '#components/dom.ts';
import { adopt } from './adopted-styles.ts';
import { wordPlaces } from './word-places.ts';
import styles from './found-words.css?inline';

const parameter = 'highlight';
let hasStyles = false;

/**
 * Shows the words that a search found on this page, as the address names them. They are painted by the CSS Custom
 * Highlight API, so that the page stays as it is; a browser without it shows the page as ever.
 */
export async function showFoundWords(): Promise<void> {
  const words = (new URLSearchParams(location.search).get(parameter) ?? '').split(/\s+/).filter(Boolean);
  const main = document.querySelector('main');
  if (words.length === 0 || !main || typeof Highlight === 'undefined') return;
  const ranges = rangesIn(main, words);
  if (ranges.length === 0) return;
  if (!hasStyles) adopt(styles);
  hasStyles = true;
  CSS.highlights.set('search', new Highlight(...ranges));
  document.body.append(bar(words));
  await arrival();
  // Who has a moment to go to, or has begun to read, is left there.
  if (location.hash || scrollY > 0) return;
  const first = ranges.find((range) => range.getClientRects().length > 0);
  first?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
}

function rangesIn(root: Element, words: string[]): Range[] {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (text) =>
    text.parentElement?.closest('script, style, select, button, [data-part="controls"]')
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  const ranges: Range[] = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (const [begin, end] of wordPlaces(text.textContent ?? '', words)) {
      const range = new Range();
      range.setStart(text, begin);
      range.setEnd(text, end);
      ranges.push(range);
    }
  return ranges;
}

function bar(words: string[]): HTMLElement {
  const clear = element('button', { type: 'button' }, 'Clear');
  const made = element(
    'section',
    { class: 'found-words', 'aria-label': 'Words that were searched for' },
    element('p', {}, `Highlighted: ${words.join(', ')}`),
    clear,
  );
  clear.addEventListener('click', () => {
    CSS.highlights.delete('search');
    made.remove();
    const address = new URL(location.href);
    address.searchParams.delete(parameter);
    history.replaceState(history.state, '', address);
    document.querySelector('main')?.focus({ preventScroll: true });
  });
  return made;
}

/** When the browser has put a page that was swapped in at its top. */
async function arrival(): Promise<void> {
  if ('navigation' in globalThis) await navigation.transition?.finished.catch(() => {});
}
