import { expect, test } from 'vitest';
import { element, xml } from '#feeds/element.ts';

test('an element has its attributes and children in order', () => {
  expect(xml(element('a', { x: '1', y: 2 }, 'one ', element('b', {}, 3), ' four'))).toBe(
    '<a x="1" y="2">one <b>3</b> four</a>',
  );
});

test('what is not there is left out, down to the element that is empty for it', () => {
  expect(xml(element('a', { x: undefined }, undefined, false, [], [[undefined, element('b', {})]]))).toBe(
    '<a><b/></a>',
  );
  expect(xml(element('a', { x: '' }, undefined))).toBe('<a x=""/>');
});

test('text and attributes can be read as markup nowhere', () => {
  expect(xml(element('a', { x: `"<b>" & 'c' ]]>\n` }, '<b> & ]]> &amp;'))).toBe(
    `<a x="&quot;&lt;b&gt;&quot; &amp; 'c' ]]&gt;&#10;">&lt;b&gt; &amp; ]]&gt; &amp;amp;</a>`,
  );
});

test('a mark stands before each text, and in no attribute', () => {
  expect(xml(element('a', { x: '7' }, element('b', {}, '007')), '~')).toBe('<a x="7"><b>~007</b></a>');
});
