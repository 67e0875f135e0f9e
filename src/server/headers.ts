import { lookup } from 'mrmime';
import { isHashed } from '#site/hashed-file.ts';

/**
 * The headers of a file by its path, whatever is in it: its type, who may read it from another site, and how long it
 * may be kept. Podcast apps and players on other sites read feeds, recordings, transcripts and chapters, so those are
 * open to every origin.
 */
export function headersFor(path: string): Record<string, string> {
  const rule = rules.find(({ of }) => of.test(path));
  const ending = path.endsWith('/') ? 'html' : path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return {
    'Content-Type': rule?.type ?? typeOf(ending),
    'Cache-Control': isHashed(path)
      ? 'public, max-age=31536000, immutable'
      : (keeping.find(({ of }) => of.test(path))?.rule ?? 'no-cache'),
    ...(rule && { 'Access-Control-Allow-Origin': '*' }),
  };
}

/** Paths that other sites and apps may read. */
const rules: { of: RegExp; type?: string }[] = [
  // Podcasting 2.0, chapters and transcript.
  { of: /^\/episodes\/[^/]+\/chapters\.json$/, type: 'application/json+chapters' },
  { of: /\.(vtt|srt)$/i },
  { of: /^\/episodes\/.+\.(json|mp3|m4a|mp4|m4v|mov)$/i },
  { of: /^\/opml\.xml$/, type: 'text/x-opml; charset=utf-8' },
  // JSON Feed 1.1.
  { of: /^\/(.+\/)?feed(-\d+|\/page-\d+)?\.json$/, type: 'application/feed+json; charset=utf-8' },
  { of: /^\/oembed\/.+\.json$/, type: 'application/json; charset=utf-8' },
  { of: /(^|\/)(rss|podcast)(\/[\w-]+)?\.xml$|\/(rss|podcast)\/.+\.xml$/, type: 'application/rss+xml; charset=utf-8' },
];

/** How long a copy may be used without asking; what is in no rule is asked for each time. */
const keeping = [
  { of: /\.(mp3|m4a|mp4|m4v|mov|webm|jpe?g|png|webp|avif|gif|svg|ico|pdf|woff2)$/i, rule: 'public, max-age=3600' },
  { of: /\.(xml|vtt|srt)$|\/(feed|chapters|transcript)(\/[\w-]+)?\.json$/, rule: 'public, max-age=300' },
];

/** What mrmime lacks, or calls otherwise than feed readers and players expect. */
const types: Record<string, string> = {
  xml: 'application/xml',
  srt: 'application/x-subrip',
  ico: 'image/x-icon',
  m4v: 'video/mp4',
};

/** Text is in UTF-8, and so are these formats, which are text under another name. */
const isText = (type: string) => /^text\/|^application\/(json|xml|manifest\+json|x-subrip)$/.test(type);

function typeOf(ending: string): string {
  const type = types[ending] ?? lookup(ending) ?? 'application/octet-stream';
  return isText(type) ? `${type}; charset=utf-8` : type;
}
