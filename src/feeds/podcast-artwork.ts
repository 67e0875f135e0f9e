import type { Picture } from '#catalog/records.ts';
import { element, type Element } from './element.ts';

/**
 * The address of a picture. Its name holds a hash of what is in it, so that a new picture has a new name, as Apple's page
 * 896 asks.
 */
export const pictureUrl = ({ src }: Picture, site: URL): string => new URL(src.src, site).href;

/** Apple, page 896: artwork is square, of at least 1400 pixels, a JPEG or PNG. */
export const isArtwork = ({ src: { width, height, format } }: Picture): boolean =>
  width === height && width >= 1400 && ['jpg', 'jpeg', 'png'].includes(format);

/** Podcasting 2.0, image: a picture of any shape, with its shape, its size and its words. */
export function podcastImage(picture: Picture, site: URL): Element {
  const { width, height, format } = picture.src;
  const divisor = commonDivisor(width, height);
  return element('podcast:image', {
    href: pictureUrl(picture, site),
    alt: picture.alt,
    'aspect-ratio': `${width / divisor}/${height / divisor}`,
    ...{ width, height, type: `image/${format === 'jpg' ? 'jpeg' : format}` },
    purpose: isArtwork(picture) ? 'artwork' : undefined,
  });
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
