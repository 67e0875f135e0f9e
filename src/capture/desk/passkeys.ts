import { createHash } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Acted, DeskVisit, SignInOutcome } from '#capture/desk.ts';
import { unlessUnavailable } from '#capture/store/store.ts';
import type { PasskeyRow } from '#capture/store/tables.ts';
import type { FormFields } from '#site/form-fields.ts';
import { addDone } from './audit.ts';
import { browserName } from './browser-name.ts';
import { isPasskeyChallenge, newPasskeyChallenge, takeChallenge } from './challenge.ts';
import { type DeskContext, type Owner, ownerWith } from './context.ts';
import { beginSession } from './session.ts';

/**
 * Passkeys (WebAuthn Level 3): a second way in, which needs no mail. They are asked for without naming an owner, so that
 * nobody learns who has one, and have to know their person (by a finger, a face, a PIN), as they stand alone.
 */
const library = () => import('@simplewebauthn/server');

/** The most that an owner has. */
const mostPasskeys = 10;
/** How long a browser waits for its person, in milliseconds. */
const timeout = 120_000;

/** What a browser needs to make a passkey for who is at the desk, as JSON. */
export async function creationOptions(
  context: DeskContext,
  owner: Pick<Owner, 'id' | 'email' | 'session'>,
  passkeys: readonly PasskeyRow[],
): Promise<string> {
  const { site, address } = context;
  const options = await (
    await library()
  ).generateRegistrationOptions({
    rpName: site.title,
    rpID: address.hostname,
    userName: owner.email,
    userDisplayName: owner.email,
    // Says nothing of the owner to whom the passkey is shown.
    userID: new Uint8Array(createHash('sha256').update(`passkey|${owner.id}`).digest()),
    challenge: newPasskeyChallenge(context, owner.session),
    excludeCredentials: passkeys.map(({ id, transports }) => ({ id, transports: JSON.parse(transports) as string[] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
    timeout,
  });
  return JSON.stringify(options);
}

/** What a browser needs to sign in by one, as JSON. */
export async function requestOptions(context: DeskContext): Promise<string> {
  const options = await (
    await library()
  ).generateAuthenticationOptions({
    rpID: context.address.hostname,
    challenge: newPasskeyChallenge(context, 'sign-in'),
    userVerification: 'required',
    timeout,
  });
  return JSON.stringify(options);
}

/** Adds the passkey that a browser made. */
export async function addPasskey(
  context: DeskContext,
  owner: Owner,
  { response, name }: FormFields,
  visit: DeskVisit,
): Promise<Acted> {
  const { store, clock, address } = context;
  const made = parsed<RegistrationResponseJSON>(response);
  if (!made) return { kind: 'invalid', errors: { passkey: refused } };
  let challenge = '';
  const verified = await (
    await library()
  )
    .verifyRegistrationResponse({
      response: made,
      expectedChallenge: (answered) => isPasskeyChallenge(context, (challenge = answered), owner.session),
      expectedOrigin: address.origin,
      expectedRPID: address.hostname,
      supportedAlgorithmIDs: algorithms,
    })
    .catch(() => undefined);
  if (!verified?.verified) return { kind: 'invalid', errors: { passkey: refused } };
  const { credential } = verified.registrationInfo;
  const title = (name ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, longestName);
  if ((await store.reading.passkeys(owner.id)).length >= mostPasskeys)
    return {
      kind: 'invalid',
      errors: { passkey: `You have ${mostPasskeys} passkeys. Delete one that you do not use.` },
    };
  return store.transaction(async (records): Promise<Acted> => {
    if (!(await takeChallenge(context, records, challenge))) return { kind: 'invalid', errors: { passkey: refused } };
    const isNew = await records.addPasskey({
      id: credential.id,
      owner: owner.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: JSON.stringify(credential.transports ?? []),
      name: title || browserName(visit.userAgent),
      at: clock(),
      usedAt: null,
    });
    if (!isNew) return { kind: 'invalid', errors: { passkey: 'This passkey is there already.' } };
    await addDone(context, records, owner, `added a passkey`);
    return { kind: 'done', said: 'The passkey is added. From now on it signs you in without a mail.' };
  });
}

/** Signs in by a passkey. One answer for all that does not, as for links. */
export async function signInByPasskey(
  context: DeskContext,
  { response }: FormFields,
  visit: DeskVisit,
): Promise<SignInOutcome> {
  const { store, owners, clock, address } = context;
  const given = parsed<AuthenticationResponseJSON>(response);
  if (!given || !/^[\w-]{1,2048}$/.test(given.id)) return { kind: 'gone' };
  const { verifyAuthenticationResponse } = await library();
  return unlessUnavailable(() =>
    store.transaction(async (records): Promise<SignInOutcome> => {
      const passkey = await records.passkey(given.id);
      if (!passkey || !ownerWith(owners, passkey.owner)) return { kind: 'gone' };
      let challenge = '';
      const verified = await verifyAuthenticationResponse({
        response: given,
        expectedChallenge: (answered) => isPasskeyChallenge(context, (challenge = answered), 'sign-in'),
        expectedOrigin: address.origin,
        expectedRPID: address.hostname,
        credential: {
          id: passkey.id,
          publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
          counter: passkey.counter,
        },
      }).catch(() => undefined);
      if (!verified?.verified || !(await takeChallenge(context, records, challenge))) return { kind: 'gone' };
      await records.usePasskey(passkey.id, verified.authenticationInfo.newCounter, clock());
      const session = await beginSession(context, records, { owner: passkey.owner, way: 'passkey', visit });
      return { kind: 'signed-in', session };
    }),
  );
}

const refused = 'The passkey could not be added. Load the page again, and try once more.';
const longestName = 60;
/** EdDSA, ES256 and RS256 (IANA, COSE Algorithms). */
const algorithms = [-8, -7, -257];

function parsed<T extends { id: string }>(text: string | undefined): T | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && typeof (value as T).id === 'string'
      ? (value as T)
      : undefined;
  } catch {
    return undefined;
  }
}
