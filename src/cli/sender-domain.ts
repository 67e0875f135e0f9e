import { createPublicKey } from 'node:crypto';
import type { Environment } from '#capture/owner/setup.ts';
import { advice, well, wrong, type Finding } from './finding.ts';

/** The look-up of TXT records; a name without any is refused with the code ENOTFOUND or ENODATA. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

/**
 * Whether receivers can verify mail from `domain`: SPF, DKIM and DMARC. The selector is that of the mail provider; where
 * mails are signed here, with `key`, its own record counts. SPF is of the envelope's sender (RFC 7208, section 2.4), which has the
 * domain `envelope` where mail comes back to another one.
 */
export async function senderFindings(
  domain: string,
  selector: string | undefined,
  resolveTxt: ResolveTxt,
  key?: Environment['mail']['dkim'],
  envelope = domain,
): Promise<Finding[]> {
  const records = (name: string) => lookUp(name, resolveTxt);
  return Promise.all([
    spf(envelope, records),
    key ? ownDkim(key, records) : dkim(domain, selector, records),
    dmarc(domain, records),
  ]);
}

/** The TXT records of a name, or undefined when nobody could be asked. */
type Records = (name: string) => Promise<string[] | undefined>;

async function lookUp(name: string, resolveTxt: ResolveTxt): Promise<string[] | undefined> {
  try {
    // A record longer than 255 bytes comes in parts (RFC 7208, section 3.3).
    return (await resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : undefined;
  }
}

const lookUpFailed = (about: string, name: string) =>
  advice(about, `The TXT record of ${name} could not be looked up.`, `Look at it where DNS answers: dig TXT ${name}`);

/** RFC 7208. */
async function spf(domain: string, records: Records): Promise<Finding> {
  const found = (await records(domain))?.filter((record) => /^v=spf1( |$)/i.test(record));
  const [record] = found ?? [];
  if (!found) return lookUpFailed('SPF', domain);
  if (!record)
    return advice(
      'SPF',
      `${domain} has no SPF record: receivers cannot tell who may send for it.`,
      `Add a TXT record to ${domain} that your mail provider gives you, such as "v=spf1 include:provider.example -all".`,
    );
  if (found.length > 1)
    return wrong(
      'SPF',
      `${domain} has ${found.length} SPF records, which counts as none (RFC 7208, section 4.5).`,
      'Make one of them: a single v=spf1 with every include.',
    );
  if (/(^| )\+?all( |$)/i.test(record))
    return wrong('SPF', `The record of ${domain} lets everybody send for it.`, 'End it with -all or ~all.');
  return well('SPF', `${domain}: ${record}`);
}

const publicKeyIn = (record: string) => /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, '');

/** RFC 6376, section 3.6. */
async function dkim(domain: string, selector: string | undefined, records: Records): Promise<Finding> {
  if (!selector)
    return advice(
      'DKIM',
      'Its record is known by a selector that only your mail provider can tell.',
      'Name it, and it is looked up: DKIM_SELECTOR=… npm run doctor, or --dkim-selector …',
    );
  const name = `${selector}._domainkey.${domain}`;
  const found = await records(name);
  const keys = found?.map(publicKeyIn);
  if (!found) return lookUpFailed('DKIM', name);
  if (keys?.some(Boolean)) return well('DKIM', `${name} has a key.`);
  return found.length > 0
    ? wrong('DKIM', `The record ${name} has no key: it is revoked.`, 'Publish the key that your provider signs with.')
    : wrong(
        'DKIM',
        `There is no record ${name}.`,
        'Publish the key that your mail provider gives you, or fix DKIM_SELECTOR.',
      );
}

/** Whether the record of the key that signs here has its public half. */
async function ownDkim(
  { domain, selector, privateKey }: NonNullable<Environment['mail']['dkim']>,
  records: Records,
): Promise<Finding> {
  const name = `${selector}._domainkey.${domain}`;
  const own = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  const found = await records(name);
  if (!found) return lookUpFailed('DKIM', name);
  if (found.some((record) => publicKeyIn(record) === own)) return well('DKIM', `${name} has the key that signs here.`);
  return wrong(
    'DKIM',
    found.length > 0
      ? `The record ${name} has another key than DKIM_KEY_FILE: receivers take each mail for forged.`
      : `There is no record ${name}: nobody can verify what is signed here.`,
    `Add a TXT record to ${name}: "v=DKIM1; k=rsa; p=${own}"`,
  );
}

/** RFC 7489, section 6.6.3: a domain without a record of its own has that of the organisation above it. */
async function dmarc(domain: string, records: Records): Promise<Finding> {
  const labels = domain.split('.');
  for (let parents = 0; parents === 0 || labels.length - parents >= 2; parents += 1) {
    const name = `_dmarc.${labels.slice(parents).join('.')}`;
    const found = (await records(name))?.filter((record) => /^v=DMARC1\s*(;|$)/i.test(record));
    const [record] = found ?? [];
    if (!found) return lookUpFailed('DMARC', name);
    if (found.length > 1)
      return wrong('DMARC', `${name} has ${found.length} records, which counts as none.`, 'Keep one of them.');
    if (record) return well('DMARC', `${name}: ${record}`);
  }
  return advice(
    'DMARC',
    `${domain} has no DMARC record, which large receivers ask of who sends newsletters.`,
    `Add a TXT record to _dmarc.${domain}: "v=DMARC1; p=none; rua=mailto:postmaster@${domain}"; later p=quarantine.`,
  );
}
