import { expect, it } from 'vitest';
import { templates } from '#components/desk/answers.ts';

const answer = {
  email: 'ned@example.com',
  name: 'Ned',
  paper: 'The Well-Lit Pipeline',
  from: 'Petra',
  series: 'Lighthouse to Let',
};

it('an answer begins in the owner’s own mail program, with lines as mails have them', () => {
  const [first, , empty] = templates({ ...answer, entry: 'Keeping the keepers' });
  const { protocol, pathname, searchParams } = new URL(first?.href ?? '');
  expect([protocol, pathname]).toEqual(['mailto:', 'ned@example.com']);
  expect(searchParams.get('subject')).toBe('Your copy of “The Well-Lit Pipeline”');
  expect(searchParams.get('body')).toBe(
    'Hello Ned,\r\n\r\nthank you for asking for “The Well-Lit Pipeline”. You came by “Keeping the keepers”.\r\n\r\nWhat made you look for it?\r\n\r\nPetra\r\nLighthouse to Let',
  );
  expect(empty?.href).toBe('mailto:ned@example.com');
});

it.each([
  'a?bcc=eve@example.org&x@example.com',
  'a%0d%0abcc:eve@example.com',
  '"quoted part"@example.com',
  'a,eve@example.com',
])('an address such as %s adds no other and no field', (email) => {
  for (const { href } of templates({ ...answer, email, name: '&bcc=eve@example.org' })) {
    const { searchParams, pathname } = new URL(href);
    expect(decodeURIComponent(pathname)).toBe(email);
    expect([...searchParams.keys()].filter((field) => !['subject', 'body'].includes(field))).toEqual([]);
  }
});
