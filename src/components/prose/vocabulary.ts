import type { vocabulary as names } from '#model/vocabulary.ts';
import Callout from './Callout.astro';
import Checklist from './Checklist.astro';
import Code from './Code.astro';
import EpisodeCard from './EpisodeCard.astro';
import Exchange from './Exchange.astro';
import Figure from './Figure.astro';
import Line from './Line.astro';
import Marketing from './Marketing.astro';
import PullQuote from './PullQuote.astro';
import Retention from './Retention.astro';
import Sales from './Sales.astro';
import SharedGoal from './SharedGoal.astro';
import Table from './Table.astro';
import TwoSides from './TwoSides.astro';
import Video from './Video.astro';
import WhitepaperCard from './WhitepaperCard.astro';

/** The component of each name that an author may write in a body. */
export const vocabulary = {
  Callout,
  Checklist,
  EpisodeCard,
  Exchange,
  Figure,
  Line,
  Marketing,
  PullQuote,
  Retention,
  Sales,
  SharedGoal,
  TwoSides,
  Video,
  WhitepaperCard,
} satisfies Record<keyof typeof names, unknown>;

/** What stands for the elements of Markdown that scroll inside themselves. */
export const elements = { pre: Code, table: Table };
