import { init, registerCustomFormat, registerEditorComponent, registerPreviewStyle } from '@sveltia/cms';
import italic from '@fontsource-variable/bitter/files/bitter-latin-wght-italic.woff2?url';
import upright from '@fontsource-variable/bitter/files/bitter-latin-wght-normal.woff2?url';
import typewriter from '@fontsource/courier-prime/files/courier-prime-latin-400-normal.woff2?url';
import styles from '#styles/site.css?inline';
import { asItIs, asItIsPattern, blockOf, blockPattern, previewOf, summaryOf } from './blocks.ts';
import type { EditorConfig } from './config.ts';
import { workOnLocalFolder } from './local-folder.ts';
import { openAtTheTop } from './opening.ts';
import { previewStyles } from './preview.ts';
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
    ...{ id, label, mode: 'dialog', fields: fields.map((field) => ({ ...field })) },
    summary: summaryOf(component),
    pattern: blockPattern(component),
    fromBlock: ({ groups = {} }: RegExpMatchArray) => ({ ...groups }),
    toBlock: (values: Values) => blockOf(component, values),
    toPreview: (values: Values) => previewOf(component, values),
  });
}

registerEditorComponent({
  ...asItIs,
  mode: 'dialog',
  summary: '{{source}}',
  fields: [{ name: 'source', label: 'Source', widget: 'text' }],
  pattern: asItIsPattern,
  fromBlock: ([source]: RegExpMatchArray) => ({ source }),
  toBlock: ({ source }: Values) => String(source ?? ''),
  toPreview: ({ source }: Values) => `\`\`\`\n${String(source ?? '')}\n\`\`\``,
});

registerPreviewStyle(previewStyles(styles, { upright, italic, typewriter }), { raw: true });

openAtTheTop();

await init({ config: config.cms as never });

type Values = Record<string, unknown>;
