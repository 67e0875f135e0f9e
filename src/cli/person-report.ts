import type { PersonExport } from '#capture/owner/person.ts';
import { harmless } from './table.ts';

/** All that is kept of a person, to be read in a terminal. */
export const personText = (address: string, person: PersonExport): string =>
  [
    introduction(address, person),
    ...sectionsOf(person).flatMap(({ label, value }) => ['', label.toUpperCase(), ...textLines(value, '  ')]),
  ]
    .map(harmless)
    .join('\n');

/** The same as a page to hand over: whole in its one file, with nothing that another machine is asked for. */
export const personPage = (address: string, person: PersonExport, title: string, at: number): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(`What is kept of ${address}`)}</title>
<style>
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark }
h2 { margin-top: 2rem; border-top: 1px solid; padding-top: .5rem }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; margin: .5rem 0 }
dt { opacity: .75 }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
li + li { margin-top: 1rem }
</style>
</head>
<body>
<h1>${escaped(`What ${title} keeps of ${address}`)}</h1>
<p>${escaped(introduction(address, person))} Made on ${new Date(at).toISOString().slice(0, 10)}; moments are in UTC.</p>
${sectionsOf(person)
  .map(({ label, value }) => `<h2>${escaped(label)}</h2>\n${html(value)}`)
  .join('\n')}
</body>
</html>
`;

function introduction(address: string, { person, suppressed }: PersonExport): string {
  const last = suppressed.at(-1);
  const silence = last && `It is suppressed (${last.reason}, ${last.at.slice(0, 10)}): ${silenceOf[last.reason]}.`;
  return [
    person
      ? `All that is kept of ${address}.`
      : `Nobody is kept with the address ${address}; what follows is known by a hash of it.`,
    ...(silence ? [silence] : []),
  ].join(' ');
}

const silenceOf: Record<PersonExport['suppressed'][number]['reason'], string> = {
  erased: 'nothing is sent to it',
  bounced: 'nothing is sent to it but what is asked for anew',
  complained: 'no newsletter is sent to it, and nothing else but what is asked for',
};

const headings: Record<keyof PersonExport, string> = {
  person: 'Person',
  newsletter: 'Newsletter',
  forms: 'Forms that were sent',
  consents: 'Consents and their proofs',
  leads: 'Whitepapers asked for, and what came of it',
  downloads: 'Downloads',
  links: 'Links that were mailed',
  comments: 'Comments',
  questions: 'Questions and answers',
  mails: 'Mails',
  returned: 'Mails that came back, or were called spam',
  events: 'Reported to other software',
  suppressed: 'Suppressed',
  audit: 'Noted of the address',
};

/** What JSON can hold. */
type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** The parts of which there is anything. */
const sectionsOf = (person: PersonExport): { label: string; value: Value }[] =>
  (Object.keys(headings) as (keyof PersonExport)[])
    .map((key) => ({ label: headings[key], value: person[key] as Value }))
    .filter(({ value }) => !isEmpty(value));

const isEmpty = (value: Value): boolean =>
  value === null || value === '' || value === 0 || (typeof value === 'object' && Object.keys(value).length === 0);

/** The fields of a record that say something, with their names as words: `firstSeen` as "First seen". */
const fieldsOf = (record: { readonly [key: string]: Value }): [string, Value][] =>
  Object.entries(record)
    .filter(([, value]) => value === 0 || !isEmpty(value))
    .map(([key, value]) => [asWords(key), value]);

const asWords = (key: string) =>
  key.charAt(0).toUpperCase() + key.slice(1).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const shown = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

function textLines(value: Value, indent: string): string[] {
  if (value === null) return [];
  if (isList(value)) return value.flatMap((each, i) => [...(i > 0 ? [''] : []), ...textLines(each, indent)]);
  if (typeof value !== 'object')
    return shown(value)
      .split('\n')
      .map((line) => indent + line);
  return fieldsOf(value).flatMap(([name, of]) => {
    const lines = textLines(of, `${indent}  `);
    return typeof of !== 'object' && lines.length === 1
      ? [`${indent}${name}: ${lines[0]?.trimStart()}`]
      : [`${indent}${name}:`, ...lines];
  });
}

function html(value: Value): string {
  if (value === null) return '';
  if (isList(value)) return `<ol>\n${value.map((each) => `<li>${html(each)}</li>`).join('\n')}\n</ol>`;
  if (typeof value !== 'object') return `<span dir="auto">${escaped(shown(value))}</span>`;
  const fields = fieldsOf(value).map(([name, of]) => `<dt>${escaped(name)}</dt><dd>${html(of)}</dd>`);
  return `<dl>\n${fields.join('\n')}\n</dl>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (each) => entities[each] ?? each);
