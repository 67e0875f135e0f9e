import { fencedIn } from './markup.ts';

/** Markdown of kramdown's as CommonMark: without what says how a list or block looks, and with lines of HTML parted from text. */
export function asCommonMark(source: string): string {
  const isInCode = fencedIn(source);
  const hasMarkdownInHtml = /\bmarkdown=["']?(?:1|block|span)/.test(source);
  let at = 0;
  const lines = source.split('\n').map((line) => {
    const start = at;
    at += line.length + 1;
    if (isInCode(start)) return line;
    // A list whose words stand for a table of contents.
    if (/^\s*\{:\s*toc\b[^}]*\}\s*$/.test(line)) return contents;
    // Lines of attributes stand for themselves, as blocks of options do.
    if (/^\s*\{:{1,2}[^}]*\}\s*$/.test(line)) return '';
    if (hasMarkdownInHtml && /^\s*<\/?(?:div|section|article|aside|details|figure|center|span)\b[^>]*>\s*$/.test(line))
      return `\n${line.trim().replace(/\s*\bmarkdown=["']?\w+["']?/, '')}\n`;
    return line
      .replaceAll(/\{::\/?(?:nomarkdown|comment|options)?[^}]*\}/g, '')
      .replaceAll(/(?<=[)*_`\]])\{:[^{}]*\}/g, '');
  });
  return lines
    .join('\n')
    .replaceAll(new RegExp(`(?:^|(?<=\\n))[ \\t]*(?:[-*+]|\\d+\\.)[ \\t][^\\n]*\\n${contents}`, 'gu'), '')
    .replaceAll(contents, '');
}

const contents = '\u{F0002}';
