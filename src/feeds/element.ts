/** An element of XML, or of HTML that is well-formed. */
export interface Element {
  name: string;
  attributes: Record<string, string | number | undefined>;
  children: (Element | string)[];
}

/** What may stand inside an element; what is not there is left out. */
export type Child = Element | string | number | false | undefined | readonly Child[];

/** An element with its attributes and what stands inside it. An attribute that is `undefined` is left out. */
export const element = (name: string, attributes: Element['attributes'], ...children: Child[]): Element => ({
  name,
  attributes,
  children: present(children),
});

/**
 * An element as text (XML 1.0, sections 2.4 and 3.1): what an author wrote can be read as markup nowhere. `mark` is
 * put before each text.
 */
export function xml({ name, attributes, children }: Element, mark = ''): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${quoted(String(value))}"`))
    .join('');
  const inside = children
    .map((child) => (typeof child === 'string' ? mark + escaped(child) : xml(child, mark)))
    .join('');
  return inside ? `<${name}${written}>${inside}</${name}>` : `<${name}${written}/>`;
}

/** Text as the content of an element. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Text as the value of an attribute; a line break there would be read as a space (XML 1.0, section 3.3.3). */
const quoted = (text: string) => escaped(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;');

function present(children: readonly Child[]): Element['children'] {
  return children.flatMap((child): Element['children'] => {
    if (child === false || child === undefined) return [];
    if (typeof child === 'number') return [String(child)];
    return isList(child) ? present(child) : [child];
  });
}

const isList = (child: Child): child is readonly Child[] => Array.isArray(child);
