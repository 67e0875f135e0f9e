import { parseArgs } from 'node:util';
import { databases } from './databases.ts';
import { type Account, faultRun } from './fault-run.ts';
import type { Mood } from './smtp-sink.ts';

/**
 * Kills the server again and again in the middle of its work, and then keeps account: every form that was answered with
 * "look in your inbox" is stored and its mail was sent, and no mail was sent twice but those in flight at a kill.
 *
 *   npm run bench:fault -- --rounds 50 --store sqlite --mood "takes all" --seed 1
 */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    store: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
    mood: { type: 'string', multiple: true, default: ['takes all', 'answers 4xx', 'answers 5xx', 'drops the line'] },
    seed: { type: 'string', default: '1' },
  },
});
const rounds = Number(options.rounds);

let exact = true;
for await (const database of databases(options.store))
  for (const mood of options.mood as Mood[]) {
    const name = `${database.name}, SMTP ${mood}`;
    const progress = (round: number) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${name}: round ${round} of ${rounds}`);
    };
    const account = await faultRun(database, mood, { rounds, seed: Number(options.seed), progress });
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    exact = print(name, account) && exact;
  }
process.exit(exact ? 0 : 1);

function print(name: string, account: Account): boolean {
  const { lost, unsent, repeats, dropped } = account;
  const right = lost.length === 0 && unsent.length === 0 && repeats <= rounds + dropped;
  console.log(
    [
      `${name}: ${right ? 'exact' : 'WRONG'}`,
      `  ${rounds} kills; ${account.acknowledged} forms acknowledged, ${account.cutOff} cut off; ${account.stored} stored`,
      `  acknowledged and not stored: ${lost.length}; stored and neither sent nor kept: ${unsent.length}`,
      `  mails taken over: ${account.mails}; dead letters: ${account.dead}; refused for good: ${account.refused}`,
      `  taken over again: ${repeats} (${rounds} kills, ${dropped} dropped lines; one mail at most ${account.mostTimes} times)`,
    ].join('\n'),
  );
  for (const email of [...lost, ...unsent].slice(0, 5)) console.log(`  missing: ${email}`);
  return right;
}
