/** A sample as a scraper reads it. */
export interface Scraped {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const label = String.raw`([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"`;
const sample = new RegExp(
  String.raw`^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(${label}(?:,${label})*,?)?\})? (NaN|[+-]Inf|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?: -?\d+)?$`,
);

/**
 * Reads Prometheus’ text format 0.0.4 by its grammar, and throws what `promtool check metrics` complains about: a line that is
 * none, a metric without help or type before its samples, or in two groups, a sample twice, a counter without `_total`, a
 * histogram whose buckets shrink or do not end in its count.
 */
export function readExposition(text: string): Scraped[] {
  if (!text.endsWith('\n')) throw new Error('The last line does not end');
  const samples: Scraped[] = [];
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const seen = new Set<string>();
  const groups: string[] = [];
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line);
    if (comment) {
      const [, kind, name = '', rest = ''] = comment;
      if (kind === 'HELP') {
        if (helped.has(name)) throw new Error(`${name} is explained twice`);
        helped.add(name);
        if (rest.endsWith('.')) throw new Error(`${name}: a full stop`);
      } else {
        if (types.has(name)) throw new Error(`${name} has two types`);
        if (!/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) throw new Error(`${name}: no type: ${rest}`);
        if (rest === 'counter' && !name.endsWith('_total')) throw new Error(`${name}: a counter without _total`);
        types.set(name, rest);
        groups.push(name);
      }
      continue;
    }
    const [whole, name = '', labels = '', ...more] = sample.exec(line) ?? [];
    if (whole === undefined) throw new Error(`No sample: ${line}`);
    const base = name.replace(/_(bucket|sum|count)$/, '');
    const family = types.get(base) === 'histogram' ? base : name;
    if (!types.has(family) || !helped.has(family)) throw new Error(`${name} comes before what it is`);
    if (groups.at(-1) !== family) throw new Error(`${family} is in two groups`);
    const key = whole.slice(0, whole.lastIndexOf(' '));
    if (seen.has(key)) throw new Error(`Twice: ${key}`);
    seen.add(key);
    const value = more.findLast((each) => each !== undefined && /^(NaN|[+-]Inf|[+-]?\d)/.test(each)) ?? '';
    samples.push({
      name,
      labels: Object.fromEntries([...labels.matchAll(new RegExp(label, 'g'))].map(([, key, text]) => [key, text])),
      value: Number(value.replace('Inf', 'Infinity')),
    });
  }
  for (const [name, type] of types) if (type === 'histogram') checkBuckets(name, samples);
  return samples;
}

function checkBuckets(name: string, samples: readonly Scraped[]): void {
  const withoutBound = ({ le: _le, ...labels }: Record<string, string>) => JSON.stringify(labels);
  const counts = samples.filter((each) => each.name === `${name}_count`);
  for (const { labels, value } of counts) {
    const buckets = samples
      .filter((each) => each.name === `${name}_bucket` && withoutBound(each.labels) === withoutBound(labels))
      .map((each) => ({ bound: Number(each.labels['le']?.replace('Inf', 'Infinity')), n: each.value }));
    const last = buckets.at(-1);
    if (last?.bound !== Infinity || last.n !== value) throw new Error(`${name}: its last bucket is not its count`);
    for (const [i, { bound, n }] of buckets.entries())
      if (i > 0 && (bound <= (buckets[i - 1]?.bound ?? 0) || n < (buckets[i - 1]?.n ?? 0)))
        throw new Error(`${name}: a bucket shrinks`);
  }
}
