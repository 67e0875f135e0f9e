import type { Palette } from './palette.ts';
import type { Redirect } from './redirects.ts';
import type { Retention } from './retention.ts';

/** What the server knows of the site, written by the build: `gated/site.json` in the folder that was built. */
export interface Site {
  /** The address that the site was built for, with a slash at its end. */
  url: string;
  title: string;
  tagline: string;
  language: string;
  /** The series' time zone (IANA), in which the hours of the desk are; absent in a site that an earlier version built. */
  timeZone?: string | undefined;
  owner: {
    name: string;
    email?: string | undefined;
    /** Of one line or several; each newsletter shows it. */
    postalAddress?: string | undefined;
  };
  /** Who can be asked, and can answer. */
  hosts: Host[];
  /** Which state of the comments it was built from: with another one in the store, a build is due. */
  commentsVersion?: number | undefined;
  /** How comments are taken; absent where the series takes none. */
  comments?: CommentSettings | undefined;
  whitepapers: Paper[];
  /** Absent in a site that an earlier version built. */
  partners?: Partner[] | undefined;
  entries: Entry[];
  /** When the next scheduled entry is published, in ISO 8601: a build before then has nothing of it. */
  nextDue?: string | undefined;
  /** The old addresses that lead to pages and files of the site. */
  redirects: Redirect[];
  /** The colours of the site, for its mails. */
  palette: Palette;
  /** The wordings that the forms show now. */
  consent: Wordings;
  /** For how long what is not kept for good is kept. */
  retention: Retention;
}

export interface CommentSettings {
  /**
   * Which comments wait for the owner: `always` each of them, `first-two` those of people of whom fewer than two were
   * approved. What has signs of spam waits either way.
   */
  approval: 'always' | 'first-two';
}

export interface Host {
  slug: string;
  name: string;
  side?: 'marketing' | 'sales' | 'both' | undefined;
}

/** By what each is for; of the last two, a site that an earlier version built has none. */
export interface Wordings {
  whitepaper: Wording;
  newsletter: Wording;
  /** To be mailed replies to one's comments. */
  replies?: Wording | undefined;
  /** To be quoted with one's first name. */
  quote?: Wording | undefined;
}

/** A whitepaper and its file, which no address of the static site leads to. */
export interface Paper {
  slug: string;
  /** With its subtitle. */
  title: string;
  promise: string;
  /** The path of its landing page. */
  url: string;
  /** The file's path in the folder that was built. */
  file: string;
  /** The name under which a reader saves it. */
  filename: string;
  bytes: number;
  pages: number;
}

/** A firm whose links are counted for it. */
export interface Partner {
  slug: string;
  name: string;
  /** The path of the page for its readers. */
  url: string;
}

/** An episode or post: what may send a reader to a form, and what the newsletter announces. */
export interface Entry {
  /** `episodes/<slug>` or `posts/<slug>`. */
  id: string;
  kind: 'episode' | 'post';
  slug: string;
  label?: string | undefined;
  title: string;
  summary: string;
  /** Its path. */
  url: string;
  /** ISO 8601. */
  publishedAt: string;
  /** As the site shows it. */
  shownDate: string;
  /** "42 min", "5 min read". */
  length: string;
  people: string[];
  /** Of its recording, in seconds. */
  seconds?: number | undefined;
  /** The files of it that the site itself has, by their paths; absent in a site that an earlier version built. */
  recordings?: { path: string; seconds?: number | undefined }[] | undefined;
  /** Whether it is, or is also, on another host, where nobody here can count who heard it. */
  isElsewhere?: true | undefined;
  /** Whether comments are taken; absent where the series takes none. Questions to the hosts are taken either way. */
  comments?: 'open' | 'closed' | undefined;
  sharedGoal?: string | undefined;
  marketingView?: string | undefined;
  salesView?: string | undefined;
}

/** A wording that people agree to, known by the SHA-256 of its body in hex. */
export interface Wording {
  id: string;
  locale: string;
  body: string;
}
