import { z } from 'astro/zod';

/** What was published of an entry, as its subscribers know it. */
const record = z.strictObject({
  title: z.string(),
  /** The path of its page. */
  url: z.string().startsWith('/').endsWith('/'),
  publishedAt: z.iso.datetime(),
  /** The addresses of its recordings: paths on this site, or absolute. */
  enclosures: z.array(z.string()),
  /** The paths of its player for other sites and of what describes that (oEmbed), of its transcripts and its chapters. */
  players: z.array(z.string()).optional(),
  transcripts: z.array(z.string()).optional(),
  chapters: z.array(z.string()).optional(),
  /** The slugs of its topics and people, whose feeds carry it. */
  topics: z.array(z.string()),
  people: z.array(z.string()),
  /** The paths that its page once had, kept alive by aliases. */
  formerly: z.array(z.string()).optional(),
  /** Of all that its author wrote, and of its recordings: another digest is another content. */
  digest: z.string(),
});
export type Published = z.infer<typeof record>;

/** What was published when the ledger was last written, by GUID. */
export type Ledger = ReadonlyMap<string, Published>;

/** How the ledger is stored on the disk. */
export const ledgerSchema = z.strictObject({
  about: z.string().optional(),
  entries: z.record(z.string().min(1), record),
});

const about =
  'What readers and podcast apps have been given. `npm run publish-ledger` writes this file; the build reads it, so that nothing published is lost by accident. Commit it.';

/** The ledger as text: sorted and wrapped as Prettier would, so that a new entry is a few new lines. */
export function ledgerText(ledger: Ledger): string {
  const sorted = [...ledger].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([guid, { title, url, publishedAt, enclosures, topics, people, digest, ...rest }]) => {
    const { players, transcripts, chapters, formerly } = rest;
    const entry = {
      title,
      url,
      publishedAt,
      enclosures,
      ...present({ players, transcripts, chapters }),
      topics,
      people,
    };
    return [guid, { ...entry, ...present({ formerly }), digest }];
  });
  return `${json({ about, entries: Object.fromEntries(entries) })}\n`;
}

/** The lists that have something in them. */
const present = (lists: Record<string, string[] | undefined>) =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list && list.length > 0));

const width = 120;

function json(value: unknown, indent = '', label = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const block = ([open, close]: [string, string], items: string[]) =>
    items.length > 0 ? `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}` : open + close;
  if (!Array.isArray(value))
    return block(
      ['{', '}'],
      Object.entries(value).map(([key, each]) => {
        const name = `${JSON.stringify(key)}: `;
        return name + json(each, inner, name);
      }),
    );
  const items = value.map((item) => json(item, inner));
  const line = `[${items.join(', ')}]`;
  return `${indent}${label}${line},`.length <= width ? line : block(['[', ']'], items);
}
