import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

/** What each source file imports of the others, types included, as paths from the project's root. */
export function importsOf(files: readonly string[]): Map<string, string[]> {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const text = readFileSync(file, 'utf8');
      const named = [...text.matchAll(importing)].map(([, from, called]) => resolved(file, from ?? called ?? ''));
      return [file, [...new Set(named.filter((each) => known.has(each)))]];
    }),
  );
}

export const sources: readonly string[] = globSync('src/**/*.{ts,mjs,astro}').map((file) => file.replaceAll('\\', '/'));

/** `import … from '…'`, `export … from '…'`, `import '…'`, `import('…')`, also as a type. */
const importing = /^\s*(?:import|export)\b[^'"`;]*?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

function resolved(file: string, name: string): string {
  const path = name.replace(/\?.*$/, '');
  return path.startsWith('#') ? `src/${path.slice(1)}` : join(dirname(file), path);
}

/**
 * The room that a file is in: a folder of `src`, in `capture` one of its folders; a file that lies in no such folder is
 * a room by itself.
 */
export function roomOf(file: string): string {
  const [, room = '', inner] = file.split('/');
  return room === 'capture' && inner ? `capture/${inner}` : room;
}

/** Groups of nodes that lead to one another in a circle (Tarjan's strongly connected components). */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const visit = (node: string) => {
    order.set(node, order.size);
    lowest.set(node, order.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) found.push(group.toSorted());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}
