import type { Side } from '#model/field.ts';

/** The sides in words, since colour alone tells nobody anything. */
export const sideName: Record<Side, string> = { marketing: 'Marketing', sales: 'Sales', both: 'Both sides' };
