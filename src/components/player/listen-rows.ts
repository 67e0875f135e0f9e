import { element } from '#components/dom.ts';
import { spokenLength } from '#site/length.ts';
import { heard } from './heard.ts';
import type { Listen } from './listens.ts';
import { pauseSign, playSign } from './signs.ts';
import { svgElement } from './svg.ts';
import { shareOf } from './timeline.ts';

/** What somebody listened to as a row: picture, title, how far they came, and a button that plays. */
export function listenRow(listen: Listen, ...more: HTMLElement[]): HTMLLIElement {
  const { track, place } = listen;
  const { title, page, duration, cover } = track;
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
        heard(listen) || (duration ? spokenLength(duration) : ''),
      ),
    ),
    playButton(listen),
    ...more,
  );
}

/** The play-button of PlayButton.astro, for a row that a script makes. */
function playButton({ track }: Listen): HTMLElement {
  const button = element(
    'button',
    {
      type: 'button',
      class:
        'border-ink group hover:ring-rule grid size-11 cursor-pointer place-items-center rounded-full border-2 hover:ring-4 focus-visible:rounded-full',
      'aria-label': `Play: ${track.title}`,
    },
    sign(playSign, 'group-aria-[label^=Pause]:hidden'),
    sign(pauseSign, 'hidden group-aria-[label^=Pause]:block'),
  );
  const whole = document.createElement('play-button');
  whole.className = 'shrink-0';
  whole.dataset['track'] = JSON.stringify(track);
  whole.append(button);
  return whole;
}

const sign = (shape: string, when: string): SVGElement =>
  svgElement(
    'svg',
    { viewBox: '0 0 24 24', class: `size-4 fill-current ${when}`, 'aria-hidden': 'true' },
    svgElement('path', { d: shape }),
  );
