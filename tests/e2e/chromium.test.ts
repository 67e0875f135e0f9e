import { describe, test } from 'vitest';
import { listenAcross } from './journeys.ts';
import { launchChromium } from './puppeteer.ts';
import { useReaders } from './reader.ts';

describe('in Chromium', () => {
  const visit = useReaders(launchChromium);

  test('a recording plays on over nine pages, a form and the way back, and the next one after its end', async () => {
    await listenAcross(await visit(), visit.served().mails);
  });
});
