/** What a recording brings along once it plays: none of it is asked for by readers who only read. */
import './media-session.ts';
import { browseOn } from './browsing.ts';
import { MiniPlayer } from './mini-player.ts';

customElements.define('mini-player', MiniPlayer);
const bar = new MiniPlayer();
document.body.append(bar);
browseOn(bar);
