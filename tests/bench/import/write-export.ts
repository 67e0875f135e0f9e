import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

/** What an export of the bench has. */
export interface ExportSize {
  posts: number;
  /** Of each text, in paragraphs. */
  paragraphs: number;
  /** Bytes of the notes of plugins beside each post: builders of pages note whole pages. */
  notes: number;
}

const sentence = 'The lamp was lit at dusk &amp; the keeper went down to read. ';

/** Writes a WordPress export of a made-up blog: each post links to others and has a picture and a few comments. */
export async function writeExport(path: string, { posts, paragraphs, notes }: ExportSize): Promise<void> {
  const out = createWriteStream(path);
  const write = async (text: string) => void (out.write(text) || (await once(out, 'drain')));
  await write(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Lamp Room</title><link>https://old.example.com</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example.com</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>wick</wp:author_login><wp:author_display_name>Wilma Wick</wp:author_display_name></wp:author>\n`);
  const note = 'x'.repeat(notes);
  for (let n = 1; n <= posts; n += 1) await write(post(n, posts, paragraphs, note));
  await write('</channel></rss>\n');
  out.end();
  await finished(out);
}

function post(n: number, posts: number, paragraphs: number, note: string): string {
  const text = Array.from(
    { length: paragraphs },
    (_, i) =>
      `<p>${sentence.repeat(5)}<a href="https://old.example.com/post-${((n * 7 + i) % posts) + 1}/">Another night</a>, said <em>number ${n}</em>.</p>`,
  ).join('\n');
  const comments = Array.from(
    { length: 3 },
    (_, i) =>
      `<wp:comment><wp:comment_id>${n * 3 + i}</wp:comment_id><wp:comment_author>Reader ${i}</wp:comment_author><wp:comment_date_gmt>2019-05-0${i + 1} 09:00:00</wp:comment_date_gmt><wp:comment_content>So it was, in the ${n}th night.</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>${i === 0 ? 0 : n * 3 + i - 1}</wp:comment_parent></wp:comment>`,
  ).join('\n');
  return `<item><title>Night ${n}</title><link>https://old.example.com/post-${n}/</link><dc:creator>wick</dc:creator>
<content:encoded><![CDATA[${text}\n<img src="https://old.example.com/wp-content/uploads/lamp.png" alt="A lamp">]]></content:encoded>
<wp:post_id>${n}</wp:post_id><wp:post_date_gmt>2019-05-01 09:00:00</wp:post_date_gmt><wp:post_name>post-${n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="topic-${n % 20}">Topic ${n % 20}</category>
<wp:postmeta><wp:meta_key>_builder</wp:meta_key><wp:meta_value><![CDATA[${note}]]></wp:meta_value></wp:postmeta>
${comments}</item>\n`;
}
