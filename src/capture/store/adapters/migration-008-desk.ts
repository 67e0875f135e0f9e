import { issueStatements } from './migration-008-issues.ts';
import { leadStatements } from './migration-008-leads.ts';
import { partnerStatements } from './migration-008-partners.ts';
import { signInStatements } from './migration-008-sign-in.ts';
import type { Migration } from './migration.ts';

/** What the desk and partners need, all or nothing. */
export const desk: Migration = {
  name: '008-desk',
  statements: (types) =>
    [leadStatements, signInStatements, partnerStatements, issueStatements].flatMap((statements) => statements(types)),
};
