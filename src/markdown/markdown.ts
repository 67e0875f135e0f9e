import type { Paragraph } from '#catalog/records.ts';
import { clock } from '#site/length.ts';
import { bodyBlocks } from './body.ts';
import type { Fact, MarkdownDocument, Section } from './document.ts';
import { type Block, heading, inline, list, paragraph, strong, type Words, written } from './nodes.ts';

/** An entry as Markdown. `notes` is its text as plain HTML with absolute addresses, as feeds have it. */
export function markdown(document: MarkdownDocument, notes: string, site: URL): string {
  const { title, lede, facts, before, after, url } = document;
  const address = new URL(url, site).href;
  return written([
    heading(1, title),
    ...lede.map((text) => paragraph(...inline([text], site))),
    list(
      [{ label: 'Page', values: [[{ title: address, url: address }]] }, ...facts].map((each) =>
        inline(factWords(each), site),
      ),
    ),
    ...before.flatMap((section) => sectionBlocks(section, site)),
    ...bodyBlocks(notes),
    ...after.flatMap((section) => sectionBlocks(section, site)),
  ]);
}

const factWords = ({ label, values }: Fact): Words => [
  `${label}: `,
  ...values.flatMap((words, i) => (i === 0 ? words : [', ', ...words])),
];

function sectionBlocks(section: Section, site: URL): Block[] {
  const title = heading(2, section.title);
  if ('text' in section) return [title, paragraph(...inline([section.text], site))];
  if ('items' in section) return [title, list(section.items.map((words) => inline(words, site)))];
  return [title, ...section.said.map((each) => said(each, site))];
}

function said({ start, speaker, cues }: Paragraph, site: URL): Block {
  const turn = cues[0]?.turn ? '– ' : '';
  const words = inline([`${clock(start)} ${turn}${cues.map(({ text }) => text).join(' ')}`], site);
  return speaker
    ? paragraph(strong(...inline([speaker.name], site)), ...inline([' '], site), ...words)
    : paragraph(...words);
}
