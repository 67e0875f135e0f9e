/** The element that a component's HTML marks with `data-part`. Throws where there is none, or one of another type. */
export function part<Type extends Element>(whole: Element, name: string, type: new () => Type): Type {
  const found = whole.querySelector(`[data-part="${name}"]`);
  if (found instanceof type) return found;
  throw new Error(`<${whole.localName}> has no ${name}`);
}

/** Sets a text only where it differs, so that a live region says nothing twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A new element with its attributes and children. Texts stay texts, whatever is in them. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** A click that follows a link in place: not into another tab, and not one that another listener has answered. */
export function isPlainClick({ button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented }: MouseEvent): boolean {
  return button === 0 && !(ctrlKey || metaKey || shiftKey || altKey || defaultPrevented);
}
