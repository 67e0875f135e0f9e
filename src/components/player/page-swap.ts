/** What has run in this document: a module runs once, and so does a script that says the same as another one. */
const ran = new Set([...document.scripts].map(identity));

/**
 * Whether a page can be put into this document: not one that only leads to another one. A Content Security Policy names
 * the inline scripts and styles that it lets be; under another policy than its own, those of the page would not run.
 */
export function canPutIn(page: Document): boolean {
  if (page.querySelector('meta[http-equiv="refresh" i]')) return false;
  if (policyOf(document) === policyOf(page)) return true;
  const styles = new Set([...document.querySelectorAll('style')].map(({ textContent }) => textContent));
  return (
    newScripts(page).every(({ src }) => src) &&
    [...page.querySelectorAll('style')].every(({ textContent }) => styles.has(textContent))
  );
}

const policyOf = (page: Document) =>
  page.querySelector('meta[http-equiv="content-security-policy" i]')?.getAttribute('content')?.replace(own, '');

/** What the policy of the first page of this document says beyond those of all pages: the styles of its first paint. */
const own = `${document.querySelector<HTMLElement>('style[data-first]')?.dataset['first']} `;

/** Puts a page in the place of the one that is shown; what is kept stays in the body, untouched. */
export async function putIn(page: Document, kept: Element, signal: AbortSignal): Promise<void> {
  const [shown, wanted] = [headOf(document), headOf(page)];
  const added = wanted.filter((element) => !isAmong(shown, element));
  const scripts = newScripts(page);
  document.head.append(...added);
  await Promise.all(added.filter(isStylesheet).map(ended));
  if (signal.aborted) {
    for (const element of added) element.remove();
    return;
  }
  for (const element of shown) if (!isAmong(wanted, element)) element.remove();
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  for (const child of [...document.body.childNodes]) if (child !== kept) child.remove();
  kept.before(...page.body.childNodes);
  for (const script of scripts) run(script);
}

/** What can be exchanged: not scripts, which run once, nor policies, which can only be added to. */
function headOf({ head }: Document): Element[] {
  return [...head.children].filter((element) => !element.matches('title, [http-equiv]') && !isCode(element));
}

const isAmong = (elements: Element[], element: Element) => elements.some((other) => other.isEqualNode(element));

const isStylesheet = (element: Element) => element.matches('link[rel="stylesheet"]');

/** Resolves when a stylesheet can be painted, or never will be. */
const ended = (element: Element) =>
  new Promise((resolve) => ['load', 'error'].forEach((end) => element.addEventListener(end, resolve)));

function newScripts(page: Document): HTMLScriptElement[] {
  return [...page.scripts].filter((script) => isCode(script) && !ran.has(identity(script)));
}

function run(script: HTMLScriptElement): void {
  ran.add(identity(script));
  const fresh = document.createElement('script');
  for (const { name, value } of script.attributes) fresh.setAttribute(name, value);
  fresh.textContent = script.textContent;
  script.remove();
  document.head.append(fresh);
}

function identity(script: HTMLScriptElement): string {
  return script.src || script.textContent;
}

function isCode(element: Element): boolean {
  return element instanceof HTMLScriptElement && ['', 'module', 'text/javascript'].includes(element.type);
}
