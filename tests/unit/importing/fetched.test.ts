import { expect, test } from 'vitest';
import { isPrivateAddress } from '#capture/webhook/private-address.ts';
import { guardedFetch } from '#importing/fetched.ts';

const asked: string[] = [];
const answering = (address: string) => {
  asked.push(address);
  return Promise.resolve(new Response('a picture'));
};
const names: Record<string, string[]> = {
  'pictures.example.com': ['93.184.215.14'],
  'rebound.example.com': ['93.184.215.14', '10.0.0.5'],
};
const guarded = (archive: string) =>
  guardedFetch(answering, archive, isPrivateAddress, (host) => Promise.resolve(names[host] ?? []));

test.each([
  'http://127.0.0.1:8080/a.jpg',
  'http://[::1]/a.jpg',
  'http://192.168.1.1/a.jpg',
  'http://[::ffff:10.0.0.1]/a.jpg',
  'https://rebound.example.com/a.jpg',
  'file:///etc/passwd',
])('an archive that names %s has nothing asked there', async (address) => {
  await expect(guarded('/home/export.xml')(address, {})).rejects.toThrow(/private network|no address of the web/);
  expect(asked).not.toContain(address);
});

test('a host of the open net is asked, and the one at which the owner named the archive', async () => {
  expect((await guarded('/home/export.xml')('https://pictures.example.com/a.jpg', {})).status).toBe(200);
  const own = guarded('http://127.0.0.1:8080/feed.xml');
  expect((await own('http://127.0.0.1:8080/a.jpg', {})).status).toBe(200);
  await expect(own('http://127.0.0.1:9090/a.jpg', {})).rejects.toThrow('private network');
});
