import { element } from '#components/dom.ts';
import { keysWorkEverywhere, setKeysEverywhere } from './key-setting.ts';

const keys = [
  ['Space, K', 'play or pause'],
  ['J, L', 'back 15, on 30 seconds'],
  ['←, →', 'back, on 5 seconds'],
  ['↑, ↓', 'volume, in the player'],
  ['M', 'mute'],
  ['0 to 9', 'to a tenth of the recording'],
  ['<, >', 'slower, faster'],
  ['F', 'full screen, of a film'],
  ['/', 'search the files'],
  ['?', 'this list'],
];

/** The dialog that lists the keys. It goes as it came: nothing of it is in the page before. */
export function showKeySheet(): void {
  const dialog = element('dialog', {
    class:
      'border-ink bg-paper text-ink m-auto max-h-[90dvh] w-[min(28rem,calc(100%-2rem))] overflow-y-auto rounded-sm border-2 p-6 backdrop:bg-black/50',
    'aria-labelledby': 'key-sheet-title',
  });
  dialog.innerHTML = `
    <h2 id="key-sheet-title" class="text-step-1">Keys of the player</h2>
    <dl class="mt-3">${keys.map(row).join('')}</dl>
    <label class="mt-4 flex min-h-11 cursor-pointer items-center gap-3">
      <input class="accent-ink size-5 shrink-0" type="checkbox">
      They work anywhere on the page
    </label>
    <form class="mt-3" method="dialog">
      <button autofocus class="bg-ink text-paper min-h-11 cursor-pointer rounded-sm px-5 font-semibold">Close</button>
    </form>`;
  const anywhere = dialog.querySelector('input');
  if (anywhere) {
    anywhere.checked = keysWorkEverywhere();
    anywhere.addEventListener('change', () => setKeysEverywhere(anywhere.checked));
  }
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const row = ([name = '', does = '']: string[]) => `
  <div class="border-rule grid grid-cols-[6rem_1fr] gap-3 border-b border-dotted py-1.5">
    <dt class="font-type">${name.replaceAll('<', '&lt;')}</dt>
    <dd>${does}</dd>
  </div>`;
