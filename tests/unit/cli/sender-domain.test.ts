import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { senderFindings } from '../../../src/cli/sender-domain.ts';

/** A resolver that knows these records, and answers for all other names as `otherwise`. */
const dns =
  (records: Record<string, string[][]>, otherwise = 'ENOTFOUND') =>
  (name: string) =>
    records[name]
      ? Promise.resolve(records[name])
      : Promise.reject(Object.assign(new Error(name), { code: otherwise }));

async function found(records: Record<string, string[][]>, selector?: string, domain = 'd.example') {
  const findings = await senderFindings(domain, selector, dns(records));
  return Object.fromEntries(findings.map(({ about, mark, what }) => [about, `${mark} ${what}`]));
}

describe('the records of a sender', () => {
  test('that are right are well', async () => {
    const all = await found(
      {
        'd.example': [['google-site-verification=x'], ['v=spf1 include:_spf.', 'mail.example -all']],
        's1._domainkey.d.example': [['v=DKIM1; k=rsa; ', 'p=MIGf']],
        '_dmarc.d.example': [['v=DMARC1; p=none']],
      },
      's1',
    );
    expect(all).toEqual({
      SPF: '✓ d.example: v=spf1 include:_spf.mail.example -all',
      DKIM: '✓ s1._domainkey.d.example has a key.',
      DMARC: '✓ _dmarc.d.example: v=DMARC1; p=none',
    });
  });

  test('of SPF are those of the domain to which mail comes back', async () => {
    const records = { 'back.example': [['v=spf1 include:mail.example -all']] };
    const [spf] = await senderFindings('d.example', undefined, dns(records), undefined, 'back.example');
    expect(spf).toMatchObject({ about: 'SPF', what: 'back.example: v=spf1 include:mail.example -all' });
  });

  test('that are missing are told with what to add', async () => {
    const findings = await senderFindings('d.example', undefined, dns({}));
    expect(findings.map(({ about, mark }) => [about, mark])).toEqual([
      ['SPF', '!'],
      ['DKIM', '!'],
      ['DMARC', '!'],
    ]);
    expect(findings[0]?.fix).toContain('v=spf1');
    expect(findings[1]?.fix).toContain('DKIM_SELECTOR');
    expect(findings[2]?.fix).toContain('_dmarc.d.example');
  });

  test('of which DNS tells nothing are neither well nor wrong', async () => {
    const findings = await senderFindings('d.example', 's1', dns({}, 'ECONNREFUSED'));
    expect(findings.map(({ mark }) => mark)).toEqual(['!', '!', '!']);
    for (const { what, fix } of findings) {
      expect(what).toContain('could not be looked up');
      expect(fix).toMatch(/^Look at it where DNS answers: dig TXT \S*d\.example$/);
    }
  });

  test('have the key that signs here, or are told with the one to add', async () => {
    const [own, other] = [
      generateKeyPairSync('rsa', { modulusLength: 1024 }),
      generateKeyPairSync('rsa', { modulusLength: 1024 }),
    ];
    const published = (key: KeyObject) =>
      `v=DKIM1; k=rsa; p=${key.export({ type: 'spki', format: 'der' }).toString('base64')}`;
    const privateKey = own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const dkimOf = async (records: string[][]) => {
      const key = { domain: 'd.example', selector: 'own', privateKey };
      const findings = await senderFindings('d.example', 's1', dns({ 'own._domainkey.d.example': records }), key);
      return findings.find(({ about }) => about === 'DKIM');
    };
    const text = published(own.publicKey);
    expect(await dkimOf([[text.slice(0, 100), text.slice(100)]])).toMatchObject({ mark: '✓' });
    for (const records of [[], [[published(other.publicKey)]], [['v=DKIM1; p=']]]) {
      const finding = await dkimOf(records);
      expect(finding).toMatchObject({ mark: '✗', fix: `Add a TXT record to own._domainkey.d.example: "${text}"` });
      expect(JSON.stringify(finding)).not.toContain(privateKey.split('\n')[1]);
    }
  });

  test('twice for SPF are as good as none', async () => {
    expect((await found({ 'd.example': [['v=spf1 -all'], ['v=spf1 mx ~all']] }))['SPF']).toContain('✗ d.example has 2');
  });

  test.each(['v=spf1 +all', 'v=spf1 mx all'])('%s lets everybody send', async (record) => {
    expect((await found({ 'd.example': [[record]] }))['SPF']).toContain('✗');
  });

  test('another record that only begins alike is no SPF record', async () => {
    expect((await found({ 'd.example': [['v=spf10 -all']] }))['SPF']).toContain('! d.example has no SPF');
  });

  test('a selector that has no record, or a revoked key, is wrong', async () => {
    expect((await found({}, 's1'))['DKIM']).toContain('✗ There is no record s1._domainkey.d.example');
    expect((await found({ 's1._domainkey.d.example': [['v=DKIM1; p=']] }, 's1'))['DKIM']).toContain('revoked');
  });

  test('of the organisation count for a domain below it', async () => {
    const above = { '_dmarc.d.example': [['v=DMARC1; p=reject']] };
    expect((await found(above, undefined, 'mail.eu.d.example'))['DMARC']).toBe(
      '✓ _dmarc.d.example: v=DMARC1; p=reject',
    );
    expect((await found({ '_dmarc.example': [['v=DMARC1; p=reject']] }))['DMARC']).toContain(
      '! d.example has no DMARC',
    );
  });
});
