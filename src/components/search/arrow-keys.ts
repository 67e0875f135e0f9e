/**
 * Arrow keys from the field through whatever it offers, and back. The focus itself moves: what is offered are links with
 * headings and marks, and the options of a listbox would be none of these to a screen reader. While the panel is busy,
 * what it shows is about to go, and is not walked into.
 */
export function followArrows(panel: HTMLElement, field: HTMLInputElement): void {
  panel.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const stops = [...panel.querySelectorAll<HTMLElement>('[data-arrows] a')].filter((link) => link.checkVisibility());
    const here = stops.indexOf(event.target);
    if (here < 0 && (event.target !== field || panel.ariaBusy)) return;
    const next = stopFor(event.key, here, stops, field);
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (here >= 0 && isLetter(event) && panel.closest('dialog')) {
      // The letter goes on into the field. On a page it may be a key of the player.
      field.focus();
    }
  });
}

function stopFor(key: string, here: number, stops: HTMLElement[], field: HTMLElement): HTMLElement | undefined {
  if (key === 'ArrowDown') return stops[Math.min(here + 1, stops.length - 1)];
  if (here < 0) return undefined;
  if (key === 'ArrowUp') return here === 0 ? field : stops[here - 1];
  if (key === 'Home') return stops[0];
  return key === 'End' ? stops.at(-1) : undefined;
}

const isLetter = ({ key }: KeyboardEvent) => key.length === 1 && key !== ' ';
