import type { AlertRow } from './tables.ts';

/** What a unit of work may read and change of what is wrong with the server. */
export interface AlertRecords {
  /** All that is or was wrong, by kind. No other unit looks at it until this one ends. */
  alerts(): Promise<AlertRow[]>;
  setAlert(alert: AlertRow): Promise<void>;
}
