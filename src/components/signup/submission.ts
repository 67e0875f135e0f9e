import { parsePage } from '#components/parse-page.ts';
import { element } from '#components/dom.ts';
import { proofOf } from './proof.ts';

/*
 * Sends forms without leaving the page. The answer is the page that a browser without script would get: the section in
 * it that is marked `data-answer` takes the place of the form, and the focus.
 */
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  const host = outermost(form);
  if (!host || event.defaultPrevented) return;
  event.preventDefault();
  void send(form, host);
});

/** An answer that has a form in it stands in the place of the first one. */
function outermost(element: Element | null | undefined): HTMLElement | undefined {
  const host = element?.closest<HTMLElement>('capture-form');
  return host ? (outermost(host.parentElement) ?? host) : undefined;
}

async function send(form: HTMLFormElement, host: HTMLElement): Promise<void> {
  const button = form.querySelector('button');
  // A second click while the first is under way sends nothing.
  if (!button || button.ariaBusy) return;
  button.ariaBusy = 'true';
  form.querySelector('[role=alert]')?.remove();
  try {
    show(await answerTo(form), host);
  } catch {
    const text =
      'That did not get through. What you entered is still here: look at your connection, then click the button again.';
    form.append(element('p', { role: 'alert', class: 'text-marketing col-span-full font-semibold' }, text));
  }
  button.ariaBusy = null;
}

/** How long a form may take, in milliseconds; after that it counts as not sent. */
const timeLimit = 20_000;

/** The number of answers that were shown: their ids must differ. */
let shown = 0;

async function answerTo(form: HTMLFormElement): Promise<HTMLElement> {
  const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  // Of a browser that sends no Referer, nothing else says which page it is, and what led to it (`?from=…`).
  if (!fields.has('page')) fields.set('page', location.pathname + location.search);
  const section = await post(form, fields);
  // A busy network is asked for some work, which nobody has to know of; where it cannot be done, the answer says to wait.
  const challenge = section.querySelector<HTMLInputElement>('[name=challenge]')?.value;
  const proof = challenge && (await proofOf(challenge));
  if (!proof) return section;
  fields.set('challenge', challenge);
  fields.set('proof', proof);
  return post(form, fields);
}

async function post(form: HTMLFormElement, body: URLSearchParams): Promise<HTMLElement> {
  const action = form.getAttribute('action') ?? '';
  const response = await fetch(action, {
    method: 'POST',
    // A form in an answer is sent as from the page of that answer.
    referrer: form.closest('[data-answer]') ? action : 'about:client',
    body,
    signal: AbortSignal.timeout(timeLimit),
  });
  const page = parsePage(await response.text());
  const section = page.querySelector<HTMLElement>('[data-answer]');
  if (!section) throw new Error(`${response.status} without an answer`);
  return section;
}

function show(section: HTMLElement, host: HTMLElement): void {
  const before = [...host.childNodes];
  rename(section, `answer-${++shown}`);
  const title = section.querySelector('h1');
  const heading = element('h2', { class: 'text-step-2 mt-1 mb-3', tabindex: '-1' }, title?.textContent ?? '');
  title?.replaceWith(heading);
  host.replaceChildren(document.adoptNode(section));
  const back = section.querySelector<HTMLElement>('[data-back]');
  // Without script only the browser can lead back to a form as it was.
  back?.removeAttribute('hidden');
  back?.addEventListener('click', (event) => {
    event.preventDefault();
    host.replaceChildren(...before);
    host.querySelector<HTMLElement>('[type=email]')?.focus();
  });
  const focus = section.querySelector<HTMLElement>('[data-focus]') ?? heading;
  focus.focus();
}

/** Puts a prefix before every id of a section, and in all that names one. */
function rename(section: HTMLElement, prefix: string): void {
  for (const element of section.querySelectorAll('[id]')) element.id = `${prefix}-${element.id}`;
  for (const name of ['aria-describedby', 'aria-labelledby'])
    for (const element of section.querySelectorAll(`[${name}]`)) {
      const ids = element.getAttribute(name)?.match(/\S+/g) ?? [];
      element.setAttribute(name, ids.map((id) => `${prefix}-${id}`).join(' '));
    }
  for (const link of section.querySelectorAll('[href^="#"]'))
    link.setAttribute('href', `#${prefix}-${link.getAttribute('href')?.slice(1)}`);
}
