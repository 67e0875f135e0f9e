import { expect, test } from 'vitest';
import type { Hearing } from '#capture/compose.ts';
import { Listening } from '#server/heard.ts';
import { Reads } from '#server/views.ts';
import { ask, film, recording, serve } from './served.ts';

const app = { 'User-Agent': 'AntennaPod/3.4.0' };

async function listened() {
  const heard: Hearing[] = [];
  const listening = new Listening({ salt: Buffer.from('s'), now: () => 0, report: (each) => void heard.push(each) });
  const served = await serve({
    site: {
      listening,
      recordings: new Map([
        ['/episodes/one/audio.mp3', { entry: 'episodes/one', bytes: recording.length, enough: recording.length }],
        ['/episodes/one/video.mp4', { entry: 'episodes/one', bytes: film.length, enough: 100_000 }],
      ]),
    },
  });
  return { served, heard };
}

test('who is sent a recording whole or in parts is counted, and who asks for less is not', async () => {
  const { served, heard } = await listened();
  const part = (range: string, path = '/episodes/one/video.mp4') =>
    ask(served, path, { headers: { ...app, Range: range } });
  await ask(served, '/episodes/one/audio.mp3', { method: 'HEAD', headers: app });
  await part('bytes=0-1');
  await part('bytes=0-49999');
  await part('bytes=0-49999');
  expect(heard).toEqual([]);
  await part('bytes=50000-99999');
  expect(heard).toEqual([{ entry: 'episodes/one', kind: 'app', listener: '127.0.0.1\nAntennaPod/3.4.0' }]);
});

test('a small one that lies in memory is counted like one that does not, and what did not change is not', async () => {
  const { served, heard } = await listened();
  const { headers } = await ask(served, '/episodes/one/audio.mp3', { headers: { 'User-Agent': 'curl/8.0' } });
  const unchanged = { ...app, 'If-None-Match': headers.etag ?? '' };
  expect((await ask(served, '/episodes/one/audio.mp3', { headers: unchanged })).status).toBe(304);
  expect(heard).toEqual([]);
  await ask(served, '/episodes/one/audio.mp3', { headers: app });
  expect(heard).toHaveLength(1);
  expect(served.lines.join()).not.toContain('AntennaPod');
});

test('each view of an entry’s page is one that was read, from memory too, and those of machines are not', async () => {
  const reads = new Reads();
  const served = await serve({ site: { reads, entries: new Map([['/about/', 'posts/about']]) } });
  const agent = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
  const { headers } = await ask(served, '/about/', { headers: agent });
  await ask(served, '/about/', { headers: { ...agent, 'If-None-Match': headers.etag ?? '' } });
  await ask(served, '/about/?from=a-mail', { headers: agent });
  await ask(served, '/about/', { headers: { 'User-Agent': 'Somebot/1.0' } });
  await ask(served, '/about/', { method: 'HEAD', headers: agent });
  await ask(served, '/about', { headers: agent });
  await ask(served, '/', { headers: agent });
  expect(reads.take()).toEqual([{ entry: 'posts/about', n: 3 }]);
  expect(reads.take()).toEqual([]);
});
