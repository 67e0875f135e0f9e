import { actionOf } from './keys.ts';
import { recall } from './memory.ts';
import { placeOf } from './place.ts';
import { stage } from './stage.ts';

/** Readers who speak to their browser, or press keys by accident, can keep the keys to the player (WCAG 2.1.4). */
export const keysSetting = 'keys';
export const onlyInPlayer = 'in-player';

document.addEventListener('keydown', (event) => {
  const { playback } = stage;
  if (!playback || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const focus = event.composedPath().find((node) => node instanceof Element);
  const place = placeOf(focus, playback.inUse);
  if (!place.inPlayer && recall(keysSetting) === onlyInPlayer) return;
  const action = actionOf(event, place);
  if (!action) return;
  event.preventDefault();
  action(playback);
});
