/** What a key can do. */
export interface Keyboard {
  toggle(): void;
  skip(seconds: number): void;
  /** To a share of the recording, 0 to 1. */
  seekTo(share: number): void;
  /** By a share of full volume. */
  louder(share: number): void;
  toggleMute(): void;
  /** By so many steps of the list of speeds. */
  faster(steps: number): void;
  toggleFullScreen(): void;
  showKeys(): void;
}

/** Where the focus is, and whose keys are whose there. */
export interface Place {
  /** Fields and lists take every key, a slider (or a scroller) its arrows, a control (a button, a link) what activates it. */
  takes: 'every key' | 'slider' | 'seek bar' | 'control' | 'nothing';
  inPlayer: boolean;
  /** Whether the reader has used the player on this visit. */
  inUse: boolean;
}

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;
type Action = (keyboard: Keyboard) => void;

/** What a press of a key does to the player, if anything. */
export function actionOf(press: Press, place: Place): Action | undefined {
  const { key } = press;
  if (press.ctrlKey || press.metaKey || press.altKey || place.takes === 'every key') return undefined;
  // Shift types some of the signs; with anything else it is a shortcut of somebody else.
  if (press.shiftKey && !/^[\d<>?]$/.test(key)) return undefined;
  if (isTaken(key, place)) return undefined;
  return /^\d$/.test(key) ? (player) => player.seekTo(Number(key) / 10) : actions[key.toLowerCase()];
}

const actions: Record<string, Action> = {
  ' ': (player) => player.toggle(),
  k: (player) => player.toggle(),
  j: (player) => player.skip(-15),
  l: (player) => player.skip(30),
  arrowleft: (player) => player.skip(-5),
  arrowright: (player) => player.skip(5),
  arrowup: (player) => player.louder(0.1),
  arrowdown: (player) => player.louder(-0.1),
  m: (player) => player.toggleMute(),
  f: (player) => player.toggleFullScreen(),
  '<': (player) => player.faster(-1),
  '>': (player) => player.faster(1),
  '?': (player) => player.showKeys(),
};

function isTaken(key: string, { takes, inPlayer, inUse }: Place): boolean {
  const vertical = key === 'ArrowUp' || key === 'ArrowDown';
  if (takes === 'slider') return key.startsWith('Arrow');
  if (takes === 'seek bar') return vertical;
  // Elsewhere on the page, these are how it is scrolled.
  if (key === ' ') return takes === 'control' || !(inPlayer || inUse);
  return vertical && !inPlayer;
}
