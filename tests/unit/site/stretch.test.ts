import { expect, test } from 'vitest';
import { stretchOf } from '#site/moment.ts';

test.each([
  ['?t=95,120', { start: 95, end: 120 }],
  ['#t=1:35,2:00', { start: 95, end: 120 }],
  ['#t=npt:95,120', { start: 95, end: 120 }],
  ['?t=95.5,96', { start: 95.5, end: 96 }],
  ['?t=95', { start: 95, end: undefined }],
  ['?t=95,', { start: 95, end: undefined }],
  ['?t=95,95', { start: 95, end: undefined }],
  ['?t=95,20', { start: 95, end: undefined }],
  ['?t=95,later', { start: 95, end: undefined }],
  ['?t=,20', undefined],
  ['?s=95,120', undefined],
])('%s names %o', (address, stretch) => {
  const { search, hash } = new URL(address, 'https://example.com');
  expect(stretchOf({ search, hash })).toEqual(stretch);
});
