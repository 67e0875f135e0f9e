/** One build, measured. */
export interface Build {
  entries: number;
  /** Who built, and what was there before. */
  generator: string;
  state: string;
  /** Seconds. */
  cpu: number;
  /** Bytes. */
  memory: number;
}

/**
 * The medians of builds of one size as a table in Markdown, in the order of the builds. Ratios are to what `reference`
 * took for the same, or for the state that `sameAs` names.
 */
export function table(builds: readonly Build[], reference: string, sameAs: Readonly<Record<string, string>>): string {
  const rows = [...groups(builds)].map((group) => {
    const { generator, state } = group[0]!;
    const cpu = median(group.map((build) => build.cpu));
    const compared = builds.filter(
      (build) => build.generator === reference && build.state === (sameAs[state] ?? state),
    );
    const ratio = compared.length > 0 ? `${short(cpu / median(compared.map((build) => build.cpu)))} x` : '–';
    const memory = `${Math.round(median(group.map((build) => build.memory)) / 1e6)} MB`;
    return [generator, state, `${short(cpu)} s`, ratio, memory];
  });
  const head = ['', 'build', 'CPU', `of ${reference}'s`, 'peak memory'];
  return [head, ['---', '---', '--:', '--:', '--:'], ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * How many bytes one more entry needs, between the two largest sizes; undefined where there is one alone. A small build
 * says little: while there is plenty of memory, V8 does not look for what could be freed.
 */
export function memoryPerEntry(builds: readonly Build[]): number | undefined {
  const [most, less] = [...new Set(builds.map(({ entries }) => entries))].toSorted((a, b) => b - a);
  if (most === undefined || less === undefined) return undefined;
  const at = (size: number) => median(builds.filter(({ entries }) => entries === size).map(({ memory }) => memory));
  return (at(most) - at(less)) / (most - less);
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

const groups = (builds: readonly Build[]): Iterable<Build[]> =>
  Map.groupBy(builds, ({ generator, state }) => `${generator} ${state}`).values();

const short = (value: number) => value.toFixed(value < 10 ? 2 : 1);
