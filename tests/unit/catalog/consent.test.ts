import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { consent } from '#catalog/consent.ts';
import { buildCatalog } from '#catalog/graph.ts';
import { content, show } from '../../fakes/content.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

test('without words of its author each consent names the series', () => {
  const { whitepaper, newsletter } = consent(show({ title: 'The Test Files' }));
  expect(whitepaper.body).toContain('The Test Files');
  expect(newsletter.body).toContain('The Test Files');
  expect(whitepaper.body).not.toBe(newsletter.body);
});

test('an author may word one of them and leave the other', () => {
  const own = consent(show({ consent: { newsletter: 'Write to me — gladly.' } }));
  expect(own.newsletter.body).toBe('Write to me — gladly.');
  expect(own.whitepaper).toEqual(consent(show()).whitepaper);
});

test('a wording is known by the SHA-256 of its body, and has the language of the show', () => {
  const { newsletter } = consent(show({ language: 'de', consent: { newsletter: 'Schreibt mir, ja.' } }));
  expect(newsletter).toEqual({ id: sha256('Schreibt mir, ja.'), locale: 'de', body: 'Schreibt mir, ja.' });
});

test('the catalog has both', () => {
  const { catalog } = buildCatalog(content({ show: show() }), { now: new Date(0), preview: false });
  expect(catalog.show.consent).toEqual(consent(show()));
});
