import { readSetup } from '#capture/owner/setup.ts';
import { testWebhook } from '#capture/owner/webhook-test.ts';
import { UsageError } from './command-line.ts';
import { command, main } from './command.ts';
import { requireValid } from './open-store.ts';
import { mark, say } from './terminal.ts';

export const webhookTest = command({
  name: 'webhook-test',
  summary: 'sends one signed event of the type “test” to WEBHOOK_URL, now',
  notes: 'It tells nothing of a person. It is not repeated when it fails, and does not go through the queue.',
  options: { json: { description: 'for programs' } },
  examples: ['npm run webhook-test'],
  run: async ({ json }, _arguments, { variables, terminal, now, random }) => {
    const { environment, problems } = await readSetup(variables);
    requireValid(problems, ['WEBHOOK_URL', 'WEBHOOK_SECRET', 'SITE_URL']);
    const { webhook } = environment;
    const tested = await testWebhook(environment, { clock: now, random });
    if (!webhook || !tested)
      throw new UsageError(
        'There is no webhook to test:\n\n  WEBHOOK_URL=https://crm.example.com/hooks/d-files WEBHOOK_SECRET=whsec_$(openssl rand -base64 32)',
      );
    const { outcome, messageId, milliseconds } = tested;
    if (json) say(terminal, JSON.stringify({ url: webhook.url.origin, id: messageId, milliseconds, ...outcome }));
    else if (outcome.kind === 'taken')
      say(
        terminal,
        `${mark('✓', terminal.out)} ${webhook.url.host} took the event ${messageId} after ${milliseconds} ms.`,
      );
    else say(terminal, `${mark('✗', terminal.out)} ${webhook.url.host}, after ${milliseconds} ms: ${outcome.why}`);
    return outcome.kind === 'taken' ? 0 : 1;
  },
});

if (import.meta.main) await main(webhookTest);
