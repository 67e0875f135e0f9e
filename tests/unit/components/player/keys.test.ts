import { describe, expect, test } from 'vitest';
import { type Keyboard, type Place, actionOf } from '#components/player/keys.ts';

/** A player that writes down what it is told. */
class ToldPlayer implements Keyboard {
  readonly told: unknown[] = [];
  toggle = () => this.told.push('toggle');
  skip = (seconds: number) => this.told.push('skip', seconds);
  seekTo = (share: number) => this.told.push('seek to', share);
  louder = (share: number) => this.told.push('louder', share);
  toggleMute = () => this.told.push('mute');
  faster = (steps: number) => this.told.push('faster', steps);
  toggleFullScreen = () => this.told.push('full screen');
  showKeys = () => this.told.push('keys');
}

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const onPage: Place = { takes: 'nothing', inPlayer: false, inUse: false };
const inPlayer: Place = { ...onPage, inPlayer: true };

function told(key: string, place: Partial<Place> = {}, modifiers: Partial<typeof plain> = {}) {
  const player = new ToldPlayer();
  actionOf({ key, ...plain, ...modifiers }, { ...inPlayer, ...place })?.(player);
  return player.told;
}

test.each([
  [' ', ['toggle']],
  ['k', ['toggle']],
  ['K', ['toggle']],
  ['j', ['skip', -15]],
  ['l', ['skip', 30]],
  ['ArrowLeft', ['skip', -5]],
  ['ArrowRight', ['skip', 5]],
  ['ArrowUp', ['louder', 0.1]],
  ['ArrowDown', ['louder', -0.1]],
  ['m', ['mute']],
  ['f', ['full screen']],
  ['0', ['seek to', 0]],
  ['7', ['seek to', 0.7]],
  ['x', []],
  ['Tab', []],
])('in the player, "%s" does %j', (key, does) => {
  expect(told(key)).toEqual(does);
});

test.each([
  ['<', ['faster', -1]],
  ['>', ['faster', 1]],
  ['?', ['keys']],
  ['1', ['seek to', 0.1]],
])('"%s" may be typed with Shift', (key, does) => {
  expect(told(key, {}, { shiftKey: true })).toEqual(does);
});

test.each(['ctrlKey', 'metaKey', 'altKey', 'shiftKey'] as const)('nothing is done with %s', (modifier) => {
  for (const key of ['k', ' ', 'ArrowLeft', 'm']) expect(told(key, {}, { [modifier]: true })).toEqual([]);
});

describe('keys that belong to what has the focus are left to it:', () => {
  test.each([' ', 'k', '5', 'ArrowLeft', '?'])('"%s" in a field', (key) => {
    expect(told(key, { takes: 'every key' })).toEqual([]);
  });
  test('the space that presses a button', () => {
    expect(told(' ', { takes: 'control' })).toEqual([]);
    expect(told('k', { takes: 'control' })).toEqual(['toggle']);
  });
  test('the arrows of a slider', () => {
    for (const key of ['ArrowUp', 'ArrowRight']) expect(told(key, { takes: 'slider' })).toEqual([]);
    expect(told('m', { takes: 'slider' })).toEqual(['mute']);
  });
  test('up and down of the seek bar, which goes left and right by five seconds', () => {
    expect(told('ArrowUp', { takes: 'seek bar' })).toEqual([]);
    expect(told('ArrowRight', { takes: 'seek bar' })).toEqual(['skip', 5]);
  });
});

describe('elsewhere on the page', () => {
  test('up and down scroll it', () => {
    expect(told('ArrowDown', { ...onPage, inUse: true })).toEqual([]);
  });
  test('the space scrolls it, until the player is in use', () => {
    expect(told(' ', onPage)).toEqual([]);
    expect(told(' ', { ...onPage, inUse: true })).toEqual(['toggle']);
  });
  test('the other keys are the player’s', () => {
    expect(told('l', onPage)).toEqual(['skip', 30]);
  });
});
