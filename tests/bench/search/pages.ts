import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { clock, isoDuration } from '#site/length.ts';
import { type Entry, momentTitle } from './entries.ts';

/** An entry as a built page: the markup is that of an episode of the site in `client`, with other words in it. */
export function pageMaker(client: string): (entry: Entry) => string {
  const { document } = parseHTML(readFileSync(join(client, 'episodes/pricing-by-the-candle/index.html'), 'utf8'));
  const part = (selector: string) => {
    const found = document.querySelector(selector);
    if (!found) throw new Error(`The pages of the site have no ${selector}`);
    return found as unknown as HTMLElement;
  };
  const chapter = only(part('[data-chapters] > li'));
  const paragraph = only(part('episode-transcript [id^="t-"]'));
  const said = paragraph.querySelector('[data-said]');
  if (said) said.textContent = '{said}';
  const transcript = part('section:has(> episode-transcript)');
  part('template[data-search]').innerHTML = '{record}';
  part('h1').textContent = '{title}';
  part('h1 + p').textContent = '{summary}';
  part('.prose').innerHTML = '{notes}';
  part('#section-goal').innerHTML = '';
  const [chapterHtml, paragraphHtml] = [chapter.outerHTML, paragraph.outerHTML];
  chapter.replaceWith('{chapters}');
  paragraph.replaceWith('{paragraphs}');
  const transcriptHtml = transcript.outerHTML;
  transcript.replaceWith('{transcript}');
  const page = document.toString();

  return ({ meta, filters, sections, chapters, transcript }) =>
    filled(page, {
      title: meta.title,
      summary: meta.summary,
      record: JSON.stringify({ meta, filters }),
      notes: sections
        .map(({ heading, paragraphs }, i) => `<h2 id="part-${i}">${heading}</h2><p>${paragraphs.join('</p><p>')}</p>`)
        .join(''),
      chapters: chapters
        .map(({ start, title }) =>
          chapterHtml
            .replace(/ id="[^"]*"/, ` id="chapter-${start}"`)
            .replace(/ data-pagefind-title="[^"]*"/, ` data-pagefind-title="${title}"`)
            .replace(
              /<time([^>]*) datetime="[^"]*"([^>]*)>.*<\/a>/s,
              `<time$1 datetime="${isoDuration(start)}"$2>${clock(start)}</time> ${title}</a>`,
            ),
        )
        .join(''),
      transcript:
        transcript.length === 0
          ? ''
          : filled(transcriptHtml, {
              paragraphs: transcript
                .map((each) =>
                  filled(paragraphHtml, { said: `<span>${each.text}</span>` })
                    .replace(/ id="[^"]*"/, ` id="t-${each.start}"`)
                    .replace(/ data-starts="[^"]*"/, ` data-starts="${each.start}"`)
                    .replace(/ data-pagefind-title="[^"]*"/, ` data-pagefind-title="${momentTitle(each)}"`),
                )
                .join(''),
            }),
    });
}

/** Of an element and its likes beside it, the first. */
function only(first: HTMLElement): HTMLElement {
  while (first.nextElementSibling) first.nextElementSibling.remove();
  return first;
}

const filled = (html: string, values: Record<string, string>) =>
  html.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
