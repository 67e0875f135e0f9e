import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Lead } from '#capture/store/store.ts';
import { csvColumns, writeCsv } from '../../../src/cli/lead-csv.ts';

const lead = (given: Partial<Lead> = {}): Lead => ({
  ...{ contactId: '0199', email: 'ann@example.com', name: null, company: null, createdAt: 0, status: 'confirmed' },
  ...{ newsletter: null, mail: null, assets: [], leads: [], fromEntry: null, utm: '{}', lastAt: 0 },
  ...given,
});

async function* each<T>(values: T[]): AsyncIterable<T> {
  yield* values;
}

async function csv(leads: Lead[], bom = false): Promise<string> {
  const chunks: Buffer[] = [];
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  await writeCsv(each(leads), output, { bom });
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads CSV by RFC 4180 alone: the fields of each record, and whether all were quoted. */
function parsed(text: string): Record<string, string>[] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (let match = field.exec(text); match; match = field.exec(text)) {
    const [, raw = '', end] = match;
    record.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === '\r\n') records.push(record.splice(0));
  }
  const read = records.flat().length;
  expect(read).toBeGreaterThan(0);
  record = [];
  const [head = [], ...rows] = records;
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}

const one = async (given: Partial<Lead>) => parsed(await csv([lead(given)]))[0] ?? {};
const formula = /^[\s]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

describe('the export', () => {
  test('has a heading and one line a lead, with moments in ISO 8601 and each source in a column', async () => {
    const text = await csv([
      lead({
        ...{
          name: 'Ann',
          company: 'Ann & Co',
          newsletter: 'confirmed',
          assets: ['one', 'two'],
          fromEntry: 'episodes/e1',
        },
        ...{
          utm: '{"utm_source":"linkedin","utm_content":"a"}',
          createdAt: Date.UTC(2026, 0, 2),
          lastAt: Date.UTC(2026, 0, 3),
        },
      }),
    ]);
    expect(text.split('\r\n')).toHaveLength(3);
    expect(parsed(text)).toEqual([
      {
        ...{ email: 'ann@example.com', name: 'Ann', company: 'Ann & Co', status: 'confirmed', newsletter: 'confirmed' },
        ...{
          mail: '',
          whitepapers: 'one two',
          leads: '',
          value: '',
          assigned_to: '',
          partner: '',
          from_entry: 'episodes/e1',
          utm_source: 'linkedin',
          utm_medium: '',
          utm_campaign: '',
        },
        ...{
          utm_term: '',
          utm_content: 'a',
          first_seen: '2026-01-02T00:00:00.000Z',
          last_seen: '2026-01-03T00:00:00.000Z',
        },
        contact_id: '0199',
      },
    ]);
  });

  test('has its heading when there is nobody', async () => {
    expect((await csv([])).replaceAll('"', '')).toBe(`${csvColumns.join(',')}\r\n`);
  });

  test('begins with a byte order mark only where one is asked for', async () => {
    expect(await csv([lead()], true)).toMatch(/^\uFEFF/);
    expect(await csv([lead()])).not.toContain('\uFEFF');
  });

  test.each(['=1+1@example.com', '+1@example.com', '-1@example.com', "=cmd|'/C calc'!A0@example.com"])(
    'an address such as %s is a text, not a formula, and can still be read',
    async (email) => {
      const row = await one({ email });
      expect(row['email']).toBe(`'${email}`);
    },
  );

  test.each([
    ...['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', '\r=1+1', '\n=1+1', ' =1+1', '\u00A0=1+1', '\u2028=1', '\0=1+1'],
    ...['\uFF1D1+1', '\uFF0B1', '\uFF0D1', '\uFF201', '"=1+1', '=HYPERLINK("https://x.example","y")', "=1+1';=2"],
  ])('a name such as %j begins no formula, whatever it is in', async (typed) => {
    const row = await one({ name: typed, company: typed, utm: JSON.stringify({ utm_source: typed, utm_term: typed }) });
    for (const column of ['name', 'company', 'utm_source', 'utm_term']) expect(row[column]).not.toMatch(formula);
    expect(row['status']).toBe('confirmed');
  });

  test('quotes and commas come back as they were', async () => {
    expect((await one({ name: 'Ann "the pen", Jones' }))['name']).toBe('Ann "the pen", Jones');
  });

  test('a line feed in a name begins no new line', async () => {
    const text = await csv([lead({ name: 'Ann\r\n=1+1,"x"\nBob' }), lead()]);
    expect(text.split(/[\r\n]+/)).toHaveLength(4);
    expect(parsed(text)[0]?.['name']).toBe('Ann =1+1,"x" Bob');
  });

  test.each(['x;=1+1', 'x; =1+1', 'x;"=1+1', 'x;;@SUM(A1)', 'x;+1'])(
    'where semicolons divide cells, no cell of %j is a formula',
    async (name) => {
      const line = (await csv([lead({ name })])).split('\r\n')[1] ?? '';
      for (const cell of line.split(';')) expect(cell.replace(/^[\s"]+/, '')).not.toMatch(formula);
    },
  );

  test('sources that are no JSON cost a lead its sources, and not the export', async () => {
    expect(await one({ utm: 'oops' })).toMatchObject({ email: 'ann@example.com', utm_source: '' });
    expect(await one({ utm: '{"utm_source":7}' })).toMatchObject({ utm_source: '' });
  });
});

test('20,000 leads are written as they are read: few are between the store and the file at any moment', async () => {
  const most = 20_000;
  let read = 0;
  let written = 0;
  let between = 0;
  async function* stored() {
    for (; read < most; read += 1) {
      between = Math.max(between, read - written);
      yield lead({ email: `reader-${read}@example.com` });
    }
  }
  const slow = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const byte of chunk) if (byte === 10) written += 1;
      setImmediate(done);
    },
  });
  const counts: number[] = [];
  const count = await writeCsv(stored(), slow, { bom: false, seen: (n) => n % 5000 === 0 && counts.push(n) });
  expect({ count, written }).toEqual({ count: most, written: most + 1 });
  expect(counts).toEqual([5000, 10_000, 15_000, 20_000]);
  // Node holds some 64 KiB in each stream, of lines that are longer than 100 bytes.
  expect(between).toBeLessThan(2_500);
});

test('has how each whitepaper of a person stands, who has them, and what they brought', async () => {
  const of = { value: null, assignedTo: null, partner: null };
  const [record] = parsed(
    await csv([
      lead({
        mail: 'bounced',
        leads: [
          { ...of, asset: 'inland', state: 'won', value: 145_050, assignedTo: 'petra@example.com', partner: 'ferry' },
          { ...of, asset: 'keepers', state: 'waiting', assignedTo: 'petra@example.com' },
        ],
      }),
    ]),
  );
  expect(record).toMatchObject({
    ...{ leads: 'inland:won keepers:waiting', value: '1450.50', assigned_to: 'petra@example.com', partner: 'ferry' },
    mail: 'bounced',
  });
});

test('an output that fails ends the reading', async () => {
  let ended = false;
  async function* stored() {
    try {
      for (;;) yield lead();
    } finally {
      ended = true;
    }
  }
  const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('ENOSPC')) });
  await expect(writeCsv(stored(), full, { bom: false })).rejects.toThrow('ENOSPC');
  expect(ended).toBe(true);
});
