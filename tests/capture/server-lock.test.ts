import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockForServer, serverOf } from '#capture/store/adapters/server-lock.ts';
import { ServerIsRunning } from '#capture/store/server-running.ts';
import { contactRow, noon } from './rows.ts';
import { sqlite } from './stores.ts';

describe('the lock of a server', () => {
  it('keeps a second server out, and says who has it, since when, and what to do', async () => {
    const file = await sqlite.place();
    const lock = lockForServer(file, { pid: 4321, since: noon });
    const second = () => lockForServer(file, { pid: 4322, since: noon + 1 });
    expect(second).toThrow(ServerIsRunning);
    expect(second).toThrow(/process 4321, since 2026-01-15T12:00:00.000Z.*PostgreSQL/);
    expect(serverOf(file)).toEqual({ pid: 4321, since: noon });
    lock.release();
    expect(serverOf(file)).toBeUndefined();
    lockForServer(file, { pid: 4322, since: noon + 1 }).release();
  });

  it('is another one’s under the same process id, as in containers, where each server is process 1', async () => {
    const file = await sqlite.place();
    const lock = lockForServer(file, { pid: 1, since: noon });
    expect(() => lockForServer(file, { pid: 1, since: noon + 60_000 })).toThrow(
      /process 1, since 2026-01-15T12:00:00.000Z/,
    );
    expect(() => lockForServer(file, { pid: 1, since: noon })).toThrow(/a process that is just starting/);
    expect(serverOf(file)).toEqual({ pid: 1, since: noon });
    lock.release();
  });

  it('is of one file only, which others cannot read', async () => {
    const [file, other] = [await sqlite.place(), await sqlite.place()];
    const locks = [file, other].map((each) => lockForServer(each, { pid: 1, since: noon }));
    expect(statSync(`${file}-server`).mode & 0o777).toBe(0o600);
    for (const lock of locks) lock.release();
  });

  it('lets the commands of the owner read and write', async () => {
    const file = await sqlite.place();
    const lock = lockForServer(file, { pid: 1, since: noon });
    const command = sqlite.open(file);
    await command.migrate();
    await command.transaction((records) => records.contactFor(contactRow('ann@example.com')));
    expect((await command.reading.counts()).contact).toBe(1);
    lock.release();
  });

  it('is nobody’s where no server ever was, and asking makes no file', async () => {
    const file = await sqlite.place();
    expect(serverOf(file)).toBeUndefined();
    expect(() => statSync(`${file}-server`)).toThrow(/ENOENT/);
  });

  it('is gone with a process that was killed', async () => {
    const file = await sqlite.place();
    const lockModule = new URL('../../src/capture/store/adapters/server-lock.ts', import.meta.url).href;
    const server = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { lockForServer } from ${JSON.stringify(lockModule)};
        lockForServer(${JSON.stringify(file)}, { pid: process.pid, since: 0 });
        setInterval(() => {}, 1000);
        console.log('holds');`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(server.stdout, 'data');
    expect(() => lockForServer(file, { pid: 1, since: noon })).toThrow(new RegExp(`process ${server.pid}, since 1970`));
    server.kill('SIGKILL');
    await once(server, 'exit');
    lockForServer(file, { pid: 1, since: noon }).release();
  });
});
