import { createHash } from 'node:crypto';
import type { SourceEntry } from '#authoring/source.ts';
import { isHeard } from '#catalog/feed-links.ts';
import type { Catalog, EpisodeRecord, PostRecord, Recording } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import type { Ledger, Published } from './ledger.ts';

/** What the site of this catalog publishes. `sources` are the entries as their authors wrote them. */
export function snapshot(
  { episodes, posts }: Pick<Catalog, 'episodes' | 'posts'>,
  sources: readonly Pick<SourceEntry, 'collection' | 'slug' | 'text'>[],
): Ledger {
  const texts = new Map(sources.map(({ collection, slug, text }) => [`${collection}/${slug}`, text]));
  const published = (piece: EpisodeRecord | PostRecord, recordings: (Recording | undefined)[]): Published => {
    const { collection, slug } = piece.body;
    const files = recordings.filter((each) => each?.kind === 'file');
    const digest = createHash('sha256').update(texts.get(`${collection}/${slug}`) ?? '');
    for (const { url, bytes, type, duration } of files) digest.update(`\n${url} ${bytes} ${type} ${duration}`);
    return {
      title: piece.title,
      url: piece.url,
      publishedAt: piece.publishedAt.iso,
      enclosures: files.map(({ url }) => url),
      ...(piece.kind === 'episode' && beside(piece)),
      topics: piece.topics.map(({ slug }) => slug),
      people: piece.people.map(({ slug }) => slug),
      digest: digest.digest('hex').slice(0, 16),
    };
  };
  return new Map([
    ...episodes.map((each) => [each.guid, published(each, [each.audio, each.video])] as const),
    ...posts.map((each) => [each.guid, published(each, [])] as const),
  ]);
}

/** What apps and other sites hold of an episode beside its page and its recordings. */
function beside(episode: EpisodeRecord): Pick<Published, 'players' | 'transcripts' | 'chapters'> {
  const { slug, transcript, chaptersUrl } = episode;
  return {
    ...(isHeard(episode) && { players: [url.embed(slug), url.oembed(slug)] }),
    ...(transcript && { transcripts: [transcript.url] }),
    ...(chaptersUrl !== undefined && { chapters: [chaptersUrl] }),
  };
}
