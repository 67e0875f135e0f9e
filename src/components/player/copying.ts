import { clock } from '#site/length.ts';
import { addressAt } from './moment.ts';
import type { Playback } from './playback.ts';

/** Copies the text that a button carries as `data-copy`, and says so in its own place. */
export async function copyFrom(button: HTMLElement): Promise<void> {
  const text = button.dataset['copy'] ?? '';
  const label = (button.dataset['label'] ??= button.textContent.trim());
  button.addEventListener('blur', () => (button.textContent = label), { once: true });
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    // Where nothing may be copied by a script, the text is shown, to be copied by hand.
    button.textContent = text;
  }
}

/** Copies a link to where a recording stands; where nothing may be copied it is put into the address bar. */
export async function copyMoment(playback: Playback): Promise<void> {
  const { facts, time } = playback;
  const link = addressAt(new URL(facts.page, location.href), time);
  try {
    await navigator.clipboard.writeText(link);
    playback.notify(`Link to ${clock(time)} copied`);
  } catch {
    history.replaceState(history.state, '', link);
    playback.notify('The link is in the address bar');
  }
}
