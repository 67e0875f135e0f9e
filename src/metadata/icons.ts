/** An icon: its side in pixels, and what share of it the mark may be wide. */
export interface Icon {
  size: number;
  share: number;
  /** On paper, from edge to edge; else on nothing. */
  opaque: boolean;
}

/**
 * The icons that the manifest and the pages name. Apple's is opaque, since iOS would put it on black. The mark of a
 * maskable one is within the circle that any mask leaves: 80 % across (W3C manifest, "icon masks and safe zone").
 */
export const icons = {
  'apple-touch-icon': { size: 180, share: 0.72, opaque: true },
  '192': { size: 192, share: 1, opaque: false },
  '512': { size: 512, share: 1, opaque: false },
  'maskable-512': { size: 512, share: 0.6, opaque: true },
} satisfies Record<string, Icon>;
