import { randomly } from './random.ts';

/** Words by how often they are used: the first is the commonest, as in any language (Zipf's law). */
export interface Vocabulary {
  words: readonly string[];
  /** A word as a text would have it next; `chance` is evenly spread from 0 to 1. */
  word(chance: number): string;
}

/**
 * What the made-up entries are about: the words of the trade, and a long tail of made-up stems with the endings that
 * English has, so that a stemmer has something to do.
 */
export function vocabulary(size: number, seed: number): Vocabulary {
  const words = [...new Set([...trade, ...tail(size * 2, seed)])].slice(0, size);
  const sums: number[] = [];
  // Mandelbrot's form: of the words that carry meaning, the first few are nearly as common as each other.
  for (const [rank] of words.entries()) sums.push((sums.at(-1) ?? 0) + 1 / (rank + 12) ** 1.05);
  const all = sums.at(-1) ?? 1;
  return { words, word: (chance) => words[firstAtLeast(sums, chance * all)] ?? 'sales' };
}

function* tail(count: number, seed: number): Generator<string> {
  const random = randomly(seed);
  const of = (parts: readonly string[]) => parts[Math.floor(random() * parts.length)] ?? '';
  for (let made = 0; made < count; made++) {
    const stem = of(onsets) + of(vowels) + of(codas) + (random() < 0.6 ? of(vowels) + of(codas) : '');
    for (const ending of random() < 0.5 ? ['', 's', 'ed', 'ing'] : ['', of(endings)]) yield stem + ending;
  }
}

function firstAtLeast(sums: readonly number[], wanted: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

const onsets = 'b br bl c cr cl d dr f fl fr g gr gl h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w'.split(
  ' ',
);
const vowels = 'a e i o u ai ea ee ou oa'.split(' ');
const codas = 'b ck d ff g l ll m mp n nd ng nt p r rd rk rm rn rt s sh sk st t tch th v x'.split(' ');
const endings = ['er', 'ers', 'ly', 'ment', 'ness', 'tion', 'able', 'ful', 'ity', 'al'];

const trade =
  `sales marketing customer customers lead leads pipeline quarter deal deals buyer buyers funnel revenue forecast campaign
  content brand message meeting meetings team teams handover handovers qualified account accounts price pricing discount
  contract renewal churn onboarding demo prospect prospects outreach email call calls script product launch market segment
  persona target quota commission bonus dashboard report metric metrics attribution budget spend growth conversion website
  landing page form webinar event conference booth referral advocacy reference testimonial case study story stories trust
  value proposal negotiation objection objections competitor competitors feature benefit problem solution interview survey
  research feedback roadmap strategy plan plans goal goals shared alignment service agreement definition stage score
  scoring routing response speed follow nurture sequence cadence voicemail inbox calendar decision committee champion
  procurement legal security budgeted approval signature kickoff retention expansion upsell loyalty community newsletter
  podcast episode transcript audience channel partner partners agency vendor software tool tools data field record records
  duplicate sync integration automation workflow template playbook training coaching manager director hire hiring culture
  blame credit friction conflict silo silos collaboration weekly review retrospective experiment test variant headline
  copy design creative keyword ranking traffic visitor visitors session bounce click impression impressions`.split(
    /\s+/,
  );
