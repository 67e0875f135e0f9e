import { withSigns } from '#site/search-text.ts';
import type { ShownMeta } from './built-page.ts';
import { coded, decoded } from './coded-file.ts';

/** What Pagefind keeps of a page to show it as a result: `pagefind/fragment/*.pf_fragment`. */
export interface Fragment {
  url: string;
  content: string;
  word_count: number;
  filters: Record<string, string[]>;
  meta: Record<string, string>;
  anchors: { element: string; id: string; text: string; location: number; title?: string }[];
}

export function readFragment(file: Uint8Array): Fragment {
  return JSON.parse(decoded(file).toString()) as Fragment;
}

/**
 * A fragment with all that is shown of its page. Given to Pagefind as metadata, dates and the addresses of pictures
 * would be searched as words. Anchors that begin no part of a result are left out.
 */
export function writeFragment(fragment: Fragment, meta: ShownMeta): Buffer {
  const anchors = fragment.anchors
    .filter(({ element, title }) => title || /^h\d$/.test(element))
    // The text of an anchor stands in for a missing title only.
    .map(({ title, text, ...anchor }) => ({
      ...anchor,
      ...(title ? { title, text: '' } : { text: withSigns(text) }),
    }));
  return coded(JSON.stringify({ ...fragment, content: withSigns(fragment.content), meta, anchors }));
}
