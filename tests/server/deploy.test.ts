import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSite } from '#capture/compose.ts';
import { redirectConfig } from '#site/redirect-config.ts';
import { servedFolders } from '#site/routes.ts';
import { serveFixture } from '../e2e/site.ts';
import { fixtureOutput, fixtureSite } from '../fixture-site.ts';
import { ask as askOwn, serve, writeSite } from './served.ts';
import { type Answered, isInstalled, startCaddy, startNginx, type WebServer } from './web-server.ts';

const name = new URL(fixtureSite).host;
const client = join(fixtureOutput, 'client');
const folder = 'src/server/deploy';

/** The site's own server, as it stands behind a web server. */
async function behind() {
  const kept = await mkdtemp(join(tmpdir(), 'd-files-deploy-'));
  onTestFinished(() => rm(kept, { recursive: true, force: true }));
  const site = await serveFixture({
    ...{ SITE_URL: fixtureSite, SECRET: 's'.repeat(32), MAIL_DIR: join(kept, 'mail'), TRUSTED_PROXIES: '1' },
  });
  onTestFinished(() => site.stop());
  const port = Number(new URL(site.origin).port);
  const ask: WebServer['ask'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((done, fail) => {
      const sent = request(
        { host: '127.0.0.1', port, path, method, headers: { Host: name, 'X-Forwarded-For': '192.0.2.1', ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
          );
        },
      );
      sent.on('error', fail);
      sent.end(body);
    });
  return { port, ask };
}

/** The addresses of all files of the built site. */
async function addresses(): Promise<string[]> {
  const entries = await readdir(client, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name))
    .map(({ parentPath, name }) => `/${relative(client, join(parentPath, name))}`.replace(/\/index\.html$/, '/'))
    .filter((path) => path !== '/404.html')
    .map(encodeURI);
}

const guards = [
  ...['content-type', 'cache-control', 'access-control-allow-origin', 'content-security-policy'],
  ...['x-content-type-options', 'referrer-policy', 'permissions-policy', 'cross-origin-opener-policy'],
  ...['strict-transport-security', 'location'],
];
const facts = ({ status, headers }: Pick<Answered, 'status' | 'headers'>): { status: number; location?: string } => ({
  status,
  ...Object.fromEntries(guards.map((header) => [header, headers[header]])),
});

const webServers = [
  { program: 'nginx', start: startNginx, proxy: 'nginx-proxy.conf', files: 'nginx-static.conf' },
  { program: 'caddy', start: startCaddy, proxy: 'Caddyfile.proxy', files: 'Caddyfile.static' },
] as const;

describe.each(webServers)('$program', ({ program, start, proxy, files }) => {
  test.skipIf(!isInstalled(program))('before the server passes everything on, and who asks', async () => {
    const own = await behind();
    const { ask } = await start({ file: proxy, name, port: own.port, client, redirects: '' });
    for (const path of ['/', '/rss.xml', '/nothing/', '/forms/whitepaper/', '/ships/?utm_source=x'])
      expect({ path, ...facts(await ask(path)) }).toEqual({ path, ...facts(await own.ask(path)) });
    const compressed = await ask('/', { headers: { 'Accept-Encoding': 'br' } });
    expect(compressed.headers['content-encoding']).toBe('br');
    const part = await ask('/rss.xml', { headers: { Range: 'bytes=0-9' } });
    expect([part.status, part.body.length]).toEqual([206, 10]);
    const tooLong = await ask('/forms/whitepaper/', { method: 'POST', body: 'a'.repeat(70_000) });
    expect(tooLong.status).toBe(413);
  });

  test.skipIf(!isInstalled(program))(
    'sends each file of a build as the server does, and passes on what files cannot do',
    { timeout: 180_000 },
    async () => {
      const own = await behind();
      const { redirects } = await readSite(fixtureOutput);
      const config = redirectConfig(program, redirects);
      const { ask } = await start({ file: files, name, port: own.port, client, redirects: config });
      const different: unknown[] = [];
      for (const path of [...(await addresses()), '/nothing/', '/about', '/.env']) {
        const [given, right] = [await ask(path), await own.ask(path)].map(facts);
        // What leads on to the address with its slash may say so in its own way.
        if (path === '/about') expect(given).toMatchObject({ location: '/about/' });
        else if (right?.status === 301)
          expect({ path, to: [given?.status, given?.location] }).toEqual({ path, to: [301, right.location] });
        // Of what is not there the web server's own guards are enough.
        else if (right?.status === 404) expect(given?.status).toBe(404);
        else if (JSON.stringify(given) !== JSON.stringify(right)) different.push({ path, given, right });
      }
      expect(different).toEqual([]);
      const zipped = await ask('/', { headers: { 'Accept-Encoding': 'gzip' } });
      expect(zipped.headers['content-encoding']).toBe('gzip');
      expect((await ask('/rss.xml.gz')).status).toBe(404);
      const missing = await ask('/nothing/');
      expect(missing.body).toEqual(await readFile(join(client, '404.html')));

      expect(redirects.length).toBeGreaterThan(10);
      for (const { from, to } of redirects)
        for (const path of [from, from.replace(/\/$/, ''), `${from}?utm_source=a`]) {
          const { status, headers } = await ask(path);
          expect({ path, status, to: headers.location?.split('?')[0] }).toEqual({ path, status: 301, to });
          expect(headers.location?.includes('utm_source=a')).toBe(path.includes('?'));
        }

      const form = await ask('/forms/newsletter/', { method: 'POST', body: 'email=nobody' });
      expect(form.status).toBe((await own.ask('/forms/newsletter/', { method: 'POST', body: 'email=nobody' })).status);
      // What comes from the server has its headers once.
      const landing = await ask('/whitepapers/');
      expect(landing.headers['content-security-policy']).toBe("frame-ancestors 'none'");
      expect((await ask('/readyz')).status).toBe(200);
    },
  );

  test.skipIf(!isInstalled(program))('sends the editor, where there is one, as the server does', async () => {
    const editor = { 'edit/index.html': '<h1>Edit</h1>', 'edit/config.json': '{}', '_astro/editor/program.a.js': '1;' };
    const own = await serve({ files: editor });
    const folder = join(await writeSite(editor), 'client');
    const redirects = redirectConfig(program, [{ from: '/old/', to: '/new/' }]);
    const { ask } = await start({ file: files, name, port: own.port, client: folder, redirects });
    for (const path of ['/edit/', '/edit/config.json', '/_astro/editor/program.a.js']) {
      const [given, right] = [await ask(path), await askOwn(own, path)];
      const robots = right.headers['x-robots-tag'];
      expect({ path, ...facts(given), robots: given.headers['x-robots-tag'] }).toEqual({
        path,
        ...facts(right),
        robots,
      });
    }
  });
});

test.each(['nginx-static.conf', 'Caddyfile.static'])(
  '%s passes all to the server that only it answers',
  async (file) => {
    const config = await readFile(join(folder, file), 'utf8');
    const named = servedFolders.filter((path) => !config.includes(path.replaceAll('/', '')));
    expect(named).toEqual([]);
  },
);

test.each(['d-files.service', 'd-files-backup.service', 'd-files-backup.timer'])(
  '%s is what systemd takes',
  async (unit) => {
    const { error, status, stderr } = spawnSync('systemd-analyze', ['verify', join(folder, unit)], {
      encoding: 'utf8',
    });
    const text = await readFile(join(folder, unit), 'utf8');
    if (error) expect(text).toMatch(/^\[(?:Service|Timer)\]$/m);
    else expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  },
);
