/** A step of the tables to their newest form; there is no way back. */
export interface Migration {
  /** Its number and what it is about; recorded in `schema_migration`. */
  name: string;
  /** SQL that both engines understand. */
  statements(types: ColumnTypes): string[];
}

/** What the engines call the same thing. */
export interface ColumnTypes {
  /** Text that is compared byte by byte, so that order and prefixes are the same everywhere. */
  text: string;
  /** 64 bits. */
  integer: string;
  /** What stands after the closing parenthesis of a table. */
  tail: string;
}
