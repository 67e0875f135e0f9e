import type { Lost } from '#importing/archive.ts';
import { at, textOf } from './fields.ts';
import { type Data, dataOf, formatOf, isData } from './front-matter.ts';
import type { Tree } from './tree.ts';

/** What the files of a folder configure: those at its top, then of `config/_default` and `config/production`. */
export async function configOf(tree: Tree, lost: Lost[]): Promise<Data> {
  let config: Data = {};
  const read = async (file: string) =>
    dataOf((await tree.text(file, lost)) ?? '', formatOf(file) ?? 'toml', lost, file);
  for (const file of tree.files)
    if (/^(?:hugo|config)\.(?:toml|ya?ml|json)$/.test(file)) config = merged(config, await read(file));
  for (const level of ['_default', 'production'])
    for (const file of tree.files) {
      const [, name = ''] = new RegExp(`^config/${level}/([^/]+)\\.(?:toml|ya?ml|json)$`).exec(file) ?? [];
      if (!name) continue;
      const data = await read(file);
      const [root = '', language] = name.split('.');
      const own = root === 'hugo' || root === 'config' ? data : { [root]: data };
      if (level === 'production' && root !== 'hugo' && root !== 'config') continue;
      config = merged(
        config,
        language === undefined
          ? own
          : root === 'languages'
            ? { languages: { [language]: data } }
            : { languages: { [language]: own } },
      );
    }
  return config;
}

/** Data over others, record by record. */
export function merged(under: Data, over: Data): Data {
  const whole: Data = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const key = Object.keys(under).find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
    const old = whole[key];
    whole[key] = isData(old) && isData(value) ? merged(old, value) : value;
  }
  return whole;
}

/** Folders of content, with what stands before the paths in them. */
export function contentRoots(config: Data, languages: Data, language: string): { folder: string; under: string[] }[] {
  const mounts = [at(config, 'module.mounts') ?? []].flat().filter(isData);
  const own = mounts.flatMap((mount) => {
    const [source, target] = [textOf(mount['source']), textOf(mount['target'])];
    const mounted = textOf(mount['lang']);
    const isOurs =
      source !== undefined &&
      target !== undefined &&
      /^content(?:\/|$)/.test(target) &&
      (mounted === undefined || mounted === language);
    return isOurs
      ? [{ folder: source.replace(/^\.?\/+|\/+$/g, ''), under: target.split('/').slice(1).filter(Boolean) }]
      : [];
  });
  if (own.length > 0) return own;
  const folder = textOf(at(languages, `${language}.contentDir`)) ?? textOf(at(config, 'contentDir')) ?? 'content';
  return [{ folder: folder.replace(/^\.?\/+|\/+$/g, ''), under: [] }];
}
