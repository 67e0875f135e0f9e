import { decoded } from '#site/url.ts';
import { shown } from './problem.ts';

/**
 * What is to be said of a name that no file has, and the names that may be meant by it. One that looks the same is
 * meant: "é" is one character on one machine, and on another an "e" with an accent.
 */
export function missingFile(
  name: string,
  others: readonly string[],
): { saying: string; candidates: readonly string[] } {
  const twins = others.filter((other) => other.normalize() === name.normalize());
  if (twins.length === 0) return { saying: '', candidates: others };
  return { saying: ', but one that looks the same: its accents are written in another way', candidates: twins };
}

/** What no name may have in it. Apps decode the "%25" of an address twice; a build takes a "?" for a query. */
const refused: Record<string, RegExp> = { picture: /[%?\\\p{Cc}]/u, logo: /[%?\\\p{Cc}]/u, paper: /\p{Cc}/u };
const refusedElsewhere = /[%\\\p{Cc}]/u;

/**
 * How many bytes a name may have: 255 on every file system in use, and a text file has a compressed one beside it, whose
 * name is longer.
 */
const longest = 255 - '.br'.length;
const isText = /^(?:transcript|chapters file)$/;

/** Why a file is to have another name, and a free one that it may have. `others` are the files beside it. */
export function renamedFile(
  name: string,
  noun: string,
  others: readonly string[],
): { what: string; to: string } | undefined {
  const bytes = Buffer.byteLength(name.slice(name.lastIndexOf('/') + 1));
  const isLong = bytes > longest && isText.test(noun);
  const [sign] = (refused[noun] ?? refusedElsewhere).exec(name) ?? [];
  if (sign === undefined && !isLong) return undefined;
  const [, stem = '', ending = ''] = /^(.*)(\.[^.]*)$/s.exec(/%2f/i.test(name) ? name : decoded(name)) ?? [];
  const short = isLong ? [...stem].slice(0, 60).join('').trimEnd() : stem;
  const clean = short.replaceAll(/\s*[%?\\\p{Cc}]+/gu, '').replace(/\/\s*$/, '/file');
  const free = [clean, ...others.map((_, i) => `${clean}-${i + 2}`)].map((each) => each + ending);
  const to = free.find((each) => !others.includes(each)) ?? clean + ending;
  const why =
    sign === undefined
      ? `a name of ${bytes} bytes, of which it may have ${longest}`
      : `${shown(sign)} in its name, as ${name} has it`;
  return { what: `No ${noun} can be published with ${why}: rename it to ${to}`, to };
}
