import { expect, test } from 'vitest';
import { siteAddressProblem } from '#site/site-address.ts';

test.each([
  'https://you.example',
  'https://you.example/',
  'http://localhost:4321',
  'http://[::1]:8080/',
  ' https://you.example ',
  'HTTPS://YOU.EXAMPLE',
])('a site may be at "%s"', (address) => {
  expect(siteAddressProblem(address)).toBeUndefined();
});

test.each([
  ['https://you.example/podcast', 'SITE_URL=https://podcast.you.example'],
  ['https://www.you.example/media/Podcast/', 'SITE_URL=https://podcast.you.example'],
  ['http://localhost:4321/podcast/', 'SITE_URL=http://localhost:4321'],
  ['http://192.0.2.1/podcast', 'SITE_URL=http://192.0.2.1'],
  ['https://you.example/my_show/index.html', 'SITE_URL=https://you.example'],
])('under a path there is no site: for %s a host of its own is named', (address, fix) => {
  const problem = siteAddressProblem(address);
  expect(problem?.what).toMatch(/^has the path \/\S+, and the site cannot be under a path/);
  expect(problem?.fix).toBe(fix);
});

test.each([
  ['you.example', 'SITE_URL=https://your.site'],
  ['', 'SITE_URL=https://your.site'],
  ['ftp://you.example', 'SITE_URL=https://your.site'],
  ['https://', 'SITE_URL=https://your.site'],
  ['https://you.example?x=1', 'SITE_URL=https://you.example'],
  ['https://you.example/#top', 'SITE_URL=https://you.example'],
  ['https://me:secret@you.example', 'SITE_URL=https://you.example'],
])('"%s" is no address of a site', (address, fix) => {
  const problem = siteAddressProblem(address);
  expect(problem?.fix).toBe(fix);
  expect(problem?.what).not.toContain('secret');
});
