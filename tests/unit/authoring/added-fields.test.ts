import { expect, test } from 'vitest';
import { withFields } from '#authoring/added-fields.ts';

const entry = (audio: string) => `---\ntitle: Fog # not rain\n${audio}\nseason: 1\n---\n\naudio: { not this }\n`;

test.each([
  [
    'in braces',
    'audio: { url: "https://m.example/a.mp3", type: audio/mpeg } # on our own host',
    'audio: { url: "https://m.example/a.mp3", type: audio/mpeg, bytes: 9, duration: 1.5 } # on our own host',
  ],
  [
    'on lines of its own',
    'audio:\n  url: https://m.example/a.mp3\n  type: audio/mpeg # as they say',
    'audio:\n  url: https://m.example/a.mp3\n  type: audio/mpeg\n  bytes: 9\n  duration: 1.5 # as they say',
  ],
])('fields are added to a group %s, and nothing else changes', (_, before, after) => {
  expect(withFields(entry(before), 'audio', { bytes: 9, duration: 1.5 })).toBe(entry(after));
});

test.each([
  entry('audio: ./a.mp3'),
  entry('video: {}'),
  entry('audio: {}'),
  entry('audio: { url: { of: a } }'),
  'No front matter',
  'audio: { url: a }\n---\n',
  '---\naudio: { url: a }\n',
])('there is no such group in %j', (text) => {
  expect(withFields(text, 'audio', { bytes: 9 })).toBeUndefined();
});
