import type { Migration } from './migration.ts';

/** The consents that have a network address or a browser still, so that those go in time without all being read. */
export const evidence: Migration = {
  name: '012-evidence',
  statements: () => [
    'create index consent_event_evidence on consent_event (at) where ip is not null or ua is not null',
  ],
};
