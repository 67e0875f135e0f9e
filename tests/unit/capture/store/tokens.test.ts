import { describe, expect, it } from 'vitest';
import { secret } from '#capture/environment.ts';
import { derivedId, isSigned, newId, newToken, signToken, tokenId } from '#capture/store/tokens.ts';

const now = Date.UTC(2026, 0, 15);
const bytes = (value: number) => (count: number) => new Uint8Array(count).fill(value);
const [older, newer] = [secret('o'.repeat(32)), secret('n'.repeat(32))];
const id = newId(now, bytes(1));
const token = newToken({ id, kind: 'confirm', contactId: id, expiresAt: now + 1000 }, [older]);

describe('an id', () => {
  it('is a UUIDv7 of the moment and the randomness that it is given', () => {
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(newId(now, bytes(1))).toBe(id);
    expect(newId(now, bytes(2))).not.toBe(id);
  });

  it('sorts after those of earlier moments', () => {
    expect(newId(now + 1, bytes(0)) > newId(now, bytes(255))).toBe(true);
  });

  it('leads to others that are always the same, of the same moment, and one for each use', () => {
    expect(derivedId(id, 'download')).toBe(derivedId(id, 'download'));
    expect(derivedId(id, 'download')).not.toBe(derivedId(id, 'confirmed'));
    expect(derivedId(id, 'download').slice(0, 13)).toBe(id.slice(0, 13));
    expect(derivedId(id, 'download')).not.toBe(derivedId(newId(now, bytes(2)), 'download'));
  });
});

describe('a token', () => {
  it('is its id, the name of the secret, and a signature that fits into an address as it is', () => {
    const text = signToken(token, [older]);
    expect(text).toMatch(/^[\w.-]+$/);
    expect(text.split('.').slice(0, 2)).toEqual([id, older.id]);
    expect(encodeURIComponent(text)).toBe(text);
    expect(tokenId(text)).toBe(id);
  });

  it('tells nothing of the secret', () => {
    expect(signToken(token, [older])).not.toContain(older.key);
  });

  it('holds for its row and its kind alone', () => {
    const text = signToken(token, [older]);
    expect(isSigned(text, token, 'confirm', [older])).toBe(true);
    expect(isSigned(text, token, 'download', [older])).toBe(false);
    expect(isSigned(text, { ...token, kind: 'download' }, 'download', [older])).toBe(false);
    expect(isSigned(text, { ...token, expiresAt: now + 2000 }, 'confirm', [older])).toBe(false);
    expect(isSigned(text, { ...token, expiresAt: null }, 'confirm', [older])).toBe(false);
    expect(isSigned(text, { ...token, id: newId(now, bytes(2)) }, 'confirm', [older])).toBe(false);
  });

  it('holds while its secret is in use, whichever one signs now', () => {
    const text = signToken(token, [older]);
    expect(isSigned(text, token, 'confirm', [newer, older])).toBe(true);
    expect(isSigned(text, token, 'confirm', [newer])).toBe(false);
  });

  it('is signed by the secret of its row, and by the first one where that is gone', () => {
    expect(signToken(token, [newer, older])).toBe(signToken(token, [older]));
    const anew = signToken(token, [newer]);
    expect(isSigned(anew, token, 'confirm', [newer])).toBe(true);
  });

  it('is not taken from a secret that only has the name of one in use', () => {
    const forged = signToken(token, [{ ...newer, id: older.id }]);
    expect(isSigned(forged, token, 'confirm', [older])).toBe(false);
  });

  it.each(['.', ')', '>', ',', ']', '"', '”', '’.', '>.', ');', '…', '*', '_', '|', ' '])(
    'is read with %j behind it, as programs make links of text',
    (tail) => {
      const text = `${signToken(token, [older])}${tail}`;
      expect(tokenId(text)).toBe(id);
      expect(isSigned(text, token, 'confirm', [older])).toBe(true);
    },
  );

  it.each(['a', '.a', '7', 'é', '.'.repeat(10)])('is not read with %j behind it', (tail) => {
    const text = `${signToken(token, [older])}${tail}`;
    expect(tokenId(text)).toBeUndefined();
    expect(isSigned(text, token, 'confirm', [older])).toBe(false);
  });

  it('cannot be made without a secret', () => {
    expect(() => signToken(token, [])).toThrow('no secret');
  });

  it.each(['', 'x', id, `${id}.${older.id}`, `${id}.${older.id}.short`, `${id}\n.${older.id}.${'a'.repeat(43)}`])(
    'is not %j',
    (text) => {
      expect(tokenId(text)).toBeUndefined();
      expect(isSigned(text, token, 'confirm', [older])).toBe(false);
    },
  );
});
