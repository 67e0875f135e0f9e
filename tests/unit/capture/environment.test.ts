import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnvironment, type Variables } from '#capture/environment.ts';

const publicSite = { SITE_URL: 'https://d-files.example', SECRET: 's'.repeat(32) };
const smtp = { SMTP_URL: 'smtps://user:password@smtp.example.com', MAIL_FROM: 'hello@d-files.example' };
const wrongs = (variables: Variables) => readEnvironment(variables).problems.map(({ variable }) => variable);

describe('the mails of a public site', () => {
  it.each<Variables>([
    publicSite,
    { SITE_URL: 'http://d-files.example', NODE_ENV: 'production', SECRET: 's'.repeat(32) },
  ])('have to go somewhere: %o names neither a mail server nor a folder', (variables) => {
    const { problems } = readEnvironment(variables);
    expect(problems).toMatchObject([
      { variable: 'SMTP_URL', what: expect.stringContaining('no mail leaves') as string },
    ]);
    for (const way of ['SMTP_URL=smtps://', 'MAIL_DIR=var/mail']) expect(problems[0]?.fix).toContain(way);
    expect(wrongs({ ...variables, SMTP_URL: ' ', MAIL_DIR: '' })).toEqual(['SMTP_URL']);
  });

  it('have to go somewhere also where only the build knows that it is public', () => {
    const { problems } = readEnvironment({ SECRET: 's'.repeat(32) }, 'https://d-files.example/');
    expect(problems.map(({ variable }) => variable)).toEqual(['SMTP_URL']);
  });

  it('go to a mail server', () => {
    expect(wrongs({ ...publicSite, ...smtp })).toEqual([]);
  });

  it('become files where their folder is named', () => {
    const { environment, problems } = readEnvironment({ ...publicSite, MAIL_DIR: 'mails' });
    expect(problems).toEqual([]);
    expect(environment.mail).toMatchObject({ smtp: undefined, folder: join(process.cwd(), 'mails') });
  });

  it('go one way only, which is said once', () => {
    expect(wrongs({ ...publicSite, ...smtp, MAIL_DIR: 'mails' })).toEqual(['MAIL_DIR']);
    expect(wrongs({ ...publicSite, SMTP_URL: 'smtp.example.com' })).toEqual(['SMTP_URL']);
  });

  it.each(['dist', 'dist/client/mails', './dist/../dist/x'])('are no files of the site: %s', (folder) => {
    expect(wrongs({ ...publicSite, MAIL_DIR: folder })).toEqual(['MAIL_DIR']);
  });

  it('may lie beside it', () => {
    for (const folder of ['distant', '..mails', '/tmp/mails', '..'])
      expect(wrongs({ ...publicSite, MAIL_DIR: folder })).toEqual([]);
  });
});

describe('the sender of mails', () => {
  const sender = (MAIL_FROM: string) => readEnvironment({ ...publicSite, ...smtp, MAIL_FROM });

  it.each([
    ['hello@d-files.example', 'hello@d-files.example'],
    [' <hello@d-files.example> ', 'hello@d-files.example'],
    ['The D-Files <hello@d-files.example>', 'The D-Files <hello@d-files.example>'],
    ['"The D-Files" <hello@d-files.example>', 'The D-Files <hello@d-files.example>'],
    ['Fog: The Series <hello@d-files.example>', '"Fog: The Series" <hello@d-files.example>'],
    ['Fog, Inc. (old) <hello@d-files.example>', '"Fog, Inc. (old)" <hello@d-files.example>'],
    [
      String.raw`"Fog \"and\" foam; a@b.example" <hello@d-files.example>`,
      String.raw`"Fog \"and\" foam; a@b.example" <hello@d-files.example>`,
    ],
    ['Ada @ Fog <hello@d-files.example>', '"Ada @ Fog" <hello@d-files.example>'],
    ['Nebelhörner <hello@d-files.example>', '"Nebelhörner" <hello@d-files.example>'],
    ["O'Neill <o'neill+files@d-files.example>", "O'Neill <o'neill+files@d-files.example>"],
  ])('is one mailbox, whose name is quoted where it has to be: %s', (written, from) => {
    const { environment, problems } = sender(written);
    expect(problems).toEqual([]);
    expect(environment.mail.from).toBe(from);
  });

  it.each([
    ['a@d-files.example, b@d-files.example', 'several addresses', 'MAIL_FROM="a@d-files.example"'],
    ['Ann <a@d-files.example>, Bo <b@d-files.example>', 'several addresses', 'MAIL_FROM="Ann <a@d-files.example>"'],
    ['b@d-files.example <a@d-files.example>', 'several addresses', 'MAIL_FROM="b@d-files.example"'],
    ['Team: Ann <a@d-files.example>, b@d-files.example;', 'a group', 'MAIL_FROM="Ann <a@d-files.example>"'],
    ['Team: a@d-files.example;', 'a group', 'MAIL_FROM="a@d-files.example"'],
    ['"A. Fog" <a@d-files.example>, b@d-files.example', 'several', `MAIL_FROM='"A. Fog" <a@d-files.example>'`],
    ['The D-Files', 'is not one address', 'MAIL_FROM="The D-Files <hello@your.site>"'],
    ['Team:;', 'is not one address', 'MAIL_FROM="The D-Files <hello@your.site>"'],
    ['The D-Files hello@d-files.example', 'is not one address', 'MAIL_FROM="The D-Files <hello@your.site>"'],
    ['<The D-Files <hello@d-files.example>', 'is not one address', 'MAIL_FROM="The D-Files <hello@your.site>"'],
    ['Fog\r\nBcc: x <hello@d-files.example>', 'is not one address', 'MAIL_FROM="The D-Files <hello@your.site>"'],
  ])('is no more and no less than one, and a line to paste has it: %j', (written, what, fix) => {
    const { problems } = sender(written);
    expect(problems).toEqual([{ variable: 'MAIL_FROM', what: expect.stringContaining(what) as string, fix }]);
    expect(sender(fix.replace(/^MAIL_FROM=(["'])(.*)\1$/, '$2')).problems).toEqual([]);
  });
});

describe('the key that signs mails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'd-files-dkim-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const pem = (file: string, text: string | Buffer) => {
    writeFileSync(join(folder, file), text);
    return join(folder, file);
  };
  const rsa = (modulusLength: number, more: object = {}) =>
    generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ type: 'pkcs8', format: 'pem', ...more });
  const right = rsa(2048);
  const key = pem('right.pem', right);
  const all = { DKIM_DOMAIN: 'd-files.example', DKIM_SELECTOR: 's1', DKIM_KEY_FILE: key };
  const found = (variables: Variables) => readEnvironment({ ...publicSite, ...smtp, ...variables });

  it('is read from its file', () => {
    const { environment, problems } = found(all);
    expect(problems).toEqual([]);
    expect(environment.mail.dkim).toEqual({ domain: 'd-files.example', selector: 's1', privateKey: right });
  });

  it('is none where only the provider signs, whose selector the doctor looks up', () => {
    const { environment, problems } = found({ DKIM_SELECTOR: 's1' });
    expect(problems).toEqual([]);
    expect(environment.mail.dkim).toBeUndefined();
  });

  it.each(['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'])('signs nothing by halves: %s is asked for', (missing) => {
    const { environment, problems } = found({ ...all, [missing]: '' });
    expect(problems).toMatchObject([{ variable: missing, fix: expect.stringMatching(`^${missing}=.`) as string }]);
    expect(environment.mail.dkim).toBeUndefined();
  });

  it.each([
    ['a file that is not there', () => join(folder, 'away.pem'), 'cannot be read (ENOENT)'],
    ['a folder', () => folder, 'cannot be read (EISDIR)'],
    ['no PEM', () => pem('text.pem', 'secret words'), 'is not a private key as PEM'],
    ['a key with a password', () => pem('p.pem', rsa(2048, { cipher: 'aes-256-cbc', passphrase: 'x' })), 'password'],
    ['a key that is too short', () => pem('short.pem', rsa(512)), 'is not an RSA key of 1024 bits'],
    [
      'a key of another kind',
      () => pem('ed.pem', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })),
      'is not an RSA key',
    ],
  ])('is not %s, which is said without a word of it', (_, file, what) => {
    const { environment, problems } = found({ ...all, DKIM_KEY_FILE: file() });
    expect(problems).toMatchObject([
      {
        variable: 'DKIM_KEY_FILE',
        what: expect.stringContaining(what) as string,
        fix: expect.stringContaining('openssl genrsa') as string,
      },
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/secret words|PRIVATE KEY/);
    expect(environment.mail.dkim).toBeUndefined();
  });

  it.each([
    ['DKIM_DOMAIN', 'https://d-files.example/'],
    ['DKIM_DOMAIN', 'localhost'],
    ['DKIM_SELECTOR', 's1; d=other.example'],
  ])('has names that DNS can have: %s is not %s', (variable, written) => {
    expect(found({ ...all, [variable]: written }).problems).toMatchObject([{ variable }]);
  });
});

describe('the mails of a site on one machine', () => {
  it.each<Variables>([{}, { SITE_URL: 'http://localhost:4321' }])('become files without a word: %o', (variables) => {
    const { environment, problems } = readEnvironment(variables);
    expect(problems).toEqual([]);
    expect(environment.mail).toMatchObject({ smtp: undefined, folder: join(process.cwd(), 'var/mail') });
  });

  it('become files in the folder that is named', () => {
    expect(readEnvironment({ MAIL_DIR: '/tmp/mails' }).environment.mail.folder).toBe('/tmp/mails');
    expect(readEnvironment({ VAR_DIR: '/srv/var' }).environment.mail.folder).toBe('/srv/var/mail');
  });
});

describe('how many connections one address may hold', () => {
  it('is enough for an office of readers with six each, unless its owner says otherwise', () => {
    const { environment, problems } = readEnvironment({});
    expect(problems).toEqual([]);
    expect(environment.connectionsPerAddress).toBeGreaterThanOrEqual(6 * 50);
    expect(readEnvironment({ CONNECTIONS_PER_IP: '1' }).environment.connectionsPerAddress).toBe(1);
  });

  it.each(['0', '4097', '-1', '1.5', 'many'])('is a whole number of those that the server holds, not %s', (written) => {
    const { environment, problems } = readEnvironment({ CONNECTIONS_PER_IP: written });
    expect(problems).toEqual([
      {
        variable: 'CONNECTIONS_PER_IP',
        what: `“${written}” is not a whole number from 1 to 4096`,
        fix: 'CONNECTIONS_PER_IP=512',
      },
    ]);
    expect(environment.connectionsPerAddress).toBe(512);
  });
});

describe('the address of the site', () => {
  it.each(['https://d-files.example/podcast', 'http://localhost:4321/podcast/', 'd-files.example'])(
    'is refused, with one that the site can be at: %s',
    (address) => {
      const { problems } = readEnvironment({ ...publicSite, ...smtp, SITE_URL: address });
      expect(problems.map(({ variable }) => variable)).toEqual(['SITE_URL']);
      expect(problems[0]?.fix).toMatch(/^SITE_URL=https?:\/\/[\w.:-]+$/);
    },
  );
});

describe('who may use the desk', () => {
  const owners = (OWNERS: string) => readEnvironment({ OWNERS });

  it('is nobody where nobody is named', () => {
    expect(readEnvironment({}).environment.owners).toEqual([]);
    expect(owners(' , ').environment.owners).toEqual([]);
  });

  it('is named by an address and a role, and behind a colon by the person that they are', () => {
    const { environment, problems } = owners(
      'ann@example.com owner:petra-plimsoll, gus@example.com  host:gus-barnacle;\nmo@example.com moderator,',
    );
    expect(problems).toEqual([]);
    expect(environment.owners).toEqual([
      { email: 'ann@example.com', role: 'owner', person: 'petra-plimsoll' },
      { email: 'gus@example.com', role: 'host', person: 'gus-barnacle' },
      { email: 'mo@example.com', role: 'moderator', person: undefined },
    ]);
  });

  it('is an owner where only an address is named', () => {
    expect(owners('ann@example.com').environment.owners).toMatchObject([{ email: 'ann@example.com', role: 'owner' }]);
  });

  it.each([
    ['gus@example.com hots', 'the role “hots”', 'OWNERS="ann@example.com owner, gus@example.com host"'],
    ['gus@example.com Moderater', 'the role “Moderater”', 'OWNERS="ann@example.com owner, gus@example.com moderator"'],
    // What was meant is not certain: least is given.
    [
      'gus@example.com superuser',
      'only owner, host, moderator',
      'OWNERS="ann@example.com owner, gus@example.com moderator"',
    ],
    ['gus@example.com hosst:gus', 'the role “hosst”', 'OWNERS="ann@example.com owner, gus@example.com host:gus"'],
    [
      'gus@example.com host:Gus Barnacle',
      'stands one role',
      'OWNERS="ann@example.com owner, gus@example.com host:Gus"',
    ],
    [
      'gus@example.com host:Gus.Barnacle',
      'the slug of a person',
      'OWNERS="ann@example.com owner, gus@example.com host:gus-barnacle"',
    ],
    ['gus host', 'does not begin with an address', 'OWNERS="ann@example.com owner, you@example.com owner"'],
    [
      'gus@example.com host mo@example.com',
      'behind a comma',
      'OWNERS="ann@example.com owner, gus@example.com host, mo@example.com"',
    ],
    ['ANN@example.com host', 'names ANN@example.com twice', 'OWNERS="ann@example.com owner"'],
  ])('lets nobody in by a slip, and shows the whole of it put right: %s', (entry, what, fix) => {
    const { environment, problems } = owners(`ann@example.com owner, ${entry}`);
    expect(environment.owners).toEqual([{ email: 'ann@example.com', role: 'owner', person: undefined }]);
    expect(problems).toEqual([{ variable: 'OWNERS', what: expect.stringContaining(what) as string, fix }]);
  });
});

describe('what comes back', () => {
  const of = (variables: Variables) => readEnvironment({ SITE_URL: 'http://localhost:4321', ...variables });

  it('is read from a mailbox whose address has room for a tag', () => {
    const { environment, problems } = of({
      BOUNCE_ADDRESS: 'bounces@files.example',
      BOUNCE_IMAP_URL: 'imaps://bounces:p%40ss@imap.example.com/INBOX',
    });
    expect(problems).toEqual([]);
    expect(environment.bounces).toMatchObject({ address: 'bounces@files.example', hookSecret: undefined });
    expect(environment.bounces.imap?.host).toBe('imap.example.com');
  });

  it.each([
    [{ BOUNCE_ADDRESS: 'bounces+x@files.example' }, 'BOUNCE_ADDRESS'],
    [{ BOUNCE_ADDRESS: 'Bounces <b@files.example>' }, 'BOUNCE_ADDRESS'],
    [{ BOUNCE_ADDRESS: `${'b'.repeat(22)}@files.example` }, 'BOUNCE_ADDRESS'],
    [{ BOUNCE_IMAP_URL: 'imaps://b:p@imap.example.com' }, 'BOUNCE_ADDRESS'],
    [{ BOUNCE_ADDRESS: 'b@files.example', BOUNCE_IMAP_URL: 'imaps://imap.example.com' }, 'BOUNCE_IMAP_URL'],
    [{ BOUNCE_ADDRESS: 'b@files.example', BOUNCE_IMAP_URL: 'https://b:p@imap.example.com' }, 'BOUNCE_IMAP_URL'],
    [{ BOUNCE_HOOK_SECRET: 'short' }, 'BOUNCE_HOOK_SECRET'],
  ])('is not set up by %j, which is named', (variables, named) => {
    const { problems } = of(variables);
    expect(problems.map(({ variable }) => variable)).toEqual([named]);
    expect(JSON.stringify(problems)).not.toContain('b:p@');
  });
});
