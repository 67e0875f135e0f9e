import type { APIRoute } from 'astro';
import { file, seeFile } from '../_desk-file.ts';

/** The leads that the list's filters let through, for a spreadsheet or a CRM, while they are read. */
export const prerender = false;

export const GET: APIRoute = async (context) => {
  const query = Object.fromEntries(context.url.searchParams);
  const first = await seeFile(context, 'leads as CSV', { ...query, after: undefined });
  if (first instanceof Response) return first;
  const encoder = new TextEncoder();
  let next: string | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // A byte order mark, by which Excel knows UTF-8.
      controller.enqueue(encoder.encode(`\u{FEFF}${first.csv}`));
      next = first.next;
    },
    async pull(controller) {
      if (next === undefined) return controller.close();
      const part = await seeFile(context, 'leads as CSV', { ...query, after: next });
      // What is broken off must not look whole.
      if (part instanceof Response) return controller.error(new Error('The store was away while leads were written'));
      controller.enqueue(encoder.encode(part.csv));
      next = part.next;
    },
  });
  return file(body, 'text/csv; charset=utf-8', 'leads.csv');
};
