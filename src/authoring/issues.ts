import type { Issue } from '#catalog/content.ts';
import { fieldName } from './fields.ts';
import type { Folder } from './folder.ts';
import type { Unjudged } from './parse.ts';
import { nearest, type Problem } from './problem.ts';
import { renamed } from './slugs.ts';

/** An issue of the catalog at its place in a file; nothing for a reference to what has problems of its own. */
export function issueProblem(issue: Issue, folder: Folder, unjudged: Unjudged): Problem | undefined {
  const { collection, slug, field, what, value = '', to, candidates = [] } = issue;
  if (to && unjudged.has(value.includes('/') ? value : `${to}/${value}`)) return undefined;
  const entry = folder.entries.find((each) => each.collection === collection && each.slug === slug);
  if (entry && field.length === 0) return { what, ...renamed(entry, folder.entries, slug) };
  const source = collection === 'show' ? folder.show : entry;
  if (!source) return undefined;
  const { name: file, yaml } = source;
  const others = to ? unjudged.slugs(to).map((each) => (value.includes('/') ? `${to}/${each}` : each)) : [];
  const right = nearest(value, [...candidates, ...others]);
  const number = typeof yaml.data[String(field[0])] === 'number';
  const unmended = right === undefined && field.length > 1;
  const { line, paste } = unmended
    ? { line: yaml.line(field), paste: undefined }
    : yaml.correct(field, number ? Number(right) : right);
  return {
    what,
    file,
    line,
    field: fieldName(field),
    nearest: right,
    paste,
  };
}
