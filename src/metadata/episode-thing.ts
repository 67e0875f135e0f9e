import { fileSize } from '#site/file-size.ts';
import { isoDuration } from '#site/length.ts';
import type { EpisodeRecord } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import type { Page } from './about.ts';
import { type Playable, playables } from './players.ts';
import { socialImage } from './social-card.ts';
import {
  absolute,
  commented,
  id,
  images,
  named,
  publisherNamed,
  reference,
  seasonNamed,
  seriesNamed,
  type Thing,
} from './thing.ts';

/** An episode with its recordings and the chapters of them. */
export function episodeNodes(page: Page, episode: EpisodeRecord): Thing[] {
  const { site, show, about, picture } = page;
  const { slug, title, summary, number, season, duration, readingMinutes, publishedAt, updatedAt, topics, keywords } =
    episode;
  const media = [...recordings(page, episode), ...hosted(page, episode)];
  const length = isoDuration(duration ?? readingMinutes * 60);
  return [
    {
      '@type': 'PodcastEpisode',
      '@id': id.episode(site, slug),
      url: page.url.href,
      name: title,
      alternativeHeadline: episode.subtitle,
      description: summary,
      inLanguage: episode.language ?? show.language,
      image: images(site, show, about, picture),
      episodeNumber: number,
      partOfSeries: seriesNamed(site, show),
      partOfSeason: season === undefined ? undefined : seasonNamed(site, show, season),
      datePublished: publishedAt.iso,
      dateModified: (updatedAt ?? publishedAt).iso,
      timeRequired: length,
      duration: duration === undefined ? undefined : length,
      author: episode.hosts.map((host) => named(site, host)),
      actor: episode.people.map((person) => named(site, person)),
      publisher: publisherNamed(site, show),
      keywords: [...topics.map(({ title }) => title), ...keywords],
      ...commented(page, episode),
      isFamilyFriendly: !episode.explicit,
      isAccessibleForFree: true,
      mainEntityOfPage: reference(id.page(page.url)),
      associatedMedia: media.length > 0 ? media : undefined,
      hasPart: clips(page, episode),
    },
  ];
}

/** The recordings whose files are known. */
const recordings = (page: Page, episode: EpisodeRecord): Thing[] =>
  playables(episode).map(({ kind, recording }) => ({
    ...(kind === 'video' ? film(page, episode) : { '@type': 'AudioObject', ...common(page, episode, kind) }),
    contentUrl: absolute(page.site, recording.url),
    contentSize: recording.bytes && fileSize(recording.bytes),
    encodingFormat: recording.type,
    duration: recording.duration && isoDuration(recording.duration),
    embedUrl: absolute(page.site, url.embed(episode.slug)),
    ...transcript(page, episode),
  }));

/** A film that another host shows. */
function hosted(page: Page, episode: EpisodeRecord): Thing[] {
  const { video } = episode;
  if (!video || video.kind === 'file') return [];
  const embedUrl = { youtube: 'https://www.youtube-nocookie.com/embed/', vimeo: 'https://player.vimeo.com/video/' };
  return [{ ...film(page, episode), embedUrl: embedUrl[video.kind] + video.id, ...transcript(page, episode) }];
}

/** What every film has; a search engine shows none without a thumbnail and a date (Google, "VideoObject"). */
const film = (page: Page, episode: EpisodeRecord): Thing => ({
  '@type': 'VideoObject',
  ...common(page, episode, 'video'),
  thumbnailUrl: absolute(page.site, socialImage(page.about, page.show).path),
  hasPart: clips(page, episode)?.map((clip) => reference(clip['@id'] ?? '')),
});

const common = ({ url, show }: Page, { title, summary, publishedAt }: EpisodeRecord, kind: Playable['kind']) => ({
  '@id': id.own(url, kind),
  name: title,
  description: summary,
  uploadDate: publishedAt.iso,
  inLanguage: show.language,
});

/** Where the transcript is, in words that say so and as a file of captions. */
function transcript({ site, show }: Page, { transcript }: EpisodeRecord) {
  if (!transcript) return {};
  const address = absolute(site, transcript.url);
  const extension = /\.(\w+)$/.exec(transcript.url)?.[1] ?? '';
  return {
    transcript: address,
    caption: {
      '@type': 'MediaObject',
      contentUrl: address,
      encodingFormat: captionTypes.get(extension.toLowerCase()),
      inLanguage: show.language,
    },
  };
}

const captionTypes = new Map([
  ['vtt', 'text/vtt'],
  ['srt', 'application/x-subrip'],
  ['json', 'application/json'],
]);

/** The chapters. Offsets in seconds; the last one ends with the recording. */
function clips({ url }: Page, { chapters, duration }: EpisodeRecord): Thing[] | undefined {
  if (chapters.length === 0) return undefined;
  return chapters.map(({ start, title, end }, i) => ({
    '@type': 'Clip',
    '@id': `${url.href}#clip-${i + 1}`,
    name: title,
    startOffset: start,
    endOffset: end ?? chapters[i + 1]?.start ?? duration,
    url: `${url.href}?t=${Math.floor(start)}`,
  }));
}
