import { expect, test } from 'vitest';
import { cards } from '#catalog/cards.ts';
import { References } from '#catalog/references.ts';
import type { Cue } from '#catalog/records.ts';
import { paragraphs } from '#catalog/transcript.ts';
import { content, person } from '../../fakes/content.ts';

const given = content({
  people: [person({ slug: 'joel', name: 'Joel C', side: 'marketing' }), person({ slug: 'ana', name: 'Ana' })],
});
const people = [...cards(given, { now: new Date(0), preview: false }, new References(given)).people.values()];

const cue = (start: number, text: string, speaker?: string): Cue => ({ start, end: start + 1, text, speaker });
const texts = (cues: Cue[]) => paragraphs(cues, people).map(({ cues }) => cues.map(({ text }) => text).join(' '));

test('what one speaker says in one go is one paragraph, from its first moment to its last', () => {
  const found = paragraphs(
    [cue(0.5, 'One', 'Ana'), cue(2, 'two.', 'Ana'), cue(4, 'Three.', 'Joel C'), cue(6, 'Four.', 'Ana')],
    people,
  );
  expect(found).toMatchObject([
    { id: 't-0', start: 0.5, end: 3, speaker: { name: 'Ana' }, cues: [{ text: 'One' }, { text: 'two.' }] },
    { id: 't-4', start: 4, end: 5, speaker: { name: 'Joel C' } },
    { id: 't-6', start: 6, end: 7, speaker: { name: 'Ana' } },
  ]);
});

test('a speaker who is one of the people has their side and page, in whatever case the name is written', () => {
  expect(paragraphs([cue(0, 'Hi', 'JOEL C')], people)[0]?.speaker).toEqual({
    name: 'JOEL C',
    side: 'marketing',
    url: '/people/joel/',
  });
  expect(paragraphs([cue(0, 'Hi', 'A caller')], people)[0]?.speaker).toEqual({ name: 'A caller' });
  expect(paragraphs([cue(0, 'Hi')], people)[0]?.speaker).toBeUndefined();
});

test('cues without a speaker stand together', () => {
  expect(texts([cue(0, 'Music.'), cue(1, 'More music.'), cue(2, 'Hello.', 'Ana')])).toEqual([
    'Music. More music.',
    'Hello.',
  ]);
});

test('a long paragraph ends where a sentence does, and not before', () => {
  const long = 'x'.repeat(401);
  expect(texts([cue(0, `${long},`), cue(1, 'and so on.'), cue(2, 'Next.')])).toEqual([`${long}, and so on.`, 'Next.']);
  expect(texts([cue(0, `“${long}!”`), cue(1, 'Next.')])).toEqual([`“${long}!”`, 'Next.']);
  expect(texts([cue(0, `${'x'.repeat(399)}.`), cue(1, 'Next.')])).toHaveLength(1);
});

test('paragraphs that begin in one second have anchors of their own', () => {
  const found = paragraphs([cue(95, 'Hi', 'Ana'), cue(95.2, 'Hi', 'Joel C'), cue(95.9, 'Hi', 'Ana')], people);
  expect(found.map(({ id }) => id)).toEqual(['t-95', 't-95-2', 't-95-3']);
});

test('nothing said gives no paragraph, and the cues stay as they were', () => {
  const cues = [cue(0, 'One', 'Ana'), cue(2, 'two.', 'Ana')].map((each) => Object.freeze(each));
  expect(paragraphs([], people)).toEqual([]);
  paragraphs(Object.freeze(cues) as Cue[], people);
  expect(cues).toHaveLength(2);
});

test('a paragraph ends where somebody else begins, named or not, and where automatic captions have gone on for long', () => {
  expect(texts([cue(0, 'Hello.'), { ...cue(1, 'Hi.'), turn: true }, cue(2, 'So.')])).toEqual(['Hello.', 'Hi. So.']);
  const long = 'x'.repeat(501);
  expect(texts([cue(0, long), cue(1, long), cue(2, 'and on')])).toEqual([`${long} ${long}`, 'and on']);
  expect(texts([cue(0, `${long}。`), cue(1, 'Next.')])).toEqual([`${long}。`, 'Next.']);
});
