import { postalAddress, type Block, type MailContext, type Letter } from './letter.ts';

const width = 72;

/** The letter as plain text: lines of at most 72 characters, each address on a line of its own. */
export function asText(letter: Letter, { site, base }: MailContext): string {
  return [
    wrapped(letter.heading),
    ...letter.blocks.map(written),
    '---',
    ...letter.why.map(written),
    [...new Set([site.title, site.owner.name]), ...postalAddress(letter, site), base.href].join('\n'),
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

function written(block: Block): string {
  switch (block.kind) {
    case 'text':
      return wrapped(block.text);
    case 'facts':
      return wrapped(block.facts.join(' · '));
    case 'button':
      return `${block.text}:\n${block.url}`;
    case 'link':
      return `${wrapped(block.before.endsWith(':') ? block.before : `${block.before} ${block.text}:`)}\n${block.url}`;
    case 'entry':
      return [block.title, block.facts.join(' · '), block.text].map(wrapped).concat(block.url).join('\n');
    case 'view':
      return `${block.name}:\n${wrapped(block.text)}`;
  }
}

function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.trim().split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
