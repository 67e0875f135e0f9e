import { join } from 'node:path';

/** What this bench makes, and keeps for its next run. */
export const benchFolder: string = join('node_modules', '.cache', 'bench');
