import { mailsAtOnce } from '#capture/outbox/handlers.ts';
import { processTerminal, progressLine } from '../../../src/cli/terminal.ts';
import { buildFixture } from '../fixture.ts';
import { benchOptions, chosen, countOf } from '../options.ts';
import { openReport, printOnly } from '../results.ts';
import { databases, storeNames } from './databases.ts';
import { type Account, faultRun } from './fault-run.ts';
import { moods } from './smtp-sink.ts';

/**
 * Kills the server again and again in the middle of its work, and then keeps account: every form that was answered with
 * "look in your inbox" is stored and its mail was sent, and no mail was sent twice but those in flight at a kill.
 *
 *   npm run bench:fault -- --help
 */
const options = benchOptions({
  name: 'bench:fault',
  summary: 'kills the server again and again in the middle of its work, and counts what is lost or sent twice',
  options: {
    rounds: { value: 'n', description: 'how often it is killed: 50, or what is said here' },
    store: { value: 'name', multiple: true, description: 'sqlite or postgres; both without' },
    mood: {
      value: 'words',
      multiple: true,
      description: `what the mail server does: ${moods.join(', ')}; all without`,
    },
    seed: { value: 'n', description: 'the moments of the kills: 1, or what is said here' },
    ...printOnly,
  },
  examples: ['npm run bench:fault', 'npm run bench:fault -- --rounds 5 --store sqlite --mood "takes all"'],
});
const rounds = countOf('--rounds', options.rounds, 50);
const seed = countOf('--seed', options.seed, 1);
const stores = chosen('--store', options.store, storeNames);
const chosenMoods = chosen('--mood', options.mood, moods);

const report = openReport('bench:fault', options);
const line = progressLine(processTerminal(process.stdin, process.stdout, process.stderr));
await buildFixture();

let exact = true;
for await (const database of databases(stores))
  for (const mood of chosenMoods) {
    const name = `${database.name}, SMTP ${mood}`;
    const progress = (round: number) => line.show(`${name}: round ${round} of ${rounds}`);
    const account = await faultRun(database, mood, { rounds, seed, progress });
    line.clear();
    exact = print(name, account) && exact;
  }
await report.save();
process.exit(exact ? 0 : 1);

function print(name: string, account: Account): boolean {
  const { lost, unsent, repeats, dropped } = account;
  const right = lost.length === 0 && unsent.length === 0 && repeats <= rounds * mailsAtOnce.answer + dropped;
  report.print(
    [
      `${name}: ${right ? 'exact' : 'WRONG'}`,
      `  ${rounds} kills; ${account.acknowledged} forms acknowledged, ${account.cutOff} cut off; ${account.stored} stored`,
      `  acknowledged and not stored: ${lost.length}; stored and neither sent nor kept: ${unsent.length}`,
      `  mails taken over: ${account.mails}; dead letters: ${account.dead}; refused for good: ${account.refused}`,
      `  taken over again: ${repeats} (${rounds} kills with ${mailsAtOnce.answer} under way at most, ${dropped} dropped lines; one mail at most ${account.mostTimes} times)`,
    ].join('\n'),
  );
  for (const email of [...lost, ...unsent].slice(0, 5)) report.print(`  missing: ${email}`);
  return right;
}
