import { expect, test } from 'vitest';
import { editorBackend, hostsOf } from '#editor/backend.ts';
import { editorPage } from '#editor/page.ts';

test('there is none without EDIT_BACKEND', () => {
  expect(editorBackend({ EDIT_REPO: 'owner/name' })).toBeUndefined();
});

test.each([
  [{ EDIT_BACKEND: 'github' }, { name: 'github', auth_methods: ['token'] }, ['https://api.github.com']],
  [
    { EDIT_BACKEND: 'github', EDIT_AUTH: 'https://auth.example.com' },
    { name: 'github', base_url: 'https://auth.example.com' },
    ['https://api.github.com'],
  ],
  [
    { EDIT_BACKEND: 'gitlab', EDIT_HOST: 'https://git.example.com', EDIT_APP_ID: 'abc' },
    { name: 'gitlab', auth_type: 'pkce', api_root: 'https://git.example.com/api/v4' },
    ['https://git.example.com'],
  ],
  [{ EDIT_BACKEND: 'gitlab' }, { name: 'gitlab' }, ['https://gitlab.com']],
  [{ EDIT_BACKEND: 'forgejo' }, { name: 'gitea', api_root: 'https://codeberg.org/api/v1' }, ['https://codeberg.org']],
])('%o is a repository, and the editor may reach its host alone', (variables, expected, hosts) => {
  const backend = editorBackend({ ...variables, EDIT_REPO: 'owner/name', EDIT_BRANCH: 'main' });
  if (!backend || 'what' in backend) throw new Error(backend?.what);
  expect(backend).toMatchObject({ ...expected, repo: 'owner/name', branch: 'main' });
  expect(hostsOf(backend)).toEqual(hosts);
  const [, connect] = /connect-src ([^;]*)/.exec(editorPage('A series', '/program.js', backend)) ?? [];
  expect(connect).toBe(`'self' blob: data: ${hosts.join(' ')}`);
});

test.each([
  [{ EDIT_BACKEND: 'svn' }, 'EDIT_BACKEND is "svn"', 'EDIT_BACKEND=github'],
  [{ EDIT_BACKEND: 'github' }, 'EDIT_REPO is not set', 'EDIT_REPO=owner/name'],
  [
    { EDIT_BACKEND: 'github', EDIT_REPO: 'https://github.com/some/series.git' },
    'it is the owner and the name',
    'EDIT_REPO=some/series',
  ],
  [
    { EDIT_BACKEND: 'github', EDIT_REPO: 'a/b', EDIT_AUTH: 'auth.example.com' },
    'EDIT_AUTH is "auth.',
    'EDIT_AUTH=https://',
  ],
  [{ EDIT_BACKEND: 'gitlab', EDIT_REPO: 'a/b', EDIT_AUTH: 'https://a.example.com' }, 'GitHub alone', 'EDIT_APP_ID='],
  [{ EDIT_BACKEND: 'github', EDIT_REPO: 'a/b', EDIT_APP_ID: 'x' }, 'EDIT_APP_ID is not for GitHub', 'EDIT_AUTH='],
])('%o is told with what fixes it', (variables, what, fix) => {
  const problem = editorBackend(variables);
  expect(problem).toMatchObject({ what: expect.stringContaining(what), fix: expect.stringContaining(fix) });
});
