import { recall, remember } from './memory.ts';

/** Whether the next episode goes on by itself at the end of one: the reader's choice, kept. */
export const playsOn = (): boolean => recall('plays-on') === 'yes';

export const setPlaysOn = (wanted: boolean): void => remember('plays-on', wanted ? 'yes' : undefined);
