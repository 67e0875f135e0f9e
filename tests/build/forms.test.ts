import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { documents, files, page, text } from './built-site.ts';

const withForms = documents.filter((address) => page(address).querySelector('capture-form'));
const sha256 = (body: string) => createHash('sha256').update(body).digest('hex');
const words = (element: Element | null | undefined) => element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';

describe.each(withForms)('the forms of %s', (address) => {
  const forms = [...page(address).querySelectorAll('capture-form form')];

  test('are sent to where the server takes them, and not to a page', () => {
    for (const form of forms) {
      expect(form.getAttribute('method')).toBe('post');
      expect(['whitepaper', 'newsletter', 'comment', 'question'].map((name) => `/forms/${name}/`)).toContain(
        form.getAttribute('action'),
      );
    }
  });

  test('say word for word what is agreed to, under the name of that wording', () => {
    for (const form of forms) {
      const shown = words(form);
      for (const name of ['wording', 'newsletter', 'replies', 'quote'])
        for (const input of form.querySelectorAll(`[name=${name}]`)) {
          const id = input.getAttribute('value');
          const sentences = [...form.querySelectorAll('label, p')].map(words);
          expect(sentences.map(sha256), `${name} in ${shown}`).toContain(id);
        }
    }
  });

  test('have no box that is ticked', () => {
    for (const box of forms.flatMap((form) => [...form.querySelectorAll('[type=checkbox]')]))
      expect(box.hasAttribute('checked')).toBe(false);
  });

  test('lead to what happens with the address', () => {
    for (const form of forms) expect(form.querySelector('a[href="/privacy/"]')).not.toBe(null);
  });

  test('know the entry whose page they are on', () => {
    const entry = /^\/((?:episodes|posts)\/[^/]+)\/$/.exec(address)?.[1] ?? null;
    const value = (form: Element, name: string) => form.querySelector(`[name=${name}]`)?.getAttribute('value') ?? null;
    for (const form of forms) {
      const action = form.getAttribute('action');
      if (action === '/forms/question/') expect(value(form, 'page')).toBe(address);
      else expect(value(form, action === '/forms/comment/' ? 'entry' : 'from')).toBe(entry);
    }
  });

  test('have a field for machines, which people and their tools do not meet', () => {
    for (const form of forms) {
      const trap = form.querySelector('[name=website]');
      expect(trap?.getAttribute('tabindex')).toBe('-1');
      expect(trap?.closest('[aria-hidden=true]')).not.toBe(null);
      expect(trap?.getAttribute('autocomplete')).toBe('off');
    }
  });
});

test('forms stand where readers decide', () => {
  for (const address of ['/', '/subscribe/', '/posts/words-for-fog/', '/episodes/number-seven-is-inland/'])
    expect(page(address).querySelector('form[action="/forms/newsletter/"]'), address).not.toBe(null);
  for (const address of [
    '/whitepapers/the-well-lit-pipeline/',
    '/posts/marketing-qualified-mist/',
    '/episodes/keeping-the-keepers/',
  ])
    expect(page(address).querySelector('form[action="/forms/whitepaper/"]'), address).not.toBe(null);
});

test('a form beside a text leaves the link to the page of its whitepaper', () => {
  const offer = page('/episodes/keeping-the-keepers/').querySelector('aside.offer');
  expect(offer?.querySelector('form')).not.toBe(null);
  expect(offer?.querySelector('a[href^="/whitepapers/a-short-guide-to-long-foghorns/?from="]')).not.toBe(null);
});

test('the answers to forms are in no sitemap, and no feed has a form', () => {
  const indexes = files.filter((file) => /\/sitemap[^/]*\.xml$/.test(file)).map(text);
  expect(indexes.join()).toContain('/posts/words-for-fog/');
  expect(indexes.join()).not.toContain('/forms/');
  const feeds = files.filter((file) => /\/(?:rss|podcast)\.xml$|feed\.json$/.test(file)).map(text);
  expect(feeds.join()).toContain('/whitepapers/a-short-guide-to-long-foghorns/');
  expect(feeds.join()).not.toMatch(/capture-form|E-mail me|Leave this empty/);
});

test('pages that are made when they are asked for are not among the built ones', () => {
  const made = [
    'confirm',
    'download',
    'unsubscribe',
    'preferences',
    'forms/whitepaper',
    'forms/newsletter',
    'forms/link',
  ];
  expect(files.filter((file) => made.some((path) => file.startsWith(`/${path}/`)))).toEqual([]);
});
