import { createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { secret, type Environment, type Secret } from '#capture/environment.ts';

/**
 * The secrets of the environment, the signing one first. Where it has none (development), one is made on the first
 * call and kept in `secret` of the kept folder, readable by its owner alone.
 */
export async function secretsOf({ secrets, kept }: Pick<Environment, 'secrets' | 'kept'>): Promise<Secret[]> {
  if (secrets) return secrets;
  const file = join(kept, 'secret');
  return [secret((await read(file)) ?? (await make(file, kept)))];
}

/**
 * What a suppression knows an address by, under each secret, the newest first. `emailNorm` cannot be read from it
 * without the secret, nor can it be mistaken for a link's signature.
 */
export function addressHmacs(emailNorm: string, secrets: readonly Secret[]): [string, ...string[]] {
  const [newest, ...older] = secrets.map(({ key }) =>
    createHmac('sha256', key).update(`suppression|${emailNorm}`).digest('hex'),
  );
  if (!newest) throw new Error('There is no secret to know addresses by.');
  return [newest, ...older];
}

async function read(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim() || undefined;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function make(file: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // A link is refused where another process was first: then both read what that one made.
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  const made = await read(file);
  if (made === undefined) throw new Error(`${file} is empty. Delete it, and a new secret is made.`);
  return made;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
