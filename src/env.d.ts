declare namespace App {
  interface Locals {
    /** The records that the body being rendered names by slug. `Prose` sets it. */
    mentions: import('#catalog/records.ts').Mentions;
    /** The address of each film beside the entry that it plays. `Prose` sets it. */
    films?: import('#catalog/records.ts').Body['films'];
    /** For how long the server keeps things. `Prose` sets it. */
    retention?: import('#catalog/records.ts').Body['retention'];
    /** The series, for components of a body, which take no props of their page. `Base` sets it. */
    show?: import('#catalog/records.ts').Catalog['show'];
    /** What forms and links do, given by the server; `astro dev` has none. */
    capture?: import('#capture/capture.ts').Capture;
    /** What the desk's pages do, given by the server to those alone, where it has owners. */
    desk?: { door: import('#capture/desk.ts').Desk; isHttps: boolean } | undefined;
    /** What forms of the desk bring back, for `DeskForm`. `atDesk` sets it. */
    deskToken?: string;
    /** Where the request came from, given by the server with `capture`. */
    visit?: import('#capture/capture.ts').Visit;
    /** In how many seconds the reader's network may send a form again: this one was not read. Given by the server. */
    limited?: number | undefined;
    /** By what the log knows this request. Given by the server. */
    reference?: string;
  }
}

declare module 'virtual:show' {
  /** The series as it was when the site was built, without its pictures: for pages that are made on demand. */
  export const show: import('#catalog/records.ts').Catalog['show'];
}
