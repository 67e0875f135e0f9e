import { isAlias, isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { type Correction, type Field, inlineYaml, type Parsed, yamlLine } from './yaml.ts';

interface Node {
  range?: [number, number, number] | null;
}

/** A part of a field's path that is in the text: its key (or itself, in a list) and its value. */
interface Step {
  key: Node;
  value: Node | null;
  inFlow: boolean;
  inList: boolean;
}

/** The line of a field; of the nearest part of its path that is there, if it is missing. */
export const fieldLine = (parsed: Parsed, field: Field): number =>
  field.length === 0 ? firstLine(parsed) : correction(parsed, field, '').line;

/** One line that puts a field right: with `value`, under another `key`, or commented out for want of a value. */
export function correction(parsed: Parsed, field: Field, value: unknown, key?: string): Correction {
  const steps = path(parsed, field);
  const step = steps.at(-1);
  if (steps.length < field.length) return addition(parsed, field, value, steps);
  if (!step) return { line: firstLine(parsed) };

  const { line, column } = parsed.place(start(step.key));
  const text = parsed.lines[line - 1] ?? '';
  if (key !== undefined && value !== undefined && !step.inFlow)
    return { line, paste: text.slice(0, column) + yamlLine(key, value) };
  if (key !== undefined) return { line, paste: splice(text, column, end(step.key, parsed, line), inlineYaml(key)) };
  const oneLine = spanOnLine(step, parsed, line);
  if (step.inFlow && field.length === 1 && (!oneLine || value === undefined)) return { line };
  if (value === undefined)
    return removal(parsed, field, { line, inPlace: oneLine !== undefined && !text.slice(0, column).trim() });
  if (oneLine) return { line, paste: splice(text, ...oneLine, inlineYaml(value, step.inFlow || undefined)) };
  if (step.inFlow) return correction(parsed, field.slice(0, 1), replaced(parsed, field, value));
  const head = step.inList ? text.slice(0, column) : `${text.slice(0, end(step.key, parsed, line))}: `;
  return { line, paste: head + inlineYaml(value) };
}

/** The line for a field that is not there: a line of its own where its neighbours have one, or else a longer one. */
function addition(parsed: Parsed, field: Field, value: unknown, steps: readonly Step[]): Correction {
  const [key, ...deeper] = field.slice(steps.length);
  const parent = steps.at(-1);
  const map = parent ? parent.value : parsed.document.contents;
  if (deeper.length === 0 && isMap(map) && !map.flow) {
    const { line, column } = parsed.place(start(map.items[0]?.key as Node));
    const indent = (parsed.lines[line - 1] ?? '').slice(0, column);
    if (!indent.trim()) return { line, paste: indent + yamlLine(String(key), value) };
  }
  if (!parent && isMap(map) && map.flow) return { line: firstLine(parsed) };
  if (!parent) return { line: firstLine(parsed), paste: yamlLine(String(key), replaced(parsed, field, value)) };
  return correction(parsed, field.slice(0, -1), replaced(parsed, field, value, field.length - 1));
}

/** The field's line as a comment; inside brackets, or over several lines, what it stands in without it. */
function removal(parsed: Parsed, field: Field, { line, inPlace }: { line: number; inPlace: boolean }): Correction {
  if (inPlace) return { line, paste: (parsed.lines[line - 1] ?? '').replace(/^\s*/, '$&# ') };
  const [top = '', ...deeper] = field;
  if (deeper.length > 0)
    return correction(parsed, field.slice(0, -1), replaced(parsed, field, undefined, field.length - 1));
  return {
    line,
    paste: `# ${yamlLine(String(top), (parsed.document.toJS() as Record<string, unknown> | null)?.[top])}`,
  };
}

/** The part of a field's path that the text has. */
function path({ document }: Parsed, field: Field): Step[] {
  const steps: Step[] = [];
  let node: unknown = document.contents;
  let inFlow = false;
  for (const name of field) {
    if (isMap(node)) {
      const map: YAMLMap = node;
      inFlow ||= map.flow === true;
      const pair = map.items.find(({ key }) => String(isScalar(key) ? (key.value ?? '') : key) === String(name));
      if (!pair) break;
      steps.push({ key: pair.key as Node, value: pair.value as Node | null, inFlow, inList: false });
      node = pair.value;
    } else if (isSeq(node)) {
      inFlow ||= node.flow === true;
      const item = node.items[Number(name)] as Node | undefined;
      if (!item?.range) break;
      steps.push({ key: item, value: item, inFlow, inList: true });
      node = item;
    } else break;
  }
  return steps;
}

/** The columns of a value that stands wholly on the line of its key. */
function spanOnLine(
  { key, value, inList }: Step,
  { place, lines }: Parsed,
  line: number,
): [number, number] | undefined {
  if (!value?.range) return undefined;
  const [from, to] = value.range;
  const [first, last] = [place(from), place(to)];
  const empty = isScalar(value) && value.value === null && from === to;
  if (empty) {
    const after = inList ? first.column : place(key.range?.[1] ?? 0).column + 1;
    return [after, after];
  }
  const whole = isScalar(value) || isAlias(value) || (value as { flow?: boolean }).flow;
  return whole && first.line === line && last.line === line
    ? [first.column, Math.min(last.column, lines[line - 1]?.length ?? 0)]
    : undefined;
}

function splice(text: string, from: number, to: number, part: string): string {
  const [head, tail] = [text.slice(0, from), text.slice(to)];
  const space = /[:-]$/.test(head) ? ' ' : '';
  return head + space + part + (from === to && tail.trim() ? ` ${tail.trimStart()}` : tail);
}

const start = (node: Node | undefined) => node?.range?.[0] ?? 0;

function end(key: Node, { place, lines }: Parsed, line: number): number {
  const last = place(key.range?.[1] ?? 0);
  return last.line === line ? last.column : (lines[line - 1]?.length ?? 0);
}

function firstLine({ document, place }: Parsed): number {
  const { contents } = document;
  return isMap(contents) && contents.items[0] ? place(start(contents.items[0].key as Node)).line : 1;
}

/** The value at the first `depth` steps of a field, with `value` put in at the field's end. */
function replaced({ document }: Parsed, field: Field, value: unknown, depth = 1): unknown {
  const put = (into: unknown, [step, ...deeper]: Field): unknown => {
    if (step === undefined) return value;
    if (Array.isArray(into)) return into.map((item: unknown, i) => (i === step ? put(item, deeper) : item));
    const record = typeof into === 'object' && into !== null ? (into as Record<string, unknown>) : {};
    return { ...record, [step]: put(record[step], deeper) };
  };
  const old = field
    .slice(0, depth)
    .reduce<unknown>(
      (data, step) => (data as Record<string | number, unknown> | null | undefined)?.[step],
      document.toJS(),
    );
  return put(old, field.slice(depth));
}
