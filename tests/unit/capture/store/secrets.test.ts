import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secret } from '#capture/environment.ts';
import { addressHmacs, secretsOf } from '#capture/store/secrets.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'd-files-secret-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the kept secret', () => {
  it('is made once, long, and readable by its owner alone', async () => {
    const kept = join(folder, 'var');
    const [first] = await secretsOf({ secrets: undefined, kept });
    expect(first?.key).toMatch(/^[\da-f]{64}$/);
    expect(statSync(join(kept, 'secret')).mode & 0o777).toBe(0o600);
    expect(statSync(kept).mode & 0o777).toBe(0o700);
    expect(await secretsOf({ secrets: undefined, kept })).toEqual([first]);
  });

  it('is one for all who ask for it at once, and leaves no draft behind', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => secretsOf({ secrets: undefined, kept: folder })));
    expect(new Set(all.map(([made]) => made?.key)).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['secret']);
    expect(readFileSync(join(folder, 'secret'), 'utf8').trim()).toBe(all[0]?.[0]?.key);
  });

  it('is not made where the environment has one', async () => {
    const given = [secret('x'.repeat(32))];
    expect(await secretsOf({ secrets: given, kept: folder })).toEqual(given);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that was emptied is reported, and not signed with', async () => {
    writeFileSync(join(folder, 'secret'), '');
    await expect(secretsOf({ secrets: undefined, kept: folder })).rejects.toThrow('is empty');
  });
});

describe('what an address is suppressed by', () => {
  const [one, other] = [secret('a'.repeat(32)), secret('b'.repeat(32))];

  it('is an HMAC under each secret, the newest first', () => {
    expect(addressHmacs('anna@example.com', [one, other])).toEqual([
      ...addressHmacs('anna@example.com', [one]),
      ...addressHmacs('anna@example.com', [other]),
    ]);
    expect(addressHmacs('anna@example.com', [one])[0]).toMatch(/^[\da-f]{64}$/);
    expect(addressHmacs('anna@example.com', [one])).not.toEqual(addressHmacs('anna@example.com', [other]));
    expect(addressHmacs('anna@example.com', [one])).not.toEqual(addressHmacs('eve@example.com', [one]));
  });
});
