import { pathToFileURL } from 'node:url';
import { adviceKinds, guide, mistakeKinds } from '#authoring/message-kinds.ts';
import type { Problem } from '#authoring/problem.ts';

/** A mistake or a piece of advice, for programs. */
export interface Message extends Problem {
  level: 'mistake' | 'advice';
  /** Its permanent name. */
  name: string;
}

/** How messages are written for programs: each a whole text. */
export const formats = { json, github, sarif };

function json(messages: readonly Message[]): string {
  const mistakes = messages.filter(({ level }) => level === 'mistake').length;
  return JSON.stringify({ mistakes, advice: messages.length - mistakes, messages: messages.map(plain) }, undefined, 2);
}

const plain = ({ level, name, what, file, line, field, nearest, paste }: Message) => ({
  ...{ level, name, what, file: slashed(file), line, field, nearest, paste },
});

/** Workflow commands of GitHub Actions: notes beside the lines of a pull request. */
function github(messages: readonly Message[]): string {
  return messages
    .map(({ level, name, what, file, line, nearest, paste }) => {
      const rows = [what, nearest && `nearest: ${nearest}`, paste && `paste: ${paste}`].filter(Boolean);
      const place = `file=${property(slashed(file))},line=${line},title=${property(name)}`;
      return `::${level === 'mistake' ? 'error' : 'notice'} ${place}::${data(rows.join('\n'))}`;
    })
    .join('\n');
}

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** SARIF 2.1.0 (OASIS), as code scanning takes it. */
function sarif(messages: readonly Message[]): string {
  const names = [...new Set(messages.map(({ name }) => name))];
  const kinds = [...mistakeKinds, ...adviceKinds];
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'content',
              rules: names.map((id) => {
                const found = kinds.find(({ name }) => name === id);
                return {
                  id,
                  shortDescription: { text: found?.example ?? id },
                  help: { text: `${found?.fix ?? ''} See ${guide}`.trim() },
                };
              }),
            },
          },
          results: messages.map(({ level, name, what, file, line, nearest }) => ({
            ruleId: name,
            ruleIndex: names.indexOf(name),
            level: level === 'mistake' ? 'error' : 'note',
            message: { text: nearest ? `${what}. Nearest: ${nearest}` : what },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: uriOf(file) },
                  region: { startLine: Math.max(line, 1) },
                },
              },
            ],
          })),
        },
      ],
    },
    undefined,
    2,
  );
}

const slashed = (file: string) => file.replaceAll('\\', '/');

/** A path inside the project stays one, coded as an address is. */
const uriOf = (file: string) =>
  /^(?:[\\/]|[a-z]:)/i.test(file)
    ? pathToFileURL(file).href
    : slashed(file).split('/').map(encodeURIComponent).join('/');
