import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mdxToJs } from 'satteri';
import type { Problem } from './problem.ts';
import { type BodyNode, lineWhere, replacedIn, type SourceEntry, span } from './source.ts';

/** A node of a program in JavaScript (ESTree). */
interface CodeNode {
  type: string;
  [part: string]: unknown;
}

/** JavaScript in a body, as a program of its own. */
interface Code {
  node: BodyNode;
  /** As its author wrote it, with its braces. */
  written: string;
  source: string;
}

/** What the code of a body names and imports that is not there: the build would end where it is run. */
export function unknownNames(nodes: readonly BodyNode[], entry: SourceEntry): Problem[] {
  const modules = nodes.filter(({ type }) => type === 'mdxjsEsm').map((node) => codeOf(node, node.value ?? ''));
  const own = new Set(modules.flatMap(({ source }) => [...namesIn(source).declared]));
  const isKnown = (name: string) => own.has(name) || ofEveryBody.has(name) || name in globalThis;
  return [...modules, ...nodes.flatMap(expressions)].flatMap((code) => {
    const { declared, used, imported, given } = namesIn(code.source);
    const taken = [...given].filter((name) => ofEveryModule.has(name));
    if (taken.length > 0) return taken.map((name) => takenName(code.node, name, entry));
    const missing = [...imported].filter((from) => !isThere(from, entry));
    if (missing.length > 0) return missing.map((from) => missingImport(code.node, from, entry));
    const unknown = [...used].filter((name) => !declared.has(name) && !isKnown(name));
    return unknown.length > 0 ? [problem(code, unknown, entry)] : [];
  });
}

/** What the module of every body has by itself; a `url` and a `file` of its author's it takes instead of its own. */
const ofEveryModule = new Set(['default', 'Content', 'MDXContent', 'frontmatter', 'getHeadings']);

function takenName(node: BodyNode, name: string, entry: SourceEntry): Problem {
  const what =
    name === 'default'
      ? 'A text has no "export default": it is one itself'
      : `The name "${name}" is taken in every text`;
  return {
    what,
    file: entry.name,
    field: 'body',
    line: lineOf(entry, node, name),
    nearest: name === 'default' ? undefined : `${name}2`,
  };
}

/** What Astro gives to an MDX module. */
const ofEveryBody = new Set(['props', 'undefined', 'frontmatter', 'getHeadings', 'file', 'url']);

function problem({ node, written }: Code, names: readonly string[], entry: SourceEntry): Problem {
  const plural = names.map((name) => `"${name}"`).join(', ');
  const place = { file: entry.name, field: 'body' };
  if (node.type !== 'mdxTextExpression' && node.type !== 'mdxFlowExpression')
    return { what: `Nothing is called ${plural} here`, ...place, line: lineOf(entry, node, names[0] ?? '') };
  const right = written.replaceAll(/[{<]/g, '\\$&');
  const what = `${written} is code in MDX, and nothing is called ${plural}: a { in a text is written \\{`;
  const fixed = written.includes('\n') ? { line: span(node).first } : replacedIn(entry, node, written, right);
  return { what, ...place, nearest: right.includes('\n') ? '\\{' : right, ...fixed };
}

function missingImport(node: BodyNode, from: string, entry: SourceEntry): Problem {
  const what = `There is nothing to import from "${from}"`;
  return { what, file: entry.name, field: 'body', line: lineOf(entry, node, from) };
}

/** Whether a file or package can be imported, as far as this can be known without building. */
function isThere(from: string, entry: SourceEntry): boolean {
  const path = from.replace(/[?#].*$/s, '');
  const found = (file: string) => ['', '.js', '.mjs', '.ts', '.mts', '.json'].some((end) => existsSync(file + end));
  if (/^\.\.?\//.test(path)) return found(join(dirname(entry.path), path));
  // A module that Astro makes, or a path from the root of the project.
  if (/^(?:[a-z][a-z\d-]*:|\/)/.test(path)) return true;
  try {
    return found(fileURLToPath(import.meta.resolve(from.startsWith('#') ? from : path)));
  } catch {
    return false;
  }
}

/** The line on which code names something. */
function lineOf(entry: SourceEntry, node: BodyNode, name: string): number {
  const word = new RegExp(`(?<![\\w$.])${RegExp.escape(name)}(?![\\w$])`);
  return lineWhere(entry, node, (line) => word.test(line)) ?? span(node).first;
}

const codeOf = (node: BodyNode, written: string, source = written): Code => ({ node, written, source });

/** The expressions of a node: its own, or those of its attributes. */
function expressions(node: BodyNode): Code[] {
  if (node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression')
    return [codeOf(node, `{${node.value ?? ''}}`)];
  return (node.attributes ?? []).flatMap(({ type, value }) => {
    if (type === 'mdxJsxExpressionAttribute') return [codeOf(node, `{${String(value)}}`, `{({${String(value)}})}`)];
    const expression = (value as { value?: unknown } | null | undefined)?.value;
    return typeof expression === 'string' ? [codeOf(node, `{${expression}}`)] : [];
  });
}

/** The names that code declares and uses, and where it imports from. */
interface Names {
  declared: Set<string>;
  used: Set<string>;
  imported: Set<string>;
  /** What an import or export gives a name in the whole module. */
  given: Set<string>;
}

/** Of a piece of MDX that is all code. */
function namesIn(source: string): Names {
  const programs: unknown[] = [];
  const take = (node: { parseExpression(): unknown }) => void programs.push(node.parseExpression());
  mdxToJs(source, {
    hastPlugins: [{ name: 'code', mdxFlowExpression: take, mdxTextExpression: take, mdxjsEsm: take }],
  });
  const names: Names = { declared: new Set(), used: new Set(), imported: new Set(), given: new Set() };
  for (const program of programs) {
    collect(program, names);
    for (const statement of isNode(program) && Array.isArray(program['body']) ? program['body'] : [])
      for (const name of givenNames(statement)) names.given.add(name);
  }
  return names;
}

function givenNames(statement: unknown): string[] {
  if (isNode(statement, 'ExportDefaultDeclaration')) return ['default'];
  if (!isNode(statement)) return [];
  const { declaration, specifiers } = statement;
  const { id, declarations }: Record<string, unknown> = isNode(declaration) ? declaration : {};
  const inList = (list: unknown, key: string) =>
    (Array.isArray(list) ? list : []).flatMap((each: unknown) => (isNode(each) ? patternNames(each[key]) : []));
  return [
    ...patternNames(id),
    ...inList(declarations, 'id'),
    ...inList(specifiers, 'local'),
    ...inList(specifiers, 'exported'),
  ];
}

/**
 * Every declaration counts for the whole of the code: a name that is used outside of its block is not told, and none is
 * told that is right.
 */
function collect(part: unknown, names: Names): void {
  if (Array.isArray(part)) for (const each of part) collect(each, names);
  if (!isNode(part)) return;
  const { type } = part;
  if (type === 'Identifier') names.used.add(String(part['name']));
  // `<name.part>` names something; `<name>` is an element, and `<Name>` is for the check of components.
  else if (type === 'JSXMemberExpression') collectJsx(part, names.used);
  // Only `typeof` may name what is not there.
  else if (type === 'UnaryExpression' && part['operator'] === 'typeof' && isNode(part['argument'], 'Identifier'))
    return;
  if (/^(?:Import|Export\w+)Declaration$/.test(type) && isNode(part['source']))
    names.imported.add(String(part['source']['value']));
  for (const [key, inner] of Object.entries(part)) {
    if (isName(part, key)) continue;
    if (isDeclared(part, key)) for (const name of patternNames(inner)) names.declared.add(name);
    collect(inner, names);
  }
}

function collectJsx(part: CodeNode, used: Set<string>): void {
  const { object } = part;
  if (isNode(object, 'JSXMemberExpression')) collectJsx(object, used);
  else if (isNode(object, 'JSXIdentifier')) used.add(String(object['name']));
}

const isNode = (part: unknown, type?: string): part is CodeNode =>
  typeof part === 'object' && part !== null && 'type' in part && (type === undefined || part.type === type);

/** Whether a part of a node is a name inside something else, as that of a property: nothing needs to be called so. */
function isName({ type, computed, source }: CodeNode, key: string): boolean {
  if (type === 'MemberExpression') return key === 'property' && computed !== true;
  if (/^(?:Property|MethodDefinition|PropertyDefinition|AccessorProperty)$/.test(type))
    return key === 'key' && computed !== true;
  if (type === 'ImportSpecifier') return key === 'imported';
  if (type === 'ExportSpecifier') return key === 'exported';
  if (type === 'ExportNamedDeclaration') return key === 'specifiers' && source !== null;
  if (type === 'ExportAllDeclaration' || type === 'MetaProperty' || /^(?:Labeled|Break|Continue)/.test(type))
    return key !== 'body';
  return false;
}

/** Whether a part of a node gives names to what is in it. */
function isDeclared({ type }: CodeNode, key: string): boolean {
  if (/^(?:Import\w*Specifier)$/.test(type)) return key === 'local';
  if (type === 'VariableDeclarator') return key === 'id';
  if (/^(?:Function|Class)/.test(type) || type === 'ArrowFunctionExpression') return key === 'id' || key === 'params';
  return type === 'CatchClause' && key === 'param';
}

/** The names in a pattern: `{ a, b: [c, ...d] }` has a, c and d. */
function patternNames(pattern: unknown): string[] {
  if (Array.isArray(pattern)) return pattern.flatMap(patternNames);
  if (!isNode(pattern)) return [];
  if (pattern.type === 'Identifier') return [String(pattern['name'])];
  if (pattern.type === 'AssignmentPattern') return patternNames(pattern['left']);
  if (pattern.type === 'Property') return patternNames(pattern['value']);
  return ['elements', 'properties', 'argument', 'params'].flatMap((key) => patternNames(pattern[key]));
}
