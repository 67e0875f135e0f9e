import { closestMatch } from '#authoring/closest-match.ts';
import { help, listed, parse, type Options, type Syntax, type Values } from '../../src/cli/command-line.ts';

/**
 * The options of a bench as they were typed. For `--help`, and for what it does not know, the process ends here. What a
 * bench throws later ends it with its message.
 */
export function benchOptions<const O extends Options>(syntax: Syntax<O>): Values<O> {
  process.on('uncaughtException', (error) => {
    // Thrown on purpose, its message says all. What JavaScript itself throws is a fault in the code.
    const isOnPurpose = error instanceof Error && error.constructor === Error;
    console.error(isOnPurpose ? `\n${error.message}` : error);
    process.exit(1);
  });
  const parsed = parse(syntax, process.argv.slice(2));
  if (parsed.kind === 'run') return parsed.values;
  if (parsed.kind === 'usage-error') return end(parsed.message);
  console.log(help(syntax));
  process.exit(0);
}

/** A whole number above 0. */
export function countOf(option: string, typed: string | undefined, otherwise: number): number {
  if (typed === undefined) return otherwise;
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : end(`${option} is a whole number above 0, not “${typed}”.`);
}

/** Those of the names that were typed; all of them where none was. */
export function chosen<Name extends string>(
  option: string,
  typed: readonly string[],
  names: readonly Name[],
): readonly Name[] {
  const isName = (each: string): each is Name => names.some((name) => name === each);
  const stray = typed.find((each) => !isName(each));
  if (stray !== undefined)
    return end(`${option} is ${listed(names)}, not “${stray}”. Nearest: ${option} "${closestMatch(stray, names)}"`);
  return typed.length > 0 ? typed.filter(isName) : names;
}

/** A message, and nothing else is done. */
export function end(message: string): never {
  console.error(message);
  process.exit(2);
}
