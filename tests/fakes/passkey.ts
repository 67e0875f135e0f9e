import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/**
 * A device that makes a passkey and signs with it (WebAuthn Level 3, section 6): ES256, no attestation, and no counter, as those that
 * are on several devices. `origin` is the
 * page's, as a browser would say it.
 */
export function fakePasskey(origin: string, id = 'a passkey of a test') {
  const { hostname } = new URL(origin);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const credentialId = Buffer.from(id);
  const clientData = (type: string, challenge: string) => Buffer.from(JSON.stringify({ type, challenge, origin }));
  /** Present and verified (0x05); with a credential in it (0x40). */
  const authenticatorData = (flags: number) =>
    Buffer.concat([createHash('sha256').update(hostname).digest(), Buffer.from([flags]), Buffer.alloc(4)]);
  const response = (fields: Record<string, Buffer>) =>
    JSON.stringify({
      id: credentialId.toString('base64url'),
      rawId: credentialId.toString('base64url'),
      type: 'public-key',
      clientExtensionResults: {},
      response: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.toString('base64url')])),
    });
  return {
    /** What a browser makes of `options` for `navigator.credentials.create`. */
    created(options: string, flags = 0x45): string {
      const { challenge } = JSON.parse(options) as { challenge: string };
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const data = Buffer.concat([
        ...[authenticatorData(flags), Buffer.alloc(16), length, credentialId],
        // COSE: kty EC2, alg ES256, crv P-256, x, y.
        ...[Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url')],
        ...[Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')],
      ]);
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        ...[text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData')],
        ...[Buffer.from([0x58, data.length]), data],
      ]);
      return response({ clientDataJSON: clientData('webauthn.create', challenge), attestationObject });
    },
    /** What it makes of `options` for `navigator.credentials.get`. */
    used(options: string, flags = 0x05): string {
      const { challenge } = JSON.parse(options) as { challenge: string };
      const clientDataJSON = clientData('webauthn.get', challenge);
      const data = authenticatorData(flags);
      const signed = Buffer.concat([data, createHash('sha256').update(clientDataJSON).digest()]);
      return response({ clientDataJSON, authenticatorData: data, signature: sign('sha256', signed, privateKey) });
    },
  };
}

/** A text of fewer than 24 bytes in CBOR (RFC 8949). */
const text = (words: string) => Buffer.concat([Buffer.from([0x60 + words.length]), Buffer.from(words)]);
