import { describe, expect, test } from 'vitest';
import { mailsAtOnce } from '#capture/outbox/handlers.ts';
import { databases } from '../bench/capture/databases.ts';
import { faultRun } from '../bench/capture/fault-run.ts';

describe('a server that is killed in the middle of its work, again and again', () => {
  test.each(['takes all', 'drops the line'] as const)(
    'loses no form that it acknowledged, and repeats no mail but those in flight, where the mail server %s',
    async (mood) => {
      const rounds = 3;
      for await (const database of databases(['sqlite'])) {
        const account = await faultRun(database, mood, { rounds, seed: 7 });
        expect(account.acknowledged).toBeGreaterThan(0);
        expect(account.lost).toEqual([]);
        expect(account.unsent).toEqual([]);
        expect(account.repeats).toBeLessThanOrEqual(rounds * mailsAtOnce.answer + account.dropped);
      }
    },
  );
});
