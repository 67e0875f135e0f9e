/** The views of a recording that plays: the system's controls, and the bar that stays while the reader browses on. */
import './learning.ts';
import './media-session.ts';
import { browseOn } from './browsing.ts';
import { MiniPlayer } from './mini-player.ts';

customElements.define('mini-player', MiniPlayer);
const bar = new MiniPlayer();
document.body.append(bar);
browseOn(bar);
