import { init, registerCustomFormat, registerEditorComponent, registerPreviewStyle } from '@sveltia/cms';
import styles from '#styles/site.css?inline';
import { asItIs, asItIsPattern, blockOf, blockPattern, previewOf } from './blocks.ts';
import type { EditorConfig } from './config.ts';
import { workOnLocalFolder } from './local-folder.ts';
import { readMdx, readTopics, readYaml, writeMdx, writeTopics, writeYaml } from './source.ts';

const config = (await (await fetch('/edit/config.json', { cache: 'no-cache' })).json()) as EditorConfig;

if (config.isLocal) {
  workOnLocalFolder();
  // There is nobody to sign in.
  localStorage.setItem('sveltia-cms.user', JSON.stringify({ backendName: 'test-repo' }));
} else {
  const kept = localStorage.getItem('sveltia-cms.user');
  if (kept?.includes('"test-repo"')) localStorage.removeItem('sveltia-cms.user');
}

for (const { name, kind, fields } of config.formats) {
  const forms = {
    mdx: { fromFile: (text: string) => readMdx(text, fields), toFile: (values: Values) => writeMdx(values, fields) },
    yaml: { fromFile: (text: string) => readYaml(text, fields), toFile: (values: Values) => writeYaml(values, fields) },
    topics: { fromFile: readTopics, toFile: (values: Values) => writeTopics(values, fields) },
  };
  registerCustomFormat(name, kind === 'mdx' ? 'mdx' : 'yaml', forms[kind]);
}

for (const component of config.components) {
  const { id, label, fields } = component;
  registerEditorComponent({
    ...{ id, label, fields: fields.map((field) => ({ ...field })) },
    pattern: blockPattern(component),
    fromBlock: ({ groups = {} }: RegExpMatchArray) => ({ ...groups }),
    toBlock: (values: Values) => blockOf(component, values),
    toPreview: (values: Values) => previewOf(component, values),
  });
}

registerEditorComponent({
  ...asItIs,
  fields: [{ name: 'source', label: 'Source', widget: 'text' }],
  pattern: asItIsPattern,
  fromBlock: ([source]: RegExpMatchArray) => ({ source }),
  toBlock: ({ source }: Values) => String(source ?? ''),
  toPreview: ({ source }: Values) => `\`\`\`\n${String(source ?? '')}\n\`\`\``,
});

registerPreviewStyle(`${styles}\nbody { padding: 1.5rem; max-width: 42rem; } section { margin-block-end: 1rem; }`, {
  raw: true,
});

await init({ config: config.cms as never });

type Values = Record<string, unknown>;
