import type { Data } from './front-matter.ts';

/** Texts, numbers and lists of texts that a file of JavaScript gives names to, at whatever depth: the first of a name counts. Nothing is run. */
export function literalsOf(source: string): Data {
  const text = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[\s,;{}])\/\/[^\n]*/g, '');
  const found: Data = {};
  const literal =
    /(?:^|[\s,{])["']?([A-Za-z_]\w*)["']?\s*:\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`$\\]*)`|\[([^[\]]*)\]|(true|false|-?\d+(?:\.\d+)?)(?=\s*[,}\n]))/g;
  for (const [, name = '', double, single, ticks, list, word] of text.matchAll(literal)) {
    if (Object.hasOwn(found, name)) continue;
    const said = double ?? single ?? ticks;
    if (said !== undefined) found[name] = said.replaceAll(/\\(["'\\])/g, '$1');
    else if (list !== undefined) {
      const texts = [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, a, b]) => a ?? b ?? '');
      if (texts.length > 0) found[name] = texts;
    } else if (word !== undefined) found[name] = word === 'true' ? true : word === 'false' ? false : Number(word);
  }
  return found;
}
