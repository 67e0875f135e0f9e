import { describe, expect, it } from 'vitest';
import { maskedAddress, parseAddress } from '#capture/forms/email-address.ts';

const addressOf = (typed: string) => {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'refused') throw new Error(`${JSON.stringify(typed)} was refused: ${parsed.message}`);
  return parsed.address;
};
const refusalOf = (typed: string | undefined) => {
  const parsed = parseAddress(typed);
  if (parsed.kind === 'address') throw new Error(`${JSON.stringify(typed)} was taken for ${parsed.address.address}`);
  return parsed.message;
};

describe('an e-mail address', () => {
  it('is taken as it was written, and known by its lower case', () => {
    expect(addressOf(' Anna.Berg+News@Example.COM ')).toMatchObject({
      address: 'Anna.Berg+News@Example.COM',
      norm: 'anna.berg+news@example.com',
    });
  });

  it('keeps the dots and tags that a provider may ignore', () => {
    expect(addressOf('a.n.n.a+x@gmail.com').norm).toBe('a.n.n.a+x@gmail.com');
  });

  it.each([
    ['a tag', 'Anna+1@Example.com', 'anna@example.com'],
    ['several tags', 'anna+a+b@example.com', 'anna@example.com'],
    ['dots at Gmail', 'a.N.n.a+x@gmail.com', 'anna@gmail.com'],
    ['the other name of Gmail', 'an.na@googlemail.com', 'anna@gmail.com'],
    ['dots elsewhere, which another person may have', 'a.nna@example.com', 'a.nna@example.com'],
    ['nothing but a tag', '+1@example.com', '+1@example.com'],
  ])('is of one mailbox whatever it has of %s', (_, typed, mailbox) => {
    expect(addressOf(typed).mailbox).toBe(mailbox);
  });

  it('has its international domain in ASCII, and is one with its ASCII form', () => {
    expect(addressOf('anna@Bücher.example')).toMatchObject({
      address: 'anna@xn--bcher-kva.example',
      norm: 'anna@xn--bcher-kva.example',
    });
    expect(addressOf('anna@xn--bcher-kva.example').norm).toBe(addressOf('anna@bücher.example').norm);
  });

  it.each([
    ['a Cyrillic letter among Latin ones', 'anna@еxample.com', 'anna@xn--xample-2of.com'],
    ['a Greek letter among Latin ones', 'anna@gοogle.com', 'anna@xn--gogle-rce.com'],
    ['Cyrillic letters that read as Latin ones', 'anna@аррӏе.com', 'anna@xn--80ak6aa92e.com'],
  ])('cannot be mistaken for another one by %s in its domain', (_, typed, address) => {
    expect(addressOf(typed)).toMatchObject({ address, norm: address });
    expect(maskedAddress(addressOf(typed).address)).toBe(address.replace('anna', 'a•••'));
  });

  it('is one whether its letters are composed or not', () => {
    expect(addressOf('ren\u0065\u0301@example.com').norm).toBe(addressOf('ren\u00e9@example.com').norm);
  });

  it.each([
    ['a space without width, copied along', 'an\u200bna@exam\u200bple.com\u200b'],
    ['a mark of a file’s beginning', '\ufeffanna@example.com'],
    ['marks of direction around it, from a list of contacts', '\u202aanna@example.com\u202c'],
    ['a soft hyphen and a word joiner', 'anna@exam\u00adple\u2060.com'],
    ['the signs of a Japanese keyboard', 'anna＠example。com'],
    ['full-width letters throughout', ' ａｎｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ\u3000'],
  ])('is read through %s', (_, typed) => {
    expect(addressOf(typed)).toMatchObject({ address: 'anna@example.com', norm: 'anna@example.com' });
  });

  it.each(['o’brien@example.com', 'a b@example.com', 'a:b@example.com', '\u200b@example.com'])(
    'may not be %j',
    (typed) => {
      expect(refusalOf(typed)).toBeTruthy();
    },
  );

  it.each([
    "o'brien@example.com",
    'a/b=c@example.co.uk',
    'anna@日本語.jp',
    'anna@пример.рф',
    'x@a-b.example',
    '二@example.com',
  ])('may be %j', (typed) => {
    expect(addressOf(typed).address).toContain('@');
  });

  it.each([
    ['a line break with a header after it', 'anna@example.com\r\nBcc: eve@example.com', 'line break'],
    ['a NUL', 'anna\0@example.com', 'invisible'],
    ['a Unicode line separator', 'anna\u2028@example.com', 'invisible'],
    ['a list with a comma', 'anna@example.com,eve@example.com', 'one address only'],
    ['a list with a semicolon', 'anna@example.com;eve@example.com', 'one address only'],
    ['two addresses', 'anna@example.com@example.org', 'more than one @'],
    ['a quoted local part', '"anna berg"@example.com', 'quotation marks'],
    ['a comment', 'anna(at work)@example.com', 'brackets'],
    ['a display name', 'Anna Berg <anna@example.com>', 'angle brackets'],
    ['nothing', '  ', 'Write your e-mail address'],
    ['no @', 'anna.example.com', 'no @'],
    ['no local part', '@example.com', 'before the @'],
    ['no domain', 'anna@', 'after the @'],
    ['an IPv4 literal', 'anna@[192.0.2.1]', 'not its number'],
    ['an IPv6 literal', 'anna@[IPv6:2001:db8::1]', 'not its number'],
    ['a bare number', 'anna@192.0.2.1', 'not its number'],
    ['a number in disguise', 'anna@１９２.0.2.1', 'not its number'],
    ['a numeric ending', 'anna@example.123', 'no domain'],
    ['two dots in the local part', 'anna..berg@example.com', 'two dots'],
    ['two dots in the domain', 'anna@example..com', 'two dots'],
    ['a dot at the beginning', '.anna@example.com', 'begin or end with a dot'],
    ['a dot before the @', 'anna.@example.com', 'begin or end with a dot'],
    ['a dot at the end', 'anna@example.com.', 'begin or end with a dot'],
    ['an underscore in the domain', 'anna@exa_mple.com', 'cannot stand after the @'],
    ['a percent sign in the domain', 'anna@ex%61mple.com', 'cannot stand after the @'],
    ['a hyphen at the end of a label', 'anna@example-.com', 'no domain'],
    ['a label of 64 characters', `anna@${'a'.repeat(64)}.com`, 'no domain'],
  ])('is refused for %s, with words that help', (_, typed, words) => {
    expect(refusalOf(typed)).toContain(words);
  });

  it('is refused where the field is missing', () => {
    expect(refusalOf(undefined)).toContain('Write your e-mail address');
  });

  it('has at most 254 characters, and 64 bytes before the @', () => {
    const domain = `${'d'.repeat(63)}.${'d'.repeat(63)}.${'d'.repeat(63)}.com`;
    const local = (length: number) => 'l'.repeat(length);
    expect(addressOf(`${local(64)}@example.com`).address).toHaveLength(76);
    expect(refusalOf(`${local(65)}@example.com`)).toContain('longer than 64');
    expect(refusalOf(`${'é'.repeat(33)}@example.com`)).toContain('longer than 64');
    expect(addressOf(`${local(254 - domain.length - 1)}@${domain}`).address).toHaveLength(254);
    expect(refusalOf(`${local(255 - domain.length - 1)}@${domain}`)).toContain('longer than 254');
  });
});

describe('a slip in a well-known domain', () => {
  it.each([
    ['anna@gmial.com', 'anna@gmail.com'],
    ['anna@gamil.com', 'anna@gmail.com'],
    ['anna@gmail.con', 'anna@gmail.com'],
    ['Anna@GMAIL.CO', 'Anna@gmail.com'],
    ['anna@hotmial.com', 'anna@hotmail.com'],
    ['anna@yaho.com', 'anna@yahoo.com'],
    ['anna@outlok.com', 'anna@outlook.com'],
  ])('%s is taken, and %s offered', (typed, likely) => {
    expect(addressOf(typed)).toMatchObject({ address: typed, likely });
  });

  it.each([
    'anna@gmail.com',
    'anna@mail.com',
    'anna@email.com',
    'anna@yahoo.ca',
    'anna@gmx.de',
    'anna@example.com',
    'anna@grail.org',
  ])('%s is none', (typed) => {
    expect(addressOf(typed).likely).toBeUndefined();
  });

  it('is corrected in the message for a domain without its ending', () => {
    expect(refusalOf('anna@gmail')).toContain('anna@gmail.com?');
    expect(refusalOf('anna@web')).toContain('anna@web.de?');
    expect(refusalOf('anna@example')).toContain('no ending');
  });
});

describe('a masked address', () => {
  it('tells its first letter and its domain, and not its length', () => {
    expect(maskedAddress('anna@example.com')).toBe('a•••@example.com');
    expect(maskedAddress('annabel@example.com')).toBe('a•••@example.com');
    expect(maskedAddress('😀x@example.com')).toBe('😀•••@example.com');
  });
});
