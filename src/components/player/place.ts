import type { Place } from './keys.ts';

/** Whose keys are whose for an element that has the focus. */
export function placeOf(focus: Element | undefined, inUse: boolean): Place {
  return { takes: takenBy(focus), inPlayer: Boolean(focus?.closest('episode-player, mini-player')), inUse };
}

function takenBy(focus: Element | undefined): Place['takes'] {
  if (focus?.matches('[data-part="seek"]')) return 'seek bar';
  if (focus?.matches('[type="range"], [role="slider"], [role="group"][tabindex="0"]')) return 'slider';
  if (focus?.closest(takers)) return 'every key';
  return focus?.closest('button, a[href], summary, [role="button"]') ? 'control' : 'nothing';
}

const takers =
  'input, select, textarea, dialog, iframe, [contenteditable], [role="listbox"], [role="combobox"], [role="menu"], [role="tablist"]';
