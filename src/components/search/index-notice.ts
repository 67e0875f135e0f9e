import { element } from '#components/dom.ts';

/** That the index did not load, and what to do about it. */
export function indexNotice(retry: () => void): HTMLElement {
  const again = element('button', { class: 'search-button', type: 'button' }, 'Try again');
  again.addEventListener('click', retry);
  const reason = import.meta.env.DEV
    ? 'There is no index yet: run “npm run build” once, then try again.'
    : 'The search did not load. Your words are kept: look at your connection, then try again.';
  return element('div', { role: 'alert' }, element('p', {}, reason), again);
}
