import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { placeOf } from '#components/player/place.ts';

const focusOn = (html: string) => {
  const { document } = parseHTML(`<body>${html}</body>`);
  return document.querySelector<Element>('[x]') ?? undefined;
};

test.each([
  ['<input x>', 'every key'],
  ['<select x></select>', 'every key'],
  ['<textarea x></textarea>', 'every key'],
  ['<div contenteditable><b x>word</b></div>', 'every key'],
  ['<dialog><p x></p></dialog>', 'every key'],
  ['<input x type="range">', 'slider'],
  ['<input x type="range" data-part="seek">', 'seek bar'],
  ['<button x></button>', 'control'],
  ['<a x href="/"></a>', 'control'],
  ['<details><summary x></summary></details>', 'control'],
  ['<pre x role="group" tabindex="0"></pre>', 'slider'],
  ['<main x tabindex="-1"></main>', 'nothing'],
])('the focus on %s takes %s', (html, takes) => {
  expect(placeOf(focusOn(html), false).takes).toBe(takes);
});

test.each(['episode-player', 'mini-player'])('a part of <%s> is in the player', (player) => {
  expect(placeOf(focusOn(`<${player}><button x></button></${player}>`), true)).toEqual({
    takes: 'control',
    inPlayer: true,
    inUse: true,
  });
});
