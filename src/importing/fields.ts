import { schemas } from '#authoring/schemas.ts';
import type { Lost } from './archive.ts';
import { shortened } from './html.ts';

/** The fields of an entry that the model takes, and what it does not take, named. */
export function acceptedFields(
  kind: 'episodes' | 'posts' | 'pages' | 'people',
  fields: Record<string, unknown>,
): { fields: Record<string, unknown>; lost: Lost[] } {
  const lost: Lost[] = [];
  let kept = structuredClone(fields);
  for (let round = 0; round < 20; round += 1) {
    const { error } = schemas[kind].safeParse(kept);
    const issue = error?.issues[0];
    if (!issue) break;
    const [name, index] = issue.path;
    const keys = name === undefined && 'keys' in issue ? (issue.keys as string[]) : [];
    const field = String(name ?? keys[0] ?? '');
    if (!field || kept[field] === undefined) break;
    const list = kept[field];
    const isItem = typeof index === 'number' && Array.isArray(list) && list.length > 1;
    const value = isItem ? (list as unknown[])[index] : list;
    lost.push({
      what: 'field',
      detail: `${field}: ${shortened(JSON.stringify(value), 120)} is nothing that this site takes (${issue.message})`,
    });
    if (isItem) kept[field] = (list as unknown[]).filter((_, i) => i !== index);
    else {
      const { [field]: _, ...others } = kept;
      kept = others;
    }
  }
  return { fields: kept, lost };
}

/** The first sentences of a text, as many as a summary holds. */
export function firstSentences(text: string, most = 300): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most);
  const end = Math.max(...['. ', '! ', '? ', '… '].map((sign) => cut.lastIndexOf(sign)));
  return end > most / 3 ? cut.slice(0, end + 1) : shortened(line, most);
}

/** A language as BCP 47 writes it, of `en_us` and `EN-us` too; undefined for what is none. */
export function languageTag(said: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(said.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
