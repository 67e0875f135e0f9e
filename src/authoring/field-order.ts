import { isMap, isScalar, visit } from 'yaml';
import { byFieldOrder } from '#model/field-order.ts';
import { parseYaml } from './yaml.ts';

/**
 * The text of an entry with its fields in their usual order. Each moves with all its lines and with the comments right above
 * it, and nothing in it changes. A text is left as it is where its order has a meaning (anchors) or cannot be told.
 */
export function inFieldOrder(text: string): string {
  const [head = ''] = /^\uFEFF?\s*---[ \t]*\r?\n/.exec(text) ?? [];
  const end = head && text.slice(head.length).search(/^---[ \t]*\r?$/m);
  if (!head || end === '' || end <= 0) return text;
  const yaml = text.slice(head.length, head.length + end);
  const fields = fieldsOf(yaml);
  if (!fields) return text;
  const [first] = fields;
  const top = yaml.slice(0, first?.from ?? 0);
  const sorted = byFieldOrder(fields, ({ name }) => name).map(({ from, to }) => yaml.slice(from, to));
  return head + top + sorted.join('') + text.slice(head.length + end);
}

interface Lines {
  name: string;
  from: number;
  to: number;
}

/** Where the lines of each field begin and end. */
function fieldsOf(yaml: string): Lines[] | undefined {
  const { document } = parseYaml(yaml);
  const { contents } = document;
  if (document.errors.length > 0 || !isMap(contents) || contents.flow || !yaml.endsWith('\n')) return undefined;
  let hasAnchor = false;
  visit(document, {
    Alias: () => void (hasAnchor = true),
    Node: (_, node) => void (hasAnchor ||= 'anchor' in node && node.anchor !== undefined),
  });
  const starts = contents.items.flatMap(({ key }) =>
    isScalar(key) && key.range ? [{ name: String(key.value), at: key.range[0] }] : [],
  );
  if (hasAnchor || starts.length !== contents.items.length) return undefined;
  // A field that does not begin a line is one of another form.
  if (starts.some(({ at }) => at > 0 && yaml[at - 1] !== '\n')) return undefined;
  const froms = starts.map(({ at }, i) => (i === 0 ? at : aboveComments(yaml, at, starts[i - 1]?.at ?? 0)));
  return starts.map(({ name }, i) => ({ name, from: froms[i] ?? 0, to: froms[i + 1] ?? yaml.length }));
}

/** The offset of the first of the comments that stand right above a line, behind another. */
function aboveComments(yaml: string, at: number, after: number): number {
  let from = at;
  for (;;) {
    const before = yaml.lastIndexOf('\n', from - 2) + 1;
    if (before <= after || !yaml.slice(before, from).startsWith('#')) return from;
    from = before;
  }
}
