import { expect, test } from 'vitest';
import { folderWith, problemsIn } from './content-folder.ts';

const page = (body: string) =>
  folderWith({
    'pages/odd.mdx': `---\ntitle: Odd\nsummary: A page.\n---\n\n${body}\n`,
    'pages/numbers.js': 'export const three = 3;\n',
  });
const told = async (body: string) => (await problemsIn(await page(body))).map(({ what, line }) => [line, what]);

test.for([
  ['a comment', '{/* name */}'],
  ['a text and a number', '{"name"} {3}'],
  ['a name in code', '`{name}` and \\{name}'],
  ['what was exported', 'export const name = "A";\n\nDear {name}'],
  ['what is exported further down', 'Dear {name}\n\nexport const name = "A";'],
  ['what was imported', 'import { three as number } from "./numbers.js";\n\nDear {number}'],
  ['a package', 'import sharp from "sharp";\n\n{typeof sharp}'],
  ['a module of the project', 'import { url } from "#site/url.ts";\n\n{url.home}'],
  ['a file by its whole name, with a query', 'import three from "./numbers.js?raw";\n\n{three}'],
  ['a module that Astro makes', 'import { Image } from "astro:assets";\n\n{typeof Image}'],
  ['what JavaScript has', '{new Date(0).getFullYear() + Math.max(1, 2)} {undefined}'],
  ['what a body is given', '{props.name}'],
  ['what a function takes', '{[1, 2].map((each, i) => <b key={i}>{each}</b>)}'],
  ['what is taken apart', '{[{ a: 1, b: [2] }].map(({ a, b: [c], ...rest }) => a + c + rest.length)}'],
  ['what is only asked for', '{typeof window}'],
  ['keys', '{({ name: 1 }).name}'],
])('code in a body may name %s', async ([, body = '']) => {
  expect(await told(body)).toEqual([]);
});

test.for([
  ['in a sentence', 'Dear {name}', '{name} is code'],
  ['in a longer expression', 'Dear {"a" + name.first}', '{"a" + name.first} is code'],
  ['in JSX', '{[1].map((each) => <b>{other}</b>)}', 'nothing is called "other"'],
  ['as a part in JSX', '{[1].map((each) => <other.part>{each}</other.part>)}', 'nothing is called "other"'],
  ['as a part of a part in JSX', '{[1].map(() => <other.part.more />)}', 'nothing is called "other"'],
  ['in an attribute', '<Callout title={name}>x</Callout>', 'Nothing is called "name" here'],
  ['that is computed', '{({})[name]}', 'nothing is called "name"'],
  ['as a computed key', '{Object.keys({ [name]: 1 })}', 'nothing is called "name"'],
  ['of a module of the project', 'import x from "#site/missing.ts";', 'nothing to import from "#site/missing.ts"'],
  ['as a default', 'export const one = (a = two) => a;', 'Nothing is called "two" here'],
  ['in an export', 'export const one = two;', 'Nothing is called "two" here'],
  ['in a spread', '<Callout {...name}>x</Callout>', 'Nothing is called "name" here'],
  ['that a package does not have', 'import x from "no-such-package";', 'nothing to import from "no-such-package"'],
  ['of a file that is not there', 'import x from "./missing.js";', 'nothing to import from "./missing.js"'],
  ['of a file that is exported', 'export { x } from "./missing.js";', 'nothing to import from "./missing.js"'],
])('a name that nothing has is told %s', async ([, body = '', what]) => {
  expect(await told(body)).toEqual([[6, expect.stringContaining(what ?? '')]]);
});

test.for([
  ['export default 3;', 'A text has no "export default": it is one itself'],
  ['export { three as default } from "./numbers.js";', 'A text has no "export default": it is one itself'],
  ['export const getHeadings = () => [];', 'The name "getHeadings" is taken in every text'],
  ['export const { Content } = { Content: "b" };', 'The name "Content" is taken in every text'],
  ['export async function Content() {}', 'The name "Content" is taken in every text'],
  ['import frontmatter from "./numbers.js";', 'The name "frontmatter" is taken in every text'],
])('a name that every module of a text has is told: %s', async ([body = '', what]) => {
  expect(await told(body)).toEqual([[6, what]]);
});

test('a name that every module has may be one inside of a function', async () => {
  expect(await told('export const link = (Content) => ({ frontmatter: Content });')).toEqual([]);
});

test('braces over several lines are told at their first line', async () => {
  expect(await told('Text.\n\n{\n  name\n}')).toEqual([[8, expect.stringContaining('nothing is called "name"')]]);
});

test.for([
  ['Dear {name}', '\\{name}', 'Dear \\{name}'],
  ['Dear {name.first}, {3}', '\\{name.first}', 'Dear \\{name.first}, {3}'],
])('braces in a text are put right by backslashes: %s', async ([body = '', nearest, paste]) => {
  expect(await problemsIn(await page(body))).toMatchObject([{ line: 6, field: 'body', nearest, paste }]);
});

test('several names are told together, each once', async () => {
  expect(await told('{one + two + one}')).toEqual([[6, expect.stringContaining('nothing is called "one", "two"')]]);
});

test.for([
  ['a label', '{(() => { next: for (const a of [1]) continue next; return 1; })()}'],
  ['a caught error', '{(() => { try { return 1; } catch (error) { return error; } })()}'],
  ['a class', 'export class Fog { mist = 1; rain() { return this.mist; } }'],
  ['what a module says of itself', '{import.meta.url}'],
  ['a function by its own name', 'export function again(n) { return n > 0 ? again(n - 1) : n; }'],
  ['what is imported as a whole', 'import * as all from "./numbers.js";\n\n{all.three}'],
  ['what is given another name', 'export const a = 1;\nexport { a as b };\n\n{a}'],
  ['what is handed on', 'export { three } from "./numbers.js";'],
  ['a default in what is taken apart', 'export const f = ({ a = 1, b: [c = a] }) => a + c;'],
])('code in a body may have %s', async ([, body = '']) => {
  expect(await told(body)).toEqual([]);
});
