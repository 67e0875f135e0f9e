import { expect, test } from 'vitest';
import { redirectConfig } from '#site/redirect-config.ts';

const redirects = [
  { from: '/old/', to: '/new/' },
  { from: '/?p=1', to: '/posts/one/' },
  { from: '/?p=1&page=2', to: '/posts/one/page-2/' },
  { from: '/caf%C3%A9/', to: '/caf%C3%A9-new/' },
];

test('old addresses are a map of nginx, with those of most of a query first', () => {
  expect(redirectConfig('nginx', redirects)).toBe(`map $uri $d_files_moved {
  default "";
  "/old/" "/new/";
  "/old" "/new/";
  "/café/" "/caf%C3%A9-new/";
  "/café" "/caf%C3%A9-new/";
}
map "$uri?$args" $d_files_moved_by_query {
  default "";
  "~*^/(?=\\?)(?=.*[?&]p=1(?:&|$))(?=.*[?&]page=2(?:&|$))" "/posts/one/page-2/";
  "~*^/(?=\\?)(?=.*[?&]p=1(?:&|$))" "/posts/one/";
}`);
});

test('old addresses are redirects of Caddy', () => {
  expect(redirectConfig('caddy', redirects.slice(0, 2))).toBe(`@moved0 {
\tpath "/"
\tquery "p=1"
}
redir @moved0 "/posts/one/" 301
@moved1 {
\tpath "/old/" "/old"
}
redir @moved1 "/new/{d_files_query}" 301`);
});
