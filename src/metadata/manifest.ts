import { fullTitle } from '#site/title.ts';
import type { Catalog } from '#catalog/records.ts';
import { url } from '#site/url.ts';
import { icons } from './icons.ts';
import type { Palette } from '#site/palette.ts';

/**
 * The web app manifest (W3C). `minimal-ui`: whoever puts the site on their home screen keeps a way back, since the
 * pages themselves have no such button.
 */
export function manifest(show: Catalog['show'], { light }: Palette) {
  const icon = (name: keyof typeof icons, purpose: 'any' | 'maskable') => ({
    src: url.icon(name),
    sizes: `${icons[name].size}x${icons[name].size}`,
    type: 'image/png',
    purpose,
  });
  return {
    name: fullTitle(show),
    short_name: show.title,
    description: show.tagline,
    lang: show.language,
    id: url.home,
    start_url: url.home,
    scope: url.home,
    display: 'minimal-ui',
    background_color: light.desk,
    theme_color: light.desk,
    icons: [icon('192', 'any'), icon('512', 'any'), icon('maskable-512', 'maskable')],
  };
}
