import { createHash } from 'node:crypto';
import type { Randomness } from '#capture/store/tokens.ts';

/** The value of a cookie that nobody can guess. */
export const newCookie = (random: Randomness): string => Buffer.from(random(32)).toString('base64url');

/** Whether it can be one: what is anything else is not even looked up. */
export const isCookie = (value: string | undefined): value is string => /^[\w-]{43}$/.test(value ?? '');

/** What the store knows a cookie by: from it nobody can sign in. */
export const hashOf = (cookie: string): string => createHash('sha256').update(cookie).digest('hex');
