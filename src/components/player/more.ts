/**
 * All that a player has for readers who use it: nothing of it comes to those who only read. It is loaded as something
 * begins to play, by a list in which something was heard, and by what played on the page before.
 */
import './chapter-list.ts';
import './learning.ts';
import './media-session.ts';
import './tabs.ts';
import { browseOn } from './browsing.ts';
import { copyFrom, copyMoment } from './copying.ts';
import { ContinueListening } from './continue-listening.ts';
import { takeUpOnceReady } from './handover.ts';
import { HeardMark } from './heard-mark.ts';
import { showKeySheet } from './key-sheet.ts';
import { MiniPlayer } from './mini-player.ts';
import type { MoreCode } from './more-code.ts';
import { PlayButton } from './play-button.ts';
import { putBy, showPutBy } from './put-by.ts';
import { SmallPlayer } from './small-player.ts';
import { TranscriptQuote } from './transcript-quote.ts';
import { TranscriptSearch } from './transcript-search.ts';

customElements.define('mini-player', MiniPlayer);
const bar = new MiniPlayer();
document.body.append(bar);
browseOn(bar);
customElements.define('continue-listening', ContinueListening);
customElements.define('heard-mark', HeardMark);
customElements.define('small-player', SmallPlayer);
customElements.define('play-button', PlayButton);
takeUpOnceReady();

const offered: MoreCode = { showKeySheet, copyFrom, copyMoment, putBy, showPutBy, TranscriptQuote, TranscriptSearch };
export default offered;
