import { describe, expect, test } from 'vitest';
import { Outline } from '#catalog/headings.ts';

const levels = (written: number[]) => {
  const outline = new Outline();
  return written.map((level) => outline.level(`h${level}`)).join(' ');
};

describe('the levels of headings', () => {
  test.each([
    ['stay where none is skipped', [2, 3, 3, 2, 3, 4], 'h2 h3 h3 h2 h3 h4'],
    ['begin below the title, whatever a text begins with', [3, 3, 4], 'h2 h2 h3'],
    ['skip none on the way down', [2, 4, 4, 6], 'h2 h3 h3 h4'],
    ['find the way back to what they were under', [2, 4, 6, 4, 2], 'h2 h3 h4 h3 h2'],
    ['of what is less deep than before are no deeper', [2, 4, 3], 'h2 h3 h3'],
    ['are those of the page when a text begins with a deep one', [5, 2, 3], 'h2 h2 h3'],
    ['of the first level are those under the title', [1, 2, 1], 'h2 h3 h2'],
    ['end at the sixth', [1, 2, 3, 4, 5, 6], 'h2 h3 h4 h5 h6 h6'],
  ])('%s', (_, written, shown) => {
    expect(levels(written)).toBe(shown);
  });
});

describe('the anchors of headings', () => {
  const anchors = (...headings: string[]) => {
    const outline = new Outline();
    return headings.map((words) => outline.anchor(words));
  };

  test('are their words, each once', () => {
    expect(anchors('Who is it for?', '灯台の光', 'Who is it for?')).toEqual([
      'who-is-it-for',
      '灯台の光',
      'who-is-it-for-1',
    ]);
  });

  test('are there where there is no word to write', () => {
    expect(anchors('🎧', '', '!', 'Section')).toEqual(['section', 'section-1', 'section-2', 'section-3']);
  });

  test('are not those of the page round the text, nor become them', () => {
    expect(anchors('Comments', 'Chapter 3', 'T 0', 'Chapter', 'Chapter')).toEqual([
      'comments-section',
      'chapter-3-section',
      't-0-section',
      'chapter',
      'chapter-section',
    ]);
  });
});
