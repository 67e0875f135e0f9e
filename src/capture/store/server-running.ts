/** Another server has the file. */
export class ServerIsRunning extends Error {
  override name = 'ServerIsRunning';
  readonly holder: LockHolder | undefined;
  constructor(file: string, holder: LockHolder | undefined) {
    const who = holder
      ? `the process ${holder.pid}, since ${new Date(holder.since).toISOString()}`
      : 'a process that is just starting';
    super(
      `Another server uses ${file}: ${who}. Stop it first, or give this one a database of its own (VAR_DIR); for ` +
        'several servers at once, use PostgreSQL (DATABASE_URL).',
    );
    this.holder = holder;
  }
}

export interface LockHolder {
  pid: number;
  /** In milliseconds since 1970. */
  since: number;
}
