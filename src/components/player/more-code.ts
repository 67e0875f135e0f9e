import type { Track } from './facts.ts';
import type { Playback } from './playback.ts';

/** What more.ts offers to the player that loads it. */
export interface MoreCode {
  showKeySheet: () => void;
  copyFrom: (button: HTMLElement) => Promise<void>;
  putBy: (button: HTMLButtonElement, track: Track) => void;
  showPutBy: (button: HTMLButtonElement, track: Track) => void;
  copyMoment: (playback: Playback) => Promise<void>;
  TranscriptQuote: new (
    transcript: HTMLElement,
    cues: readonly { cue: Element; start: number }[],
    signal: AbortSignal,
  ) => unknown;
  TranscriptSearch: new (transcript: HTMLElement) => unknown;
}

let code: Promise<MoreCode> | undefined;

/** Loads more.ts, by the script that waits in a template: the bundler's own way would weigh more than half of the player. */
export const moreCode = (): Promise<MoreCode> =>
  (code ??= import(
    /* @vite-ignore */ document.querySelector<HTMLTemplateElement>('#player-more')!.content.querySelector('script')!.src
  ).then((module: { default: MoreCode }) => module.default));
