import type { CatalogProblem } from '#catalog/content.ts';
import { fieldName } from './fields.ts';
import type { Folder } from './folder.ts';
import type { Unchecked } from './parse.ts';
import { nearestOf, type Nearest } from './closest-match.ts';
import type { Problem } from './problem.ts';
import { renamed } from './slugs.ts';
import type { Yaml } from './source.ts';
import type { Correction, Field } from './yaml.ts';

/** The problems of the catalog at their places in files; none for references to what has problems of its own. */
export function authorProblems(problems: readonly CatalogProblem[], folder: Folder, unchecked: Unchecked): Problem[] {
  // One name that is wrong may stand in a thousand entries.
  const found = new Map<string, Nearest<string> | undefined>();
  const near = ({ to, value = '', candidates = [] }: CatalogProblem, others: readonly string[]) => {
    const key = `${to} ${candidates.length} ${value}`;
    if (!found.has(key)) found.set(key, nearestOf(value, [...candidates, ...others]));
    return found.get(key);
  };
  return problems.flatMap((problem) => authorProblem(problem, folder, unchecked, near) ?? []);
}

function authorProblem(
  problem: CatalogProblem,
  folder: Folder,
  unchecked: Unchecked,
  nearestTo: (problem: CatalogProblem, others: readonly string[]) => Nearest<string> | undefined,
): Problem | undefined {
  const { collection, slug, field, what, value = '', to, fix } = problem;
  if (to && unchecked.has(value.includes('/') ? value : `${to}/${value}`)) return undefined;
  const entry = folder.entries.find((each) => each.collection === collection && each.slug === slug);
  if (entry && field.length === 0) return { what, ...renamed(entry, folder.entries, slug) };
  const source = collection === 'show' ? folder.show : entry;
  if (!source) return undefined;
  const { name: file, yaml } = source;
  if (fix === 'take it out') return { what, file, field: fieldName(field), ...withoutItem(field, yaml) };
  if (fix === 'by hand') return { what, file, line: yaml.line(field), field: fieldName(field) };
  const others = to ? unchecked.slugs(to).map((each) => (value.includes('/') ? `${to}/${each}` : each)) : [];
  const near = nearestTo(problem, others);
  const right = near?.value;
  const number = typeof yaml.data[String(field[0])] === 'number';
  const isCertain = right === undefined ? field.length === 1 : fix === 'write it so' || near?.isCertain;
  const { line, paste } = isCertain
    ? yaml.correct(field, number ? Number(right) : right)
    : { line: yaml.line(field), paste: undefined };
  return {
    what,
    file,
    line,
    field: fieldName(field),
    nearest: right,
    paste,
  };
}

/** A list on one line without one of its items; commented out where it has no other. */
function withoutItem([name = '', at]: Field, yaml: Yaml): Correction {
  const list = [yaml.data[name]].flat();
  const rest = list.filter((_, i) => i !== at);
  return yaml.correct([name], at === undefined || rest.length === 0 ? undefined : rest);
}
