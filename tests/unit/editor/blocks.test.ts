import { describe, expect, test } from 'vitest';
import { blockOf, blockPattern } from '#editor/blocks.ts';
import { editorComponents } from '#editor/components.ts';
import { examples } from '#prose/examples.ts';

const components = editorComponents();
const blocks = Object.entries(
  examples({ person: 'some-person', episode: 'some-episode', whitepaper: 'some-paper', picture: './picture.jpg' }),
);

test.each(blocks)('an example of the vocabulary is the same after the editor has read it: %s', (_, text) => {
  const component = components.find(({ id }) => text.startsWith(`<${id}`));
  const match = component && blockPattern(component).exec(text);
  expect(match?.[0]).toBe(text);
  expect(component && blockOf(component, { ...match?.groups })).toBe(text);
});

describe('what is written otherwise is left to be text', () => {
  const callout = components.find(({ id }) => id === 'Callout');
  test.each([
    ['an attribute that computes', '<Callout kind={kind}>\n\nText.\n\n</Callout>'],
    ['one that is not known', '<Callout colour="red">\n\nText.\n\n</Callout>'],
    ['another order', '<Callout title="A" kind="note">\n\nText.\n\n</Callout>'],
    ['text in one line', '<Callout>Text.</Callout>'],
    ['a name that begins like it', '<Callouts>\n\nText.\n\n</Callouts>'],
  ])('%s', (_, text) => {
    expect(callout && blockPattern(callout).test(text)).toBe(false);
  });
});
