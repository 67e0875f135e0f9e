/** A shortcode of WordPress, or text between two. */
export type Part =
  string | { name: string; attributes: Record<string, string>; bare: string[]; inner?: Part[]; written: string };

/**
 * A text with shortcodes, read from left to right. `[[name]]` is text, an opening without its end stands alone, and a bracket
 * that begins no shortcode is a bracket. WordPress Codex, "Shortcode API".
 */
export function shortcodes(text: string, isKnown: (name: string, said: string) => boolean): Part[] {
  const tags = [
    ...text.matchAll(/\[(\[?)(\/?)([A-Za-z][\w-]*)((?:\s+(?:"[^"]*"|'[^']*'|[^\]"'])*?|="[^"]*"|)?)(\/?)\](\]?)/g),
  ];
  const root: Part[] = [];
  const stack: {
    name: string;
    parts: Part[];
    start: number;
    attributes: Record<string, string>;
    bare: string[];
    end: number;
  }[] = [];
  const parts = () => stack.at(-1)?.parts ?? root;
  let at = 0;
  const addText = (end: number) => {
    if (end > at) parts().push(text.slice(at, end));
    at = end;
  };
  /** An opening that is never closed stands alone, and what follows it beside it. */
  const unwind = (depth: number) => {
    while (stack.length > depth) {
      const { name, attributes, bare, start, end, parts: inner } = stack.pop() as (typeof stack)[number];
      parts().push({ name, attributes, bare, written: text.slice(start, end) }, ...inner);
    }
  };
  for (const match of tags) {
    const [whole, opens = '', slash = '', name = '', said = '', closed = '', closes = ''] = match;
    const start = match.index;
    if (start < at || !isKnown(name, said)) continue;
    addText(start);
    at = start + whole.length;
    if (opens && closes) {
      parts().push(whole.slice(1, -1));
      continue;
    }
    if (opens) parts().push('[');
    const key = name.toLowerCase();
    if (slash) {
      const depth = stack.findLastIndex((each) => each.name === key);
      if (depth >= 0) {
        unwind(depth + 1);
        const { attributes, bare, parts: inner, start: from } = stack.pop() as (typeof stack)[number];
        parts().push({ name: key, attributes, bare, inner, written: text.slice(from, at) });
      }
    } else {
      const { attributes, bare } = attributesOf(said);
      if (closed) parts().push({ name: key, attributes, bare, written: whole });
      else stack.push({ name: key, parts: [], start, attributes, bare, end: at });
    }
    if (closes && !opens) parts().push(']');
  }
  addText(text.length);
  unwind(0);
  return root;
}

function attributesOf(said: string): { attributes: Record<string, string>; bare: string[] } {
  const attributes: Record<string, string> = {};
  const bare: string[] = [];
  const straight = said.replaceAll(/[“”″]|&#822[01];|&quot;/g, '"');
  for (const [, name, double, single, word, alone] of straight.matchAll(
    /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))|("[^"]*"|'[^']*'|\S+)/g,
  ))
    if (name) attributes[name.toLowerCase()] = double ?? single ?? word ?? '';
    else if (alone) bare.push(alone.replaceAll(/^["']|["']$/g, ''));
  return { attributes, bare };
}
