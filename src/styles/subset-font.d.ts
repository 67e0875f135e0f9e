declare module 'subset-font' {
  /** A font with no more than the characters of `text` in it. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: {
      targetFormat: 'woff2';
      /** OpenType's tags of the features that stay; all of them without it. */
      keepFeatures?: string[];
      noHinting?: boolean;
      /** The part of an axis that stays, by the axis' name. */
      variationAxes?: Record<string, { min: number; max: number }>;
    },
  ): Promise<Buffer>;
}
