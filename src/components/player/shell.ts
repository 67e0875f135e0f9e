import { takeUpOnceReady } from './handover.ts';
import { stage } from './stage.ts';

/** What stands round the recordings, loaded once it is asked for: nothing of it comes to readers who only read. */
stage.addEventListener('start', () => void import('./on-air.ts'));
stage.addEventListener('keys', () => void import('./key-sheet.ts').then(({ showKeySheet }) => showKeySheet()));
takeUpOnceReady();
