import type { Page } from 'playwright-core';

/** Spaces a page's text as far as a reader may, without losing anything (WCAG 2.2, success criterion 1.4.12). */
export const spaceText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    // Not a style element: the policy of the page refuses what is not its own.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets.push(sheet);
  });
