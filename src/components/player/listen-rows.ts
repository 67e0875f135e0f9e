import { element } from '#components/dom.ts';
import { spokenLength } from '#site/length.ts';
import type { Listen } from './listens.ts';
import { toggle } from './program.ts';
import { stage } from './stage.ts';
import { shareOf } from './timeline.ts';

/** What somebody listened to as a row: picture, title, how far they came, and a button that plays. */
export function listenRow({ track, place, isPlayed }: Listen, ...more: HTMLElement[]): HTMLLIElement {
  const { title, page, duration, cover } = track;
  const left = place !== undefined && duration > place ? `${spokenLength(duration - place)} left` : '';
  const button = element('button', { type: 'button', class: disc });
  const render = () => {
    const isPlaying = Boolean(stage.find(track)?.isPlaying);
    button.ariaLabel = `${isPlaying ? 'Pause' : 'Play'}: ${title}`;
    button.replaceChildren(sign(isPlaying ? 'M6 4h4v16H6zM14 4h4v16h-4z' : 'M7 4v16l14-8z'));
  };
  render();
  stage.addEventListener('change', render);
  button.addEventListener('click', () => toggle(track));
  const bar = element(
    'span',
    { class: 'bg-track mt-1 block h-1 forced-colors:border', 'aria-hidden': 'true' },
    element('span', { class: 'bg-ink block h-full forced-colors:bg-[Highlight]', 'data-share': '' }),
  );
  bar.querySelector<HTMLElement>('[data-share]')!.style.width = `${shareOf(place ?? 0, duration)}%`;
  return element(
    'li',
    { class: 'flex min-w-0 items-center gap-x-3' },
    ...(cover
      ? [element('img', { src: cover, alt: '', width: '56', height: '56', class: 'size-14 shrink-0 rounded-[3px]' })]
      : []),
    element(
      'span',
      { class: 'min-w-0 flex-1 leading-tight' },
      element('a', { href: page, class: 'block min-h-6 truncate font-semibold no-underline hover:underline' }, title),
      ...(place === undefined ? [] : [bar]),
      element(
        'span',
        { class: 'font-type text-pencil block text-[0.8125rem]' },
        left || (isPlayed ? 'Played' : duration ? spokenLength(duration) : ''),
      ),
    ),
    button,
    ...more,
  );
}

const disc =
  'border-ink hover:ring-rule grid size-11 shrink-0 cursor-pointer place-items-center rounded-full border-2 hover:ring-4 focus-visible:rounded-full';

function sign(path: string): SVGElement {
  const [svg, shape] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  shape!.setAttribute('d', path);
  for (const [name, value] of Object.entries({
    viewBox: '0 0 24 24',
    class: 'size-4 fill-current',
    'aria-hidden': 'true',
  }))
    svg!.setAttribute(name, value);
  svg!.append(shape!);
  return svg as SVGElement;
}
