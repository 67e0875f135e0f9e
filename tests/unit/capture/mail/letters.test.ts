import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { html, type Html } from '#capture/mail/letters/html.ts';
import type { MailContext } from '#capture/mail/letters/letter.ts';
import { writeMail } from '#capture/mail/letters/write.ts';
import type { LetterFacts } from '#capture/mail/letter-facts.ts';
import type { Entry } from '#site/contract.ts';
import { site } from '../../../fakes/site.ts';

const mailContext: MailContext = {
  site,
  base: new URL('https://d-files.example/'),
  contact: { email: 'anna@example.com' },
  from: 'The D-Files <hello@d-files.example>',
  id: '0193b9a0-0000-7000-8000-000000000001',
  token: (id) => `${id}-signed`,
};
const paper = 'keeping-the-keepers';
/** What somebody typed who means harm. */
const attack = '<script>alert(1)</script> <a href="javascript:alert(1)">x</a> javascript:alert(1)';
const lamp = site.entries.find(({ id }) => id === 'episodes/lamp') as Entry;
const payloads = {
  paper: { mail: 'confirm', token: 't', preferences: 'p', asset: paper, newsletter: false },
  newsletter: { mail: 'confirm', token: 't', preferences: 'p', newsletter: true },
  both: { mail: 'confirm', token: 't', preferences: 'p', asset: paper, newsletter: true },
  download: { mail: 'download', token: 't', asset: paper },
  erase: { mail: 'erase', token: 't' },
  welcome: { mail: 'welcome', preferences: 'p' },
  already: { mail: 'already-subscribed', preferences: 'p' },
  agreed: {
    ...{ mail: 'confirm', token: 't', preferences: 'p', newsletter: true },
    agreed: { on: '2024-03-13', at: 'Fair of 2024' },
  },
  issue: { mail: 'issue', entry: 'episodes/lamp', preferences: 'p' },
  digest: {
    ...{ mail: 'issue', entry: 'digest/2026-11-27', preferences: 'p' },
    entries: JSON.stringify(['episodes/lamp', 'posts/fog', 'posts/gone']),
  },
  comment: { mail: 'confirm-comment', link: 'l', waiting: { comments: 1, questions: 0 }, preferences: 'p' },
  question: { mail: 'confirm-question', link: 'l', waiting: { comments: 0, questions: 1 }, preferences: 'p' },
  several: { mail: 'confirm-question', link: 'l', waiting: { comments: 2, questions: 1 }, preferences: 'p' },
  came: { mail: 'question-came', questions: [attack, 'Who?'], preferences: 'p' },
  answered: { mail: 'question-answered', question: 'Who?', answer: attack, preferences: 'p' },
  answeredIn: { mail: 'question-answered', question: 'Who?', entry: lamp, preferences: 'p' },
  reply: {
    mail: 'reply',
    reply: { id: 'r', name: `Ned ${attack}`, body: attack },
    ...{ yours: 'Two\nlines.', entry: lamp, link: 'l', preferences: 'p' },
  },
  moderation: {
    mail: 'moderation',
    comments: [{ name: attack, body: attack, moment: 750, where: lamp.title, reasons: ['three links'], link: 'l' }],
    questions: [{ id: 'q', body: attack, first: null, to: 'Ada Lamp' }],
    waiting: { comments: 3, questions: 1 },
    hasDesk: false,
  },
  signIn: { mail: 'sign-in', link: 'l' },
  alert: {
    mail: 'alert',
    problems: [{ kind: 'disk', what: attack, fix: attack, since: 0, endedAt: null }],
    hasDesk: true,
  },
  allWell: {
    mail: 'all-well',
    problems: [{ kind: 'disk', what: attack, fix: attack, since: 0, endedAt: 1 }],
    hasDesk: false,
  },
} satisfies Record<string, LetterFacts>;
const kinds = Object.keys(payloads) as (keyof typeof payloads)[];
const written = (kind: keyof typeof payloads, change: Partial<MailContext> = {}) =>
  writeMail(payloads[kind], { ...mailContext, ...change });
const page = (kind: keyof typeof payloads, change: Partial<MailContext> = {}) =>
  parseHTML(written(kind, change).html).document;
const buttons = (kind: keyof typeof payloads) =>
  [...page(kind).querySelectorAll('a.button')].map((each) => each.getAttribute('href'));

const confirming = 'https://d-files.example/confirm/?token=t-signed';
const leaving = 'https://d-files.example/unsubscribe/?token=p-signed';
const preferences = 'https://d-files.example/preferences/?token=p-signed';

describe('a mail', () => {
  it.each(kinds)('leads each link of “%s” to the configured address of the site, in both bodies', (kind) => {
    const { text } = written(kind);
    const linked = [...page(kind).querySelectorAll('a')].map((each) => each.getAttribute('href'));
    for (const href of linked) {
      expect(href).toMatch(/^https:\/\/d-files\.example\//);
      expect(text.split('\n')).toContain(href);
    }
    expect(linked.length).toBeGreaterThan(1);
  });

  it('has one button, for the one thing to do', () => {
    expect(buttons('paper')).toEqual([confirming]);
    expect(buttons('newsletter')).toEqual([confirming]);
    expect(buttons('both')).toEqual([confirming]);
    expect(buttons('download')).toEqual(['https://d-files.example/download/?token=t-signed']);
    expect(buttons('erase')).toEqual(['https://d-files.example/erase/?token=t-signed']);
    expect(buttons('welcome')).toEqual(['https://d-files.example/episodes/lamp/']);
    expect(buttons('issue')).toEqual(['https://d-files.example/episodes/lamp/']);
    expect(buttons('digest')).toEqual([]);
    expect(buttons('comment')).toEqual(['https://d-files.example/comment/?token=l']);
    expect(buttons('question')).toEqual(['https://d-files.example/question/?token=l']);
    expect(buttons('several')).toEqual(['https://d-files.example/question/?token=l']);
    expect(buttons('answeredIn')).toEqual(['https://d-files.example/episodes/lamp/']);
    expect(buttons('reply')).toEqual(['https://d-files.example/episodes/lamp/#comment-r']);
    expect(buttons('signIn')).toEqual(['https://d-files.example/desk/confirm/?token=l']);
    for (const kind of ['came', 'answered', 'moderation'] as const) expect(buttons(kind)).toHaveLength(1);
  });

  it('tells who was brought in from another list when and where they agreed, and not that they typed something', () => {
    const text = written('agreed').text.replaceAll('\n', ' ');
    expect(text).toContain('On 2024-03-13 you agreed to e-mails from The D-Files (Fair of 2024).');
    expect(text).not.toContain('someone who typed your address');
  });

  it('tells of each entry of a digest that the site has, under its title, which leads there', () => {
    const { subject, text } = written('digest');
    expect(subject).toBe('Who lights the lamp <at night> & why, and 1 more');
    expect([...page('digest').querySelectorAll('h2 a')].map((each) => each.getAttribute('href'))).toEqual([
      'https://d-files.example/episodes/lamp/',
      'https://d-files.example/posts/fog/',
    ]);
    expect(text).toContain(
      'Fog, and what to do in it\nOctober 1, 2026 · 4 min read\nSlow down, and sound the horn.\nhttps://',
    );
  });

  it('shows what strangers wrote as they wrote it, and none of it as markup or a link', () => {
    for (const kind of ['came', 'answered', 'reply', 'moderation'] as const) {
      const document = page(kind);
      expect(document.querySelectorAll('script, a[href^="javascript"]')).toHaveLength(0);
      expect(document.body.textContent.replace(/\s+/g, ' ')).toContain(attack);
    }
  });

  it('tells the owner how many wait, why, and where to decide', () => {
    const { subject, text } = written('moderation');
    expect(subject).toBe('3 comments and 1 question wait on The D-Files');
    expect(text.replace(/\s+/g, ' ')).toContain('at 12:30 · three links');
    expect(text).toContain('https://d-files.example/decision/?token=l');
    expect(text).toContain('2 more comments: npm run comments -- list');
    expect(text).toContain('npm run questions -- answer q');
  });

  it('leads the owner to the desk, where there is one', () => {
    const open = (hasDesk: boolean) => writeMail({ ...payloads.moderation, hasDesk }, mailContext).text;
    expect(open(true)).toContain('Open the desk:\nhttps://d-files.example/desk/');
    expect(open(false)).not.toContain('/desk/');
  });

  it('that signs in says where, how often and for how long it does, and that doing nothing lets nobody in', () => {
    const { text, headers } = written('signIn');
    expect(text.replace(/\s+/g, ' ')).toContain('Good for 15 minutes · once · in the browser that asked');
    expect(text).toContain('do nothing');
    expect(headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
  });

  it('about replies is ended by one click of its own', () => {
    expect(written('reply').headers).toMatchObject({
      'List-Id': 'The D-Files <replies.d-files.example>',
      'List-Unsubscribe': '<https://d-files.example/replies/?token=l>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(written('moderation').headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
  });

  it('tells what was asked for, that it may have been someone else, and that doing nothing ends it', () => {
    const both = written('both').text.replace(/\s+/g, ' ');
    expect(both).toContain('You, or someone who typed your address, asked The D-Files');
    expect(both).toContain(
      '“Keeping the Keepers: A Lighthouse Reader”, and for an e-mail when a new episode or post is out',
    );
    expect(both).toContain('If it was not you, do nothing');
    expect(written('paper').text).not.toContain('episode or post');
    expect(written('newsletter').text).not.toContain('whitepaper');
  });

  it('says the same in both bodies', () => {
    for (const kind of kinds) {
      const words = (text: string) => text.replace(/\s+/g, ' ').trim();
      const text = words(written(kind).text);
      for (const each of page(kind).querySelectorAll('h1, p:not(:has(a)):not(:has(span))'))
        expect(text).toContain(words(each.textContent));
    }
  });

  it('shows its preview in the inbox, hidden in the page and not followed by the page’s first words', () => {
    const first = page('paper').querySelector('body > div');
    expect(first?.getAttribute('style')).toContain('display:none');
    expect(first?.textContent).toMatch(/^Confirm your address, and the download starts\.\W{150,}$/u);
  });

  it('has blanks around the words of its button in Outlook alone, which leaves out the padding there', () => {
    const { html } = written('paper');
    const words = page('paper').querySelector('a.button')?.textContent ?? '';
    expect(words).toMatch(/^\w[\w ]+$/);
    const outlook = parseHTML(html.replaceAll(/<!--\[if mso\]>(.*?)<!\[endif\]-->/g, '$1')).document;
    const button = [...(outlook.querySelector('a.button')?.children ?? [])];
    expect(button.map(({ localName, textContent }) => `${localName}:${textContent.trim()}`)).toEqual([
      ...['i:', `span:${words}`, 'i:\u200B'],
    ]);
  });

  it('can be read without pictures, in the language that it names, light and dark', () => {
    for (const kind of kinds) {
      const document = page(kind);
      expect(document.querySelectorAll('img, script, link, form')).toHaveLength(0);
      expect(document.documentElement.getAttribute('lang')).toBe('en-US');
      expect(document.querySelector('meta[name=color-scheme]')?.getAttribute('content')).toBe('light dark');
      expect(document.querySelector('style')?.textContent).toContain('prefers-color-scheme:dark');
      expect(written(kind).html).not.toMatch(/font-size:(?:\d|1[0-5])px/);
    }
  });

  it('is in the colours of the site, light and dark', () => {
    const { light, dark } = site.palette;
    const [red, green] = ['#aa0001', '#00aa01'];
    const palette = { light: { ...light, sales: red }, dark: { ...dark, sales: green } };
    const document = page('issue', { site: { ...site, palette } });
    expect(document.querySelector('p.sales')?.getAttribute('style')).toContain(`color:${red}`);
    expect(document.querySelector('style')?.textContent).toContain(`.sales{color:${green}!important}`);
  });

  it('escapes what the site calls things', () => {
    expect(page('issue').querySelector('h1')?.textContent.trim()).toBe('Who lights the lamp <at night> & why');
    const named = { ...site, title: '<b>"Ours" & theirs</b>' };
    expect(written('welcome', { site: named }).html).not.toContain('<b>');
    expect(page('welcome', { site: named }).querySelectorAll('b')).toHaveLength(0);
  });

  it('wraps its text at 72 characters, save for addresses', () => {
    for (const kind of kinds)
      for (const line of written(kind).text.split('\n'))
        if (!line.startsWith('https:')) expect(line.length).toBeLessThanOrEqual(72);
  });

  it('has a Message-ID of its row and the site', () => {
    expect(written('paper').messageId).toBe('<0193b9a0-0000-7000-8000-000000000001@d-files.example>');
    expect(written('paper', { base: new URL('http://localhost:4321/') }).messageId).toMatch(/@localhost>$/);
  });

  it('fails where the site has no such paper or entry', () => {
    expect(() => written('paper', { site: { ...site, whitepapers: [] } })).toThrow(
      'no whitepaper “keeping-the-keepers”',
    );
    expect(() => written('issue', { site: { ...site, entries: [] } })).toThrow('no entry “episodes/lamp”');
  });

  it('greets a new subscriber without a link where nothing is published', () => {
    expect(page('welcome', { site: { ...site, entries: [] } }).querySelectorAll('a.button')).toHaveLength(0);
  });
});

describe('a mail to an address that is not confirmed', () => {
  it('never repeats a name or company that came with the form', () => {
    const contact = { email: 'anna@example.com', name: 'Win https://x.example', company: 'Prize Ltd' };
    for (const kind of ['paper', 'newsletter', 'both', 'download'] as const)
      expect(JSON.stringify(written(kind, { contact }))).not.toMatch(/x\.example|Prize/);
  });

  it('offers to erase the address, and is no newsletter that could be unsubscribed', () => {
    expect(written('both').text).toContain(preferences);
    expect(written('both').headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
  });
});

describe('a mail to a subscriber', () => {
  it.each(['welcome', 'already', 'issue'] as const)('can be unsubscribed from with one click: %s', (kind) => {
    const { headers, text } = written(kind);
    expect(headers).toMatchObject({
      'List-Id': 'The D-Files <newsletter.d-files.example>',
      'List-Unsubscribe': `<${leaving}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(text).toContain(leaving);
    expect(text).toContain(preferences);
  });

  it('leads to itself in the archive, unless an owner keeps it out of there, and to no reader’s own page', () => {
    const inArchive = 'https://d-files.example/newsletter/archive/issue/?id=episodes%2Flamp';
    const { headers, text, html } = written('issue');
    expect(headers).toHaveProperty('List-Archive', '<https://d-files.example/newsletter/archive/>');
    expect(written('welcome').headers).not.toHaveProperty('List-Archive');
    expect(text).toContain(inArchive);
    expect(html).toContain(`href="${inArchive}"`);
    const unlisted = writeMail({ ...payloads.issue, isUnlisted: true }, mailContext);
    expect(unlisted.text + unlisted.html).not.toContain('/newsletter/archive/issue/');
  });

  it('is marked as an automatic answer unless it is the newsletter itself', () => {
    expect(written('welcome').headers).toHaveProperty('Auto-Submitted');
    expect(written('issue').headers).not.toHaveProperty('Auto-Submitted');
  });

  it('says where letters reach its publisher if it is the newsletter, line by line in both bodies', () => {
    expect(written('issue').text).toContain('The D-Files\n12 Example Street\nFog & Harbour, NY 00000\nhttps://');
    const lines = [...page('issue').querySelectorAll('p')].at(-1);
    expect(lines?.innerHTML.trim()).toMatch(/^12 Example Street<br>Fog &amp; Harbour, NY 00000<br><a /);
    for (const kind of kinds.filter((each) => each !== 'issue' && each !== 'digest'))
      expect(written(kind).text + written(kind).html).not.toContain('12 Example Street');
  });

  it('has no blank in the place of a postal address that is not named', () => {
    const { text } = written('issue', { site: { ...site, owner: { name: 'The D-Files' } } });
    expect(text).toContain('The D-Files\nhttps://d-files.example/\n');
  });

  it('quotes a title in List-Id that is no plain phrase', () => {
    const { headers } = written('issue', { site: { ...site, title: 'Fog (and "Foam"), Inc.' } });
    expect(headers['List-Id']).toBe(String.raw`"Fog (and \"Foam\"), Inc." <newsletter.d-files.example>`);
  });

  it('names the sides and what they share', () => {
    const { text } = written('issue');
    expect(text).toContain('Marketing sees:\nA light that is seen from afar.');
    expect(text).toContain('Sales sees:\nA harbour that is worth the trip.');
    expect(text).toContain('The goal they share:\nShips that arrive.');
    expect(text).toContain('November 22, 2026 · 42 min · Ada Lamp, Ben Horn, and Cy Buoy');
  });
});

describe('markup', () => {
  it('escapes every value that is not markup itself', () => {
    const attack = `"><script>alert('x')</script>&`;
    expect(html`<p title="${attack}">${[attack, html`<b>${1}</b>`]}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;<b>1</b></p>',
    );
  });

  it('takes no parsed value for markup', () => {
    const forged = JSON.parse('{"markup":"<script>"}') as Html;
    expect(html`<p>${forged}</p>`.markup).not.toContain('<script>');
  });
});
