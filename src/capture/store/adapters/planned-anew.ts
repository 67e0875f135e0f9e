import { sql } from 'kysely';

/** What a statement has in its text where PostgreSQL is to plan it for the values of each time. */
export const plannedAnewMark = '/* planned anew */';

/**
 * Put behind `select` where the best plan depends on what is asked for: all leads of a year are read best as they lie, those of
 * a week by an index. A statement that a connection keeps is planned once for whatever values (PostgreSQL's documentation of
 * PREPARE, "Notes"), which is right for what finds one row.
 */
export const plannedAnew = sql.raw(plannedAnewMark);
