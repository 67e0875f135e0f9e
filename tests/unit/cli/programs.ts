import { readdirSync, readFileSync } from 'node:fs';
import { parse } from '../../../src/cli/command-line.ts';
import type { Command, Program } from '../../../src/cli/command.ts';

/** The scripts of npm, in the order in which `npm run` shows them. */
export const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** The commands of `src/cli` by the names of their files. */
export const programs: ReadonlyMap<string, Program> = new Map(
  await Promise.all(
    readdirSync('src/cli')
      .filter((file) => file.endsWith('.ts') && readFileSync(`src/cli/${file}`, 'utf8').includes('import.meta.main'))
      .map(async (file): Promise<[string, Program]> => {
        const name = file.replace('.ts', '');
        const module = (await import(`../../../src/cli/${name}.ts`)) as Record<string, Program>;
        const program = module[name.replace(/-./g, ([, letter]) => `${letter}`.toUpperCase())];
        if (!program) throw new Error(`${file} exports no command under its name.`);
        return [name, program];
      }),
  ),
);

/** The commands of a program: itself, where it has none of its own. */
export const commandsOf = (program: Program): readonly Command[] =>
  'commands' in program ? program.commands : [program];

/**
 * Why npm or the command would refuse a line, `npm run leads -- list --json`; undefined where it would not. The line may
 * begin with variables and go on behind a pipe.
 */
export function errorIn(line: string): string | undefined {
  const { program, command, words, error } = read(line);
  if (error !== undefined || !program || !command) return error;
  const parsed = parse(command, 'commands' in program ? words.slice(1) : words);
  return parsed.kind === 'usage-error' ? parsed.message : undefined;
}

/** Why a line names no command, whatever else it has. */
export const nameErrorIn = (line: string): string | undefined => read(line).error;

interface Line {
  program?: Program | undefined;
  command?: Command | undefined;
  words: string[];
  error?: string;
}

function read(line: string): Line {
  const found = /npm (?:run )?(?:--silent )?([a-z][a-z0-9:-]*)(?: -- ([^|]*))?/.exec(line);
  const [, script = '', typed = ''] = found ?? [];
  const words = (typed.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
  if (!Object.hasOwn(scripts, script)) return { words, error: `There is no script ${script}.` };
  const program = programs.get(script);
  if (!program || !('commands' in program)) return { program, command: program, words };
  const command = program.commands.find(({ name }) => name === `${script} ${words[0]}`);
  if (!command && words.length > 0) return { words, error: `There is no ${script} ${words[0]}.` };
  return { program, command, words };
}
