/**
 * The headers of a file by its path, whatever is in it: its type, who may read it from another site, and how long it
 * may be kept. Podcast apps and players on other sites read feeds, recordings, transcripts and chapters, so those are
 * open to every origin.
 */
export function headersFor(path: string): Record<string, string> {
  const rule = rules.find(({ of }) => of.test(path));
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const type = rule?.type ?? (path.endsWith('/') ? types['html'] : types[ending]);
  return {
    'Content-Type': type ?? 'application/octet-stream',
    'Cache-Control': keeping.find(({ of }) => of.test(path))?.rule ?? 'no-cache',
    ...(rule && { 'Access-Control-Allow-Origin': '*' }),
  };
}

/** Paths that other sites and apps may read. */
const rules: { of: RegExp; type?: string }[] = [
  // Podcasting 2.0, chapters and transcript.
  { of: /^\/episodes\/[^/]+\/chapters\.json$/, type: 'application/json+chapters' },
  { of: /\.vtt$/i, type: 'text/vtt; charset=utf-8' },
  { of: /\.srt$/i, type: 'application/x-subrip; charset=utf-8' },
  { of: /^\/episodes\/.+\.(json|mp3|m4a|mp4|m4v|mov)$/i },
  { of: /^\/opml\.xml$/, type: 'text/x-opml; charset=utf-8' },
  // JSON Feed 1.1.
  { of: /^\/(.+\/)?feed(-\d+|\/page-\d+)?\.json$/, type: 'application/feed+json; charset=utf-8' },
  { of: /^\/oembed\/.+\.json$/, type: 'application/json; charset=utf-8' },
  { of: /(^|\/)(rss|podcast)(\/[\w-]+)?\.xml$|\/(rss|podcast)\/.+\.xml$/, type: 'application/rss+xml; charset=utf-8' },
];

/** How long a copy may be used without asking; what is in no rule is asked for each time. */
const keeping = [
  // Their names change with what is in them.
  { of: /^\/_astro\/|^\/pagefind\/(fragment|index|filter)\/|\.pf_meta$/, rule: 'public, max-age=31536000, immutable' },
  { of: /\.(mp3|m4a|mp4|m4v|mov|jpe?g|png|webp|avif|gif|svg|ico|pdf|woff2)$/i, rule: 'public, max-age=3600' },
  { of: /\.(xml|vtt|srt)$|\/(feed|chapters|transcript)(\/[\w-]+)?\.json$/, rule: 'public, max-age=300' },
];

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  pdf: 'application/pdf',
  wasm: 'application/wasm',
};
