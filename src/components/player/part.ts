/** The element that a component's HTML marks with `data-part`. */
export function part<Type extends Element>(whole: Element, name: string, type: new () => Type): Type {
  const found = whole.querySelector(`[data-part="${name}"]`);
  if (found instanceof type) return found;
  throw new Error(`<${whole.localName}> has no ${name}`);
}

/** Sets a text only where it differs, so that a live region says nothing twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
