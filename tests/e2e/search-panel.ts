import type { Page } from 'playwright-core';

/** Search as a reader meets it, in the dialog or on its page. */
export class SearchPanel {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the dialog on a page. `before` runs when the page is there and the dialog is not. */
  static async open(
    page: Page,
    address: string,
    before: () => Promise<unknown> = async () => {},
    open = () => page.getByRole('link', { name: 'Search the files' }).click(),
  ): Promise<SearchPanel> {
    await page.goto(address);
    await before();
    await open();
    const search = new SearchPanel(page);
    await search.dialog.waitFor();
    return search;
  }

  get link() {
    return this.page.getByRole('link', { name: 'Search the files' });
  }
  get dialog() {
    return this.page.getByRole('dialog', { name: 'Search the files' });
  }
  get panel() {
    return this.page.locator('search-panel');
  }
  get field() {
    return this.panel.getByRole('searchbox', { name: 'Search the files' });
  }
  get status() {
    return this.panel.getByRole('status');
  }
  get results() {
    return this.panel.locator('.search-results');
  }
  get moments() {
    return this.results.locator('.search-moment');
  }
  get recent() {
    return this.panel.locator('section').filter({ hasText: 'Recent searches' });
  }

  result(title: string) {
    return this.results.locator('> li').filter({ has: this.page.getByRole('heading', { name: title }) });
  }

  titles(): Promise<string[]> {
    return this.results.getByRole('heading').allTextContents();
  }

  /** The typed labels: kind or file, and date. */
  labels(): Promise<string[]> {
    return this.results.locator('.label').allTextContents();
  }

  /** Waits until what was asked last has its results. */
  async answers(): Promise<void> {
    await this.panel.and(this.page.locator(':not([aria-busy]):has(.search-results > li)')).waitFor();
  }
}
