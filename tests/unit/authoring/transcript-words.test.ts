import { parseText, type VTTNode, tokenizeVTTCue } from 'media-captions';
import { expect, test } from 'vitest';
import { publishedFile } from '#authoring/published-transcript.ts';
import { readTranscriptFile } from './transcript-file.ts';
import { randomly } from '../../bench/search/random.ts';

const people = ['Ada Drizzle', 'Otto Brolly'];
const said = [
  'rain',
  'falls',
  'umbrella',
  'x',
  'y',
  'café',
  'don’t',
  '42',
  'Note',
  'kind',
  '3',
  'Regen',
  'ما',
  '雨',
  'AT&T',
];
const odd = [
  'if x < y and y > z',
  'a <div> tag',
  '<Acme>',
  '&lt;b&gt;',
  'a -> b',
  'rain --> hail',
  'write <ida@moss.example>',
  '5 >> 2',
  'less <',
  'Note: rain',
  'the point is: rain',
];
const around = [
  '<i>#</i>',
  '<b>#</b>',
  '<c.yellow>#</c>',
  '{\\an8}#',
  '#&nbsp;',
  '<font color="red">#</font>',
  '#<br>rain',
  '<u>#',
];

/** A cue as people and tools write it, with the words that a reader of it has to find. */
interface Generated {
  file: string;
  text: string;
  words: string[];
}

const wordsOf = (text: string): string[] => (text.match(/[\p{L}\p{N}]+/gu) ?? []).toSorted();
/** What in a line of its own, after an empty line, nobody could tell from the number of a cue. */
const isIndex = (line: string) => /^\d+$/.test(line);
const isSaid = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');

function generated(seed: number): Generated {
  const next = randomly(seed);
  const below = (count: number) => Math.floor(next() * count);
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const often = (share: number) => next() < share;
  const format = one(['vtt', 'srt', 'json'] as const);
  const isSloppy = often(0.5);
  const words: string[] = [];
  const phrase = () => {
    const plain = Array.from({ length: 1 + below(6) }, () => one(said)).join(' ');
    const [kind, strange, mark] = [next(), one(odd), one(around)];
    if (kind < 0.2) words.push(...wordsOf(isSaid(strange)));
    else words.push(...wordsOf(plain), ...(kind < 0.4 && mark.includes('rain') ? ['rain'] : []));
    return kind < 0.2 ? strange : kind < 0.4 ? mark.replace('#', plain) : plain;
  };
  let clock = 0;
  const cues = Array.from({ length: 1 + below(12) }, (_, i) => {
    const start = clock;
    const length = isSloppy && often(0.2) ? 0 : 1 + below(4000) / 1000;
    clock += Math.max(length, 0.5) + below(2);
    const speaker = often(0.4) ? one(people) : undefined;
    const lines = Array.from({ length: 1 + below(3) }, phrase);
    return { i, start, end: start + length, speaker, lines };
  });
  if (format === 'json') {
    const segments = cues.map(({ start, end, speaker, lines }) => ({
      startTime: isSloppy ? String(start) : start,
      ...(isSloppy && often(0.3) ? {} : { endTime: end }),
      speaker: speaker ?? (isSloppy ? null : undefined),
      body: lines.join(' '),
    }));
    return { file: 'transcript.json', text: JSON.stringify({ version: '1.0.0', segments }), words: words.toSorted() };
  }
  const name = isSloppy && often(0.15) ? (format === 'vtt' ? 'srt' : 'vtt') : format;
  const mark = (time: number) => {
    const separator = isSloppy && often(0.2) ? ',' : format === 'srt' ? ',' : '.';
    const [hours, minutes, rest] = [Math.floor(time / 3600), Math.floor(time / 60) % 60, (time % 60).toFixed(3)];
    const short = isSloppy && often(0.2);
    return `${short && hours === 0 ? '' : `${String(hours).padStart(2, '0')}:`}${String(minutes).padStart(2, '0')}:${rest.padStart(6, '0').replace('.', separator)}`;
  };
  const blocks = cues.map(({ i, start, end, speaker, lines }) => {
    const arrow = isSloppy && often(0.1) ? '->' : '-->';
    const setting = isSloppy && often(0.2) ? ' align:middle line:90%' : '';
    const voice = speaker && (format === 'vtt' && often(0.7) ? `<v ${speaker}>` : `${speaker}: `);
    const text = [`${voice ?? ''}${lines[0]}`, ...lines.slice(1)].join(
      isSloppy && often(0.15) && !lines.some(isIndex) ? '\n\n' : '\n',
    );
    const index = format === 'srt' && !(isSloppy && often(0.1)) ? `${isSloppy && often(0.1) ? i : i + 1}\n` : '';
    const block = `${index}${mark(start)} ${arrow} ${mark(end)}${setting}\n${text}`;
    return format === 'vtt' && often(0.1) ? `NOTE not said\nby anybody\n\n${block}` : block;
  });
  const head = format === 'vtt' && !(isSloppy && name === 'vtt' && often(0.1)) ? 'WEBVTT\n\n' : '';
  const ending = one(['\n', '\r\n', '\r']);
  const text = `${often(0.2) ? '\uFEFF' : ''}${head}${blocks.join('\n\n')}\n`.replaceAll('\n', ending);
  return { file: `transcript.${name}`, text, words: words.toSorted() };
}

const plain = (node: VTTNode): string =>
  node.type === 'text' ? node.data : `${node.children.map((child) => plain(child)).join('')}`;

/** What a reader finds in captions that keeps to the letter of their format. */
async function readStrictly(captions: string, type: 'vtt' | 'srt'): Promise<string> {
  const { cues, errors } = await parseText(captions, { type, errors: true });
  expect(errors).toEqual([]);
  return cues.map((cue) => (type === 'vtt' ? tokenizeVTTCue(cue).map(plain).join('') : cue.text)).join('\n');
}

const seeds = Array.from({ length: 300 }, (_, i) => i + 1);

test('every word that goes into a transcript comes out of it, whatever form it has', { timeout: 60_000 }, async () => {
  for (const seed of seeds) {
    const { file, text, words } = generated(seed);
    const { cues, losses } = await readTranscriptFile(file, text, people);
    expect({ seed, words: cues.flatMap(({ text }) => wordsOf(text)).toSorted() }, text).toEqual({ seed, words });
    expect(losses, text).toEqual([]);
    for (const { start, end, speaker } of cues) {
      expect(end, text).toBeGreaterThan(start);
      expect([...people, undefined], text).toContain(speaker);
    }
  }
});

test('and a strict reader finds every word in what is published', { timeout: 60_000 }, async () => {
  for (const seed of seeds) {
    const { file, text, words } = generated(seed);
    const published = publishedFile(Buffer.from(text), file).toString();
    if (file.endsWith('.json')) {
      const { segments } = JSON.parse(published) as { segments: { body: string }[] };
      expect(segments.every((segment) => 'startTime' in segment && 'endTime' in segment)).toBe(true);
      continue;
    }
    const type = file.endsWith('.vtt') ? 'vtt' : 'srt';
    const { cues } = await readTranscriptFile(file, published, people);
    expect({ seed, words: cues.flatMap(({ text }) => wordsOf(text)).toSorted() }, published).toEqual({ seed, words });
    const read = wordsOf(await readStrictly(published, type));
    for (const word of words) expect(read, `${seed}: ${published}`).toContain(word);
  }
});
