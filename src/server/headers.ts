/**
 * The headers of a file by its path, where its ending alone says too little. Podcast apps and players on other sites
 * read feeds, recordings, transcripts and chapters, so those are open to every origin.
 */
export function headersFor(path: string): Record<string, string> {
  const rule = rules.find(({ of }) => of.test(path));
  return rule ? { 'Access-Control-Allow-Origin': '*', ...(rule.type && { 'Content-Type': rule.type }) } : {};
}

const rules: { of: RegExp; type?: string }[] = [
  // Podcasting 2.0, chapters and transcript.
  { of: /^\/episodes\/[^/]+\/chapters\.json$/, type: 'application/json+chapters' },
  { of: /\.vtt$/, type: 'text/vtt; charset=utf-8' },
  { of: /\.srt$/, type: 'application/x-subrip; charset=utf-8' },
  { of: /^\/episodes\/.+\.(json|mp3|m4a|mp4|m4v|mov)$/ },
  { of: /^\/opml\.xml$/, type: 'text/x-opml; charset=utf-8' },
  // JSON Feed 1.1.
  { of: /^\/(.+\/)?feed(-\d+|\/page-\d+)?\.json$/, type: 'application/feed+json; charset=utf-8' },
  { of: /^\/oembed\/.+\.json$/, type: 'application/json; charset=utf-8' },
  { of: /(^|\/)(rss|podcast)(\/[\w-]+)?\.xml$|\/(rss|podcast)\/.+\.xml$/, type: 'application/rss+xml; charset=utf-8' },
];
