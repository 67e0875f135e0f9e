import type { Note, PageNotes } from './author-bar.ts';
import type { Made } from './author-entries.ts';

const styles = `
:host { all: initial; position: fixed; inset: auto auto 0.5rem 0.5rem; z-index: 2147483646; color-scheme: light dark;
  font: 0.8125rem/1.4 system-ui, sans-serif; max-width: min(44rem, calc(100vw - 1rem)); }
@media print { :host { display: none; } }
details { background: Canvas; color: CanvasText; border: 1px solid GrayText; border-radius: 0.375rem; }
summary { cursor: pointer; padding: 0.375rem 0.625rem; overflow-wrap: anywhere; }
div { padding: 0 0.625rem 0.5rem; max-height: 50vh; overflow: auto; }
ul { margin: 0.25rem 0; padding-left: 1.25rem; }
li { margin-block: 0.25rem; overflow-wrap: anywhere; }
button, input { font: inherit; padding: 0.25rem 0.5rem; margin: 0.25rem 0.5rem 0.25rem 0; cursor: pointer; }
code { overflow-wrap: anywhere; }
`;

const host = document.createElement('d-files-author-bar');
const shadow = host.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
shadow.adoptedStyleSheets = [sheet];

const element = <Name extends keyof HTMLElementTagNameMap>(name: Name, text = '', ...children: Node[]) => {
  const made = document.createElement(name);
  made.textContent = text;
  made.append(...children);
  return made;
};

function button(text: string, act: () => unknown): HTMLButtonElement {
  const made = element('button', text);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

const open = (place: string) => fetch(`/__open-in-editor?file=${encodeURIComponent(place)}`);

const item = ({ name, what, line, nearest, place }: Note) =>
  element(
    'li',
    `${what}${nearest ? ` → ${nearest}` : ''} [${name}] `,
    button(`Line ${line}`, () => open(place)),
  );

/** While an entry is made its files would have the page loaded again, and whoever waits for it would be forgotten. */
let making: Promise<void> | undefined;
import.meta.hot?.on('vite:beforeFullReload', () => making);

/** Makes an entry like that of this page, and goes to it once the server has it. */
async function begin(title: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<void>();
  making = promise;
  try {
    const answer = await fetch('/__author/new', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ page: location.pathname, title }),
    });
    const made = (await answer.json()) as Made;
    if ('address' in made) {
      for (let tries = 0; tries < 40 && !(await fetch(made.address)).ok; tries++)
        await new Promise((wait) => setTimeout(wait, 250));
      location.assign(made.address);
      return undefined;
    }
    resolve();
    return made.refused;
  } catch {
    resolve();
    return 'The server does not answer: see the terminal.';
  }
}

function beginning(kind: string): HTMLFormElement {
  const title = element('input');
  title.required = true;
  title.maxLength = 140;
  const make = element('button', `New ${kind} from this`);
  const told = element('span');
  told.role = 'status';
  const form = element(
    'form',
    '',
    element('label', kind === 'person' ? 'Name ' : 'Title ', title),
    document.createTextNode(' '),
    make,
    told,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    make.disabled = true;
    told.textContent = 'It is being made …';
    told.textContent = (await begin(title.value)) ?? 'It is there.';
    make.disabled = false;
  });
  return form;
}

function show({ file, path, draft, mistakes, advice, command, kind }: PageNotes): void {
  const counts = [
    ...(draft ? ['draft'] : []),
    `${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}`,
    `${advice.length} of advice`,
  ];
  const copy = button('Copy', async () => {
    await navigator.clipboard.writeText(command);
    copy.textContent = 'Copied';
  });
  const details = element('details', '', element('summary', `${file} · ${counts.join(' · ')}`));
  details.append(
    element(
      'div',
      '',
      button('Open in the editor', () => open(path)),
      element('ul', '', ...mistakes.map(item), ...advice.map(item)),
      ...(kind ? [beginning(kind)] : []),
      element(
        'p',
        kind ? 'Or with more to say, at a terminal: ' : 'A new one like it: ',
        element('code', command),
        copy,
      ),
    ),
  );
  shadow.replaceChildren(details);
}

async function refresh(): Promise<void> {
  const answer = await fetch(`/__author?page=${encodeURIComponent(location.pathname)}`);
  if (answer.ok) show((await answer.json()) as PageNotes);
  // A page may have swapped its body for that of another one.
  if (!host.isConnected) document.documentElement.append(host);
}

await refresh();
document.addEventListener('astro:page-load', () => void refresh());
