import { describe, expect, it } from 'vitest';
import { attributionOf, entryNamed, landingOf, sourceOf } from '#capture/forms/attribution.ts';
import type { Paper } from '#site/contract.ts';
import { site } from '../../../capture/scene.ts';

const context = { site, address: new URL('https://files.example/'), hosts: ['files.example', 'localhost:4321'] };
const [asked] = site.whitepapers as [Paper];
const of = (referer: string | undefined, from?: string, paper: Paper | undefined = asked) =>
  attributionOf({ from }, { referer }, paper, context);

describe('a form on a landing page', () => {
  it('is of that page, and of the entry that its address names by slug or by id', () => {
    for (const from of ['first-episode', 'episodes/first-episode'])
      expect(of(`https://files.example${asked.url}?from=${from}`)).toMatchObject({
        landing: asked.url,
        fromEntry: 'episodes/first-episode',
        sourceUrl: `https://files.example${asked.url}`,
      });
  });

  it('is of no entry where its address names one that is not there', () => {
    expect(of(`https://files.example${asked.url}?from=../../x`)).toMatchObject({ landing: asked.url, fromEntry: null });
  });
});

describe('a form', () => {
  const newsletter = (referer: string | undefined) => attributionOf({}, { referer }, undefined, context);

  it('is from its landing page only where it was sent from there', () => {
    expect(of(`https://files.example${asked.url}?from=first-post`).isFromLanding).toBe(true);
    expect(newsletter('https://files.example/subscribe/?from=first-post')).toMatchObject({
      ...{ landing: '/newsletter/', fromEntry: 'posts/first-post', isFromLanding: true },
      sourceUrl: 'https://files.example/subscribe/',
    });
    for (const page of ['/', '/posts/first-post/', '/subscribe/', '/whitepapers/number-seven/', '/forms/whitepaper/'])
      expect(of(`https://files.example${page}`).isFromLanding, page).toBe(false);
    for (const page of ['/', '/posts/first-post/', asked.url, '/forms/newsletter/'])
      expect(newsletter(`https://files.example${page}`).isFromLanding, page).toBe(false);
    expect(newsletter(undefined).isFromLanding).toBe(false);
  });
});

describe('a form on the page of an entry', () => {
  it('is of the landing page of what it asks for, and of that entry', () => {
    const page = 'https://files.example/posts/first-post/?from=first-episode';
    expect(of(page)).toMatchObject({ landing: asked.url, fromEntry: 'posts/first-post' });
    expect(attributionOf({}, { referer: page }, undefined, context)).toMatchObject({
      landing: '/newsletter/',
      fromEntry: 'posts/first-post',
    });
  });
});

describe('a form of a browser that sends no Referer', () => {
  const on = (page: string, more = {}) => attributionOf({ page, ...more }, { referer: undefined }, asked, context);

  it('names its page itself, with all that its address says', () => {
    expect(on(`${asked.url}?from=first-post&utm_source=letter`)).toEqual({
      ...{ landing: asked.url, fromEntry: 'posts/first-post', utm: '{"utm_source":"letter"}', isFromLanding: true },
      partner: null,
      sourceUrl: `https://files.example${asked.url}`,
    });
    expect(on('/episodes/first-episode/')).toMatchObject({ fromEntry: 'episodes/first-episode', isFromLanding: false });
  });

  it('is of the Referer where there is one', () => {
    const referer = 'https://files.example/posts/first-post/';
    const page = '/episodes/first-episode/';
    expect(attributionOf({ page }, { referer }, asked, context).fromEntry).toBe('posts/first-post');
  });

  it('says so on pages of answers too, and the field beside it whose form it was', () => {
    const page = '/forms/whitepaper/';
    expect(on(page, { from: 'first-post' })).toMatchObject({ fromEntry: 'posts/first-post', isFromLanding: false });
  });

  it.each([
    '//evil.example/posts/first-post/',
    '/\\evil.example/',
    'https://evil.example/',
    'x',
    `/${'x'.repeat(5000)}`,
  ])('is of no page of this site where it names %s', (page) => expect(on(page)).toEqual(of(undefined)));
});

describe('the sender of a form', () => {
  it('is in its own field where the browser sent no Referer, or that of the forms themselves', () => {
    expect(of(undefined, 'posts/first-post').fromEntry).toBe('posts/first-post');
    expect(of('https://files.example/forms/whitepaper/', 'first-post').fromEntry).toBe('posts/first-post');
  });

  it('is not taken from the page of another site', () => {
    for (const origin of [
      'https://evil.example',
      'https://files.example.evil.example',
      'https://files.example:8443',
      'file://',
    ])
      expect(of(`${origin}/posts/first-post/?utm_source=x`)).toMatchObject({
        fromEntry: null,
        utm: '{}',
        sourceUrl: `https://files.example${asked.url}`,
      });
  });

  it('is taken from a page of this site behind a proxy that ends TLS, and under another of its names', () => {
    expect(of('http://files.example/posts/first-post/').fromEntry).toBe('posts/first-post');
    expect(of('http://localhost:4321/posts/first-post/')).toMatchObject({
      fromEntry: 'posts/first-post',
      sourceUrl: 'https://files.example/posts/first-post/',
    });
  });

  it.each(['nonsense', '//', 'javascript:alert(1)'])('is nobody where the Referer is %j', (referer) => {
    expect(of(referer)).toMatchObject({ landing: asked.url, fromEntry: null, utm: '{}' });
  });
});

describe('a campaign', () => {
  it('is kept by its five names, each of a hundred characters at most', () => {
    const query = 'utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e&utm_id=f&x=g';
    expect(JSON.parse(of(`https://files.example/?${query}`).utm)).toEqual({
      utm_source: 'a',
      utm_medium: 'b',
      utm_campaign: 'c',
      utm_term: 'd',
      utm_content: 'e',
    });
    expect(JSON.parse(of(`https://files.example/?utm_source=${'a'.repeat(500)}&utm_term=`).utm)).toEqual({
      utm_source: 'a'.repeat(100),
    });
  });
});

describe('an entry', () => {
  it('is found by id before slug, and not by nothing', () => {
    const two = { ...site, entries: site.entries.map((entry) => ({ ...entry, slug: 'same' })) };
    expect(entryNamed('posts/first-post', two)?.id).toBe('posts/first-post');
    expect(entryNamed('same', two)?.id).toBe('episodes/first-episode');
    expect(entryNamed('/posts/first-post/', site)?.id).toBe('posts/first-post');
    for (const nothing of [undefined, '', ' ', '/']) expect(entryNamed(nothing, site)).toBeUndefined();
  });
});

describe('a landing page', () => {
  it('is known with and without its last slash; other pages are none', () => {
    expect(landingOf(asked.url, site)).toBe(asked.url);
    expect(landingOf(asked.url.slice(0, -1), site)).toBe(asked.url);
    for (const page of ['/subscribe/', '/subscribe']) expect(landingOf(page, site)).toBe('/newsletter/');
    for (const other of ['/', '/newsletter/', '/whitepapers/', '/whitepapers/unknown/', '/posts/first-post/'])
      expect(landingOf(other, site)).toBeUndefined();
  });
});

describe('a partner', () => {
  const partners = [{ slug: 'haddock', name: 'Haddock', url: '/with/haddock/' }];
  const by = (page: string, more = {}) =>
    attributionOf({ page, ...more }, { referer: undefined }, asked, {
      ...context,
      site: { ...context.site, partners },
    }).partner;

  it('is who the address of the page names, or the field of the form, or whose page it is', () => {
    expect(by(`${asked.url}?partner=haddock`)).toBe('haddock');
    expect(by('/forms/whitepaper/', { partner: 'haddock' })).toBe('haddock');
    expect(by('/with/haddock/kit/')).toBe('haddock');
  });

  it.each(['Haddock', 'nobody', '', '__proto__', 'haddock%20'])('is nobody whom “%s” names', (partner) => {
    expect(by(`${asked.url}?partner=${partner}`)).toBeNull();
    expect(by(asked.url, { partner })).toBeNull();
  });
});

describe('what sent a reader', () => {
  const of = (fromEntry: string | null, partner: string | null, utm = {}) =>
    sourceOf({ fromEntry, partner, utm: JSON.stringify(utm) });

  it('is a partner before an entry, and an entry before a campaign', () => {
    expect(of('posts/one', 'haddock', { utm_medium: 'email' })).toBe('partner');
    expect(of('posts/one', null, { utm_medium: 'email' })).toBe('post');
    expect(of('episodes/one', null)).toBe('episode');
    expect(of(null, null, { utm_medium: 'Email', utm_source: 'x' })).toBe('newsletter');
    expect(of(null, null, { utm_source: 'newsletter' })).toBe('newsletter');
    expect(of(null, null, { utm_source: 'elsewhere' })).toBe('other');
    expect(of(null, null, { utm_campaign: 'x' })).toBe('unknown');
    expect(of(null, null)).toBe('unknown');
  });
});
