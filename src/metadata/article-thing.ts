import { fullTitle } from '#site/title.ts';
import { isoDuration } from '#site/length.ts';
import type { PostRecord, WhitepaperRecord } from '#catalog/records.ts';
import { type Page } from './about.ts';
import { commented, id, images, named, publisherNamed, reference, type Thing } from './thing.ts';

/** A post. */
export const postNode = (page: Page, post: PostRecord): Thing => ({
  '@type': 'BlogPosting',
  '@id': id.own(page.url, 'post'),
  headline: post.title,
  alternativeHeadline: post.subtitle,
  timeRequired: isoDuration(post.readingMinutes * 60),
  ...commented(page, post),
  ...article(page, post),
});

/** A whitepaper: what its landing page says of it. */
export const whitepaperNode = (page: Page, whitepaper: WhitepaperRecord): Thing => ({
  '@type': 'Report',
  '@id': id.own(page.url, 'whitepaper'),
  headline: fullTitle(whitepaper),
  abstract: whitepaper.promise,
  teaches: whitepaper.learn,
  pagination: `1-${whitepaper.pages}`,
  ...article(page, whitepaper),
});

const article = ({ site, url, show, about, picture }: Page, entry: PostRecord | WhitepaperRecord): Thing => ({
  name: entry.title,
  url: url.href,
  description: entry.summary,
  inLanguage: languageOf(entry) ?? show.language,
  image: images(site, show, about, picture),
  datePublished: entry.publishedAt.iso,
  dateModified: (entry.updatedAt ?? entry.publishedAt).iso,
  author: entry.people.map((person) => named(site, person)),
  publisher: publisherNamed(site, show),
  keywords: [...entry.topics.map(({ title }) => title), ...entry.keywords],
  isPartOf: reference(id.website(site)),
  isAccessibleForFree: true,
  mainEntityOfPage: reference(id.page(url)),
});

const languageOf = (entry: PostRecord | WhitepaperRecord) => ('language' in entry ? entry.language : undefined);
