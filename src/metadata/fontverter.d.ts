declare module 'fontverter' {
  /** A font in another container: `sfnt` is what TrueType and OpenType files are. */
  export function convert(font: Buffer, target: 'sfnt' | 'woff' | 'woff2'): Promise<Buffer>;
}
