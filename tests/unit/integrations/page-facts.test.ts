import { expect, test } from 'vitest';
import { inlineHashes, unitedPolicy } from '#integrations/one-policy.ts';

test('a united policy lets be what any of its parts does, and says nothing twice', () => {
  const policies = [
    "default-src 'none';img-src 'self'; style-src 'self' 'sha256-a';",
    "default-src 'none'; img-src 'self'; style-src 'self' 'sha256-b' 'sha256-a';",
  ];
  expect(unitedPolicy(policies, new Set(["'sha256-a'", "'sha256-b'"]))).toBe(
    "default-src 'none'; img-src 'self'; style-src 'self' 'sha256-a' 'sha256-b'",
  );
});

test('a united policy names nothing that is in no page', () => {
  expect(unitedPolicy(["script-src 'self' 'sha256-a' 'sha256-b';"], new Set(["'sha256-b'"]))).toBe(
    "script-src 'self' 'sha256-b'",
  );
});

test('scripts and styles are known by what is between their tags', () => {
  // printf 'a()' | openssl dgst -sha256 -binary | base64
  const script = "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='";
  expect(inlineHashes('<script type="module">a()</script><style>p{}</style><scripted>a()</scripted>')).toHaveLength(2);
  expect(inlineHashes('<script>a()</script>')).toEqual([script]);
});
