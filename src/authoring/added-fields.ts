import { isMap, isScalar, parseDocument } from 'yaml';

/**
 * The text of an entry with fields added to one of its groups: behind the last of a group in braces, or each on a line of
 * its own. Nothing else of the text changes. Undefined where there is no such group.
 */
export function withFields(text: string, group: string, fields: Record<string, number>): string | undefined {
  const [head = ''] = /^\uFEFF?\s*---[ \t]*\r?\n/.exec(text) ?? [];
  const end = text.indexOf('\n---', head.length);
  if (!head || end < 0) return undefined;
  const value = parseDocument(text.slice(head.length, end)).get(group, true);
  if (!isMap(value)) return undefined;
  const last = value.items.at(-1);
  const [, to] = (isScalar(last?.value) ? last.value.range : undefined) ?? [];
  if (to === undefined) return undefined;
  const [from = 0] = (last?.key as { range?: [number, number, number] } | undefined)?.range ?? [];
  const lineStart = text.lastIndexOf('\n', head.length + from) + 1;
  const indent = text.slice(lineStart, head.length + from);
  const separator = value.flow ? ', ' : `\n${indent}`;
  const added = Object.entries(fields).map(([name, number]) => `${separator}${name}: ${number}`);
  return text.slice(0, head.length + to) + added.join('') + text.slice(head.length + to);
}
