import type { Page } from 'playwright-core';

/**
 * What is wider than its place on the page that is shown: the page itself, every text that leaves the window, or the
 * block that it stands in, and every control that is cut off, by the window or by what it stands in. What stands in a
 * scroller, or ends in an ellipsis, may be longer than is seen; and what lies to the left of the window altogether is
 * meant for nobody's eyes.
 */
export function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement ?? document.documentElement;
    const found = new Set<string>();
    if (scrollWidth > clientWidth) found.add(`the page is ${scrollWidth} px wide`);

    /** The block that a text in an element stands in; none where the text may be longer than is seen. */
    const blockOf = (element: Element): Element | undefined => {
      // Drawings let their text be longer, where it is spaced more widely than they were drawn for.
      if (element.closest('svg')) return document.documentElement;
      let block: Element | undefined;
      for (let around: Element | null = element; around; around = around.parentElement) {
        const { display, overflowX, textOverflow, clipPath, webkitLineClamp } = getComputedStyle(around);
        if (/auto|scroll/.test(overflowX) || textOverflow === 'ellipsis' || clipPath !== 'none') return undefined;
        if (webkitLineClamp !== 'none' || around.matches('select, template')) return undefined;
        if (!display.startsWith('inline')) block ??= around;
      }
      return block;
    };
    const range = document.createRange();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const words = text.textContent?.trim().slice(0, 40);
      const parent = text.parentElement;
      if (!words || !parent?.checkVisibility({ visibilityProperty: true })) continue;
      range.selectNodeContents(text);
      const lines = [...range.getClientRects()].filter(({ width, right }) => width > 1 && right > 0);
      const block = lines.length > 0 && blockOf(parent);
      if (!block) continue;
      const box = block.getBoundingClientRect();
      const [least, most] = [Math.max(box.left, 0) - 1, Math.min(box.right, clientWidth) + 1];
      if (lines.some(({ left, right }) => left < least || right > most))
        found.add(`"${words}" leaves <${block.localName} class="${block.className}">`);
    }

    /** What of an element is to be seen, where no scroller brings the rest. */
    const seenOf = (element: Element): DOMRect | undefined => {
      const box = element.getBoundingClientRect();
      let [left, top, right, bottom] = [Math.max(box.left, 0), box.top, Math.min(box.right, clientWidth), box.bottom];
      for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
        const { overflowX, overflowY, clipPath, position } = getComputedStyle(around);
        if (/auto|scroll/.test(overflowX + overflowY) || clipPath !== 'none') return undefined;
        const cut = around.getBoundingClientRect();
        if (overflowX !== 'visible') [left, right] = [Math.max(left, cut.left), Math.min(right, cut.right)];
        if (overflowY !== 'visible') [top, bottom] = [Math.max(top, cut.top), Math.min(bottom, cut.bottom)];
        if (position === 'fixed') break;
      }
      return new DOMRect(left, top, Math.max(right - left, 0), Math.max(bottom - top, 0));
    };
    for (const control of document.querySelectorAll('a, button, input, select, textarea, summary, video, audio')) {
      const { width, height, right } = control.getBoundingClientRect();
      const { clipPath, position } = getComputedStyle(control);
      const isMeant = control.checkVisibility({ visibilityProperty: true }) && clipPath === 'none' && right > 0;
      const seen = isMeant && control.closest('[inert], template') === null && seenOf(control);
      // A box that is drawn by its label has no size of its own.
      if (!seen || (position === 'absolute' && width <= 1)) continue;
      if (width < 1 || height < 1 || seen.width < width - 1 || seen.height < height - 1)
        found.add(
          `<${control.localName}> "${control.ariaLabel ?? control.textContent?.trim().slice(0, 40)}" is cut off`,
        );
    }
    return [...found];
  });
}
