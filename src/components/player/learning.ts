import { parsePage } from '#components/parse-page.ts';
import type { Facts } from './facts.ts';
import { stage } from './stage.ts';

/** What was begun from a list learns its chapters, and what comes next, from the episode's own page. */
stage.addEventListener('start', () => void learn());
void learn();

async function learn(): Promise<void> {
  const { playback } = stage;
  if (!playback?.facts.isPartial) return;
  const { page, kind } = playback.facts;
  try {
    const response = await fetch(page);
    const content = parsePage(await response.text());
    const found = [...content.querySelectorAll<HTMLElement>('episode-player')]
      .map(({ dataset }) => JSON.parse(dataset['recording'] ?? '') as Facts)
      .find((facts) => facts.kind === kind);
    if (found) playback.learn(found);
  } catch {
    // It plays without: the next start asks again.
  }
}
