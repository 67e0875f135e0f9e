declare namespace App {
  interface Locals {
    /** The records that the body being rendered names by slug. `Prose` sets it. */
    mentions: import('#catalog/records.ts').Mentions;
  }
}
