import type { Collection } from '#catalog/content.ts';
import { addressOf } from '#catalog/entry-address.ts';
import { inlineYaml } from './yaml.ts';

/** What stands in a new entry for what only its author knows. */
export const toDo = 'TODO:';

export type EntryKind = Collection;

/** The address that an entry of this slug will have. */
export const addressOfEntry = (kind: EntryKind, slug: string): string => addressOf[kind](slug);

/** The front matter of an entry, as Prettier writes it. Fields without a value are left out. */
export function frontMatter(fields: Record<string, unknown>): string {
  return `---\n${Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : field(name, value)))
    .join('\n')}\n---\n`;
}

/** A line for a text or a short list of words, and more of them for what is longer. */
export function field(name: string, value: unknown, indent = ''): string {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    const line = `${indent}${name}: [${value.map((item) => scalar(item, true)).join(', ')}]`;
    if (line.length <= 100 && value.every((item) => !item.includes(' '))) return line;
    return [`${indent}${name}:`, ...value.map((item) => `${indent}  - ${scalar(item)}`)].join('\n');
  }
  if (Array.isArray(value))
    return [
      `${indent}${name}:`,
      ...value.map((item: Record<string, unknown>) =>
        mapping(item, `${indent}    `).replace(`${indent}    `, `${indent}  - `),
      ),
    ].join('\n');
  if (typeof value === 'object' && value !== null)
    return `${indent}${name}:\n${mapping(value as Record<string, unknown>, `${indent}  `)}`;
  return `${indent}${name}: ${scalar(value)}`;
}

const mapping = (fields: Record<string, unknown>, indent: string) =>
  Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : field(name, value, indent)))
    .join('\n');

/** Quoted where YAML wants it: between the quotes that its text has fewer of. */
function scalar(value: unknown, inFlow = false): string {
  const written = inlineYaml(value, inFlow);
  if (typeof value !== 'string' || !/^["']/.test(written)) return written;
  const [single, double] = ["'", '"'].map((quote) => value.split(quote).length);
  return (single ?? 0) > (double ?? 0) || /[\p{Cc}]/u.test(value)
    ? JSON.stringify(value)
    : `'${value.replaceAll("'", "''")}'`;
}

/** The bodies of new entries: the shape that a text of its kind has in this series, with what is to be written into it. */
export const bodies = {
  episodes: `
${toDo} how it comes up at work. Two or three sentences that a listener would nod at.

## The goal both sides share

${toDo} the goal in plain words, and who would be glad if it were reached.

## Two views of it

<TwoSides>

<Marketing>

${toDo} what marketing sees, and what it has to answer for.

</Marketing>

<Sales>

${toDo} what sales sees, and what it has to answer for.

</Sales>

<SharedGoal>

${toDo} what neither of them can do alone.

</SharedGoal>

</TwoSides>

## Starting at the end

${toDo} walk backward from the goal, one condition at a time, to where the two part ways.

<Checklist title="Take away">

- ${toDo} one thing to try this week.
- ${toDo} one thing to ask somebody from the other side.

</Checklist>
`,
  posts: `
${toDo} the first sentence says what happened, or what you claim.

## The first point

${toDo} one thought, with something from real work that shows it.

<Checklist title="Take away">

- ${toDo} one thing that a reader can try.

</Checklist>
`,
  whitepapers: `
${toDo} what the paper is about, and who has the trouble that it helps with.

${toDo} what is in it, and what the reader can do afterwards.
`,
  partners: `
${toDo} what you do for each other, in a few sentences.
`,
} as const;
