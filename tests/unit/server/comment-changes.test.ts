import { expect, test } from 'vitest';
import { commentChanges } from '#server/comment-changes.ts';

function scene() {
  const scene = { now: 0, stored: undefined as number | undefined | Error, built: undefined as number | undefined };
  const changes = commentChanges({
    version: async () => {
      if (scene.stored instanceof Error) throw scene.stored;
      return scene.stored;
    },
    built: () => scene.built,
    now: () => scene.now,
  });
  const dueAfter = async (change: Partial<typeof scene>) => {
    Object.assign(scene, change);
    await changes.check();
    return changes.due;
  };
  return dueAfter;
}

test('a build is due ten seconds after the first decision that the site does not show', async () => {
  const dueAfter = scene();
  expect(await dueAfter({})).toBeUndefined();
  expect(await dueAfter({ stored: 1, now: 5000 })).toBe(15_000);
  expect(await dueAfter({ stored: 2, now: 9000 })).toBe(15_000);
  expect(await dueAfter({ built: 2, now: 20_000 })).toBeUndefined();
  expect(await dueAfter({ stored: 3, now: 30_000 })).toBe(40_000);
});

test('a build is due where all comments were deleted, and none where nothing was ever approved', async () => {
  expect(await scene()({ stored: 7, built: 4, now: 1 })).toBe(10_001);
  expect(await scene()({ stored: undefined, built: 4 })).toBeUndefined();
});

test('a store that is away changes nothing of it', async () => {
  const dueAfter = scene();
  expect(await dueAfter({ stored: new Error('away') })).toBeUndefined();
  expect(await dueAfter({ stored: 1, now: 5000 })).toBe(15_000);
  expect(await dueAfter({ stored: new Error('away'), now: 6000 })).toBe(15_000);
});
