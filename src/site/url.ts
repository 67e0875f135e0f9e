import { searchAddress } from './search-address.ts';

/** Every address of the site, as paths with a trailing slash (design: URLs are permanent). */
export const url = {
  home: '/',
  episodes: '/episodes/',
  posts: '/posts/',
  hosts: '/hosts/',
  whitepapers: '/whitepapers/',
  topics: '/topics/',
  search: searchAddress.page,
  /** The titles of a year, for those who search without script. */
  year: (year: string) => `/search/${year}/`,
  /** The folder of the search index. */
  searchIndex: searchAddress.index,
  subscribe: '/subscribe/',
  /** The issues of the newsletter that were sent; page `number` counted from 1. */
  archive: '/newsletter/archive/',
  archivePage: (number: number) => `/newsletter/archive/${number === 1 ? '' : `?page=${number}`}`,
  /** What was sent of an entry, by its id. */
  sentIssue: (entry: string) => `/newsletter/archive/issue/${byId(entry)}`,
  ask: '/ask/',
  listening: '/listening/',
  /** The folder of all forms and of what became of them. */
  forms: '/forms/',
  /** Where forms are sent to. */
  askWhitepaper: '/forms/whitepaper/',
  askNewsletter: '/forms/newsletter/',
  askLink: '/forms/link/',
  askComment: '/forms/comment/',
  reply: (id: string) => `/forms/comment/?reply=${id}`,
  askHosts: '/forms/question/',
  /** What became of a form or of a click. */
  inbox: '/forms/inbox/',
  inboxLater: '/forms/later/',
  commentInbox: '/forms/one-more-click/',
  commentDeleted: '/forms/deleted/',
  confirmed: '/forms/confirmed/',
  unsubscribed: '/forms/unsubscribed/',
  erased: '/forms/erased/',
  /** What the server answers where it failed; no address of the server's own. */
  failed: '/forms/failed/',
  /** Where the links in mails lead; each takes a token. */
  confirm: (token: string) => `/confirm/${query(token)}`,
  download: (token: string) => `/download/${query(token)}`,
  downloadFile: (token: string) => `/download/file/${query(token)}`,
  unsubscribe: (token: string) => `/unsubscribe/${query(token)}`,
  erase: (token: string) => `/erase/${query(token)}`,
  preferences: (token: string) => `/preferences/${query(token)}`,
  /** One's own comment or question: to confirm it, and of a comment, to edit and delete it. */
  comment: (token: string) => `/comment/${query(token)}`,
  question: (token: string) => `/question/${query(token)}`,
  /** Where a comment stands on the page of its entry. */
  commentAt: (entryUrl: string, id: string) => `${entryUrl}#comment-${id}`,
  /** Ends the mails about replies. */
  endReplies: (token: string) => `/replies/${query(token)}`,
  /** Where the owner decides on a comment. */
  decision: (token: string) => `/decision/${query(token)}`,
  /** The owners' side of the site. */
  desk: '/desk/',
  deskLeads: '/desk/leads/',
  deskLead: (id: string) => `/desk/leads/lead/${byId(id)}`,
  /** All that is kept of a lead's person. */
  deskPerson: (id: string) => `/desk/leads/person.json${byId(id)}`,
  deskLeadCsv: '/desk/leads.csv',
  deskFunnel: '/desk/funnel/',
  deskHeard: '/desk/heard/',
  deskConversation: '/desk/conversation/',
  /** One of what readers wrote. */
  deskComment: (id: string) => `/desk/conversation/comment/${byId(id)}`,
  deskQuestion: (id: string) => `/desk/conversation/question/${byId(id)}`,
  deskNewsletter: '/desk/newsletter/',
  /** The issue of an entry, by its id. */
  deskIssue: (entry: string) => `/desk/newsletter/issue/${byId(entry)}`,
  deskSystem: '/desk/system/',
  /** One's own sign-in: sessions and passkeys. */
  deskYou: '/desk/you/',
  deskSignIn: '/desk/sign-in/',
  /** The same once a mail with a link is on its way. */
  deskInbox: '/desk/sign-in/?mailed',
  deskPasskey: '/desk/passkey/',
  /** Where the link of that mail leads. */
  deskConfirm: (token: string) => `/desk/confirm/${query(token)}`,
  /** Whether the server runs, and whether it can keep what a form brings. */
  alive: '/healthz',
  ready: '/readyz',
  feed: '/rss.xml',
  episodesFeed: '/episodes/rss.xml',
  postsFeed: '/posts/rss.xml',
  jsonFeed: '/feed.json',
  podcast: '/podcast.xml',
  opml: '/opml.xml',
  /** What there is to read, for machines (llmstxt.org). */
  llms: '/llms.txt',
  sitemap: '/sitemap-index.xml',
  favicon: '/favicon.ico',
  manifest: '/manifest.webmanifest',
  mark: '/mark.svg',
  episode: (slug: string) => `/episodes/${slug}/`,
  post: (slug: string) => `/posts/${slug}/`,
  season: (season: number) => `/episodes/season-${season}/`,
  person: (slug: string) => `/people/${slug}/`,
  /** Everything that somebody made, where it is too much for their own page. */
  personEntries: (slug: string) => `/people/${slug}/entries/`,
  whitepaper: (slug: string) => `/whitepapers/${slug}/`,
  topic: (slug: string) => `/topics/${slug}/`,
  /** The page for a partner's readers, and what the partner may take from there. */
  partner: (slug: string) => `/with/${slug}/`,
  partnerKit: (slug: string) => `/with/${slug}/kit/`,
  /** What a partner's links have led to, for the partner. */
  mailHook: '/hooks/mail/',
  partnerReport: (token: string) => `/partner-report/${query(token)}`,
  page: (slug: string) => `/${slug}/`,
  /** A file beside an entry, published with it: `/episodes/<slug>/audio.mp3`. `file` is named as it is on the disk. */
  asset: (entryUrl: string, file: string) => `${entryUrl}${encodedPath(file.replace(/^\.\//, ''))}`,
  /** The text of an entry as Markdown. */
  markdown: (entryUrl: string) => `${entryUrl}index.md`,
  /** The comments on an entry as a feed. */
  comments: (entryUrl: string) => `${entryUrl}comments.xml`,
  topicFeed: (slug: string) => `/topics/${slug}/rss.xml`,
  topicPodcast: (slug: string) => `/topics/${slug}/podcast.xml`,
  personFeed: (slug: string) => `/people/${slug}/rss.xml`,
  partnerFeed: (slug: string) => `/with/${slug}/rss.xml`,
  seasonPodcast: (season: number) => `/podcast/season-${season}.xml`,
  /** Page `number` of a feed, counted from 1: `/rss.xml`, `/rss/page-2.xml`. */
  feedPage: (feed: string, number: number) => (number === 1 ? feed : feed.replace(/(?=\.\w+$)/, `/page-${number}`)),
  /** The chapters that an author listed, as a file (Podcasting 2.0). */
  chapters: (slug: string) => `/episodes/${slug}/chapters.json`,
  /** The player of an episode alone, for frames on other sites. */
  embed: (slug: string) => `/episodes/${slug}/embed/`,
  /** What shows other sites how to frame that player (oEmbed 1.0). */
  oembed: (slug: string) => `/oembed/${slug}.json`,
  /** The picture that stands for a page where its address is shared. */
  social: (kind: string, slug: string) => `/social/${kind}/${slug}.png`,
  /** The picture of a passage of an episode, the first of which is 1. */
  quote: (slug: string, number: number) => `/social/quotes/${slug}/${number}.png`,
  defaultSocial: '/social/default.png',
  icon: (name: string) => `/icons/${name}.png`,
  /** Page `number` of a list, counted from 1. */
  listPage: (list: string, number: number) => (number === 1 ? list : `${list}page/${number}/`),
};

/**
 * The names of files and folders as a path of an address writes them, which is the one place where they are coded
 * (RFC 3986, section 3.3). What comes of it is ASCII, as Apple asks of recordings (page 823).
 */
export const encodedPath = (names: string): string =>
  encodeURI(names.toWellFormed()).replaceAll(/[?#]/g, (sign) => encodeURIComponent(sign));

/** The names that a path of an address stands for; a text that is no such path stays as it is. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * What two paths of addresses have in common where they are one address: however its letters are coded and composed, in
 * capitals or not, with or without the slash or the `index.html` at its end. File systems and old links differ in these.
 */
export function addressKey(path: string): string {
  const names = decoded(path).normalize('NFC').toLowerCase().normalize('NFC');
  return names.replace(/\/index\.html\/?$/, '/').replace(/(?<=[^/])\/$/, '');
}

/** What is in a query, in any order and coding; empty where nothing is. */
export const queryKey = (query: string): string =>
  [...new URLSearchParams(query)]
    .map(([name, value]) => new URLSearchParams([[name, value]]).toString())
    .toSorted()
    .join('&');

const byId = (id: string) => (id ? `?id=${encodeURIComponent(id)}` : '');

const query = (token: string) => (token ? `?token=${encodeURIComponent(token)}` : '');

/** Under which the newsletter's forms are counted, as they stand on many pages; its own page is `url.subscribe`. */
export const newsletterLanding = '/newsletter/';

/** The editor for authors without a terminal: no site has it whose owner does not want one. */
export const editAddress = '/edit/';

/** The pages that are there whatever the content is. */
export const fixedPages = [
  url.home,
  url.episodes,
  url.posts,
  url.hosts,
  url.whitepapers,
  url.topics,
  url.search,
  url.subscribe,
  url.ask,
  url.listening,
] as const;

/** The first path segments that the site's own routes take; no page or alias may begin with a file of theirs. */
export const fixedFiles = [
  url.feed,
  url.episodesFeed,
  url.postsFeed,
  url.jsonFeed,
  url.podcast,
  url.opml,
  url.llms,
  url.sitemap,
  '/sitemap-0.xml',
  url.favicon,
  url.manifest,
  '/robots.txt',
  '/404/',
  '/404.html',
] as const;

/** The sections that a page of a kind has whatever its body says, as anchors that links may name. */
export const sections = {
  episode: ['section-goal', 'section-chapters', 'section-notes', 'section-quotes', 'section-related'],
  post: ['section-related'],
  person: ['section-hosted', 'section-appeared', 'section-wrote'],
  whitepaper: ['section-learn'],
  partner: ['section-begin', 'section-paper', 'section-offers'],
  page: [],
} as const;
