import { expect, it } from 'vitest';
import { rehearse } from '#server/rehearse.ts';
import { serve } from './served.ts';

it('answers forms of its own before readers come, and counts and logs none of them', async () => {
  const admitted: string[] = [];
  const { site, asked, lines } = await serve({
    capture: { admit: async ({ ip }) => void admitted.push(ip) },
  });
  await rehearse(() => site, 3);
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(Array(3).fill('POST /forms/whitepaper/'));
  expect(admitted).toEqual([]);
  expect(lines).toEqual([]);
});
