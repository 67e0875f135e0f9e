import { openWebhook } from '#capture/compose.ts';
import { sendTestEvent } from '#capture/webhook/sender.ts';
import { newId } from '#capture/store/tokens.ts';
import { Mistake } from './command-line.ts';
import { command, main } from './command.ts';
import { requireRight, surroundings } from './opened.ts';
import { mark, say } from './terminal.ts';

export const webhookTest = command({
  name: 'webhook-test',
  summary: 'sends one signed event of the type “test” to WEBHOOK_URL, now',
  notes: 'It tells nothing of a person. It is not repeated when it fails, and does not go through the queue.',
  options: { json: { description: 'for programs' } },
  examples: ['npm run webhook-test'],
  run: async ({ json }, _arguments, { variables, terminal, now, random }) => {
    const { environment, problems } = await surroundings(variables);
    requireRight(problems, ['WEBHOOK_URL', 'WEBHOOK_SECRET', 'SITE_URL']);
    const { webhook, site } = environment;
    const sender = openWebhook(environment);
    if (!webhook || !sender)
      throw new Mistake(
        'There is no webhook to test:\n\n  WEBHOOK_URL=https://crm.example.com/hooks/d-files WEBHOOK_SECRET=whsec_$(openssl rand -base64 32)',
      );
    const begun = now();
    const id = newId(begun, random);
    const outcome = await sendTestEvent(sender, { id, now: begun, site: site.href });
    const milliseconds = now() - begun;
    const taken = outcome.kind === 'taken';
    if (json) say(terminal, JSON.stringify({ url: webhook.url.origin, id: `msg_${id}`, milliseconds, ...outcome }));
    else if (taken)
      say(
        terminal,
        `${mark('✓', terminal.out)} ${webhook.url.host} took the event msg_${id} after ${milliseconds} ms.`,
      );
    else say(terminal, `${mark('✗', terminal.out)} ${webhook.url.host}, after ${milliseconds} ms: ${outcome.why}`);
    return taken ? 0 : 1;
  },
});

if (import.meta.main) await main(webhookTest);
