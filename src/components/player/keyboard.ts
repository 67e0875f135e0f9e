import { keysWorkEverywhere } from './key-setting.ts';
import { actionOf } from './keys.ts';
import { placeOf } from './place.ts';
import { stage } from './stage.ts';

document.addEventListener('keydown', (event) => {
  const { playback } = stage;
  if (!playback || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const focus = event.composedPath().find((node) => node instanceof Element);
  const place = placeOf(focus, playback.inUse);
  if (!place.inPlayer && !keysWorkEverywhere()) return;
  const action = actionOf(event, place);
  if (!action) return;
  event.preventDefault();
  action(playback);
});
