/** The colours of the site by name (`desk`, `paper`, `marketing`), once for each theme. */
export interface Palette {
  light: Colours;
  dark: Colours;
}

const names = ['desk', 'paper', 'folder', 'ink', 'pencil', 'typed', 'rule', 'marketing', 'sales', 'shared'] as const;

export type Colours = Record<(typeof names)[number], string>;

/** The palette that the style sheet declares: `--color-<name>: light-dark(<light>, <dark>)`. `css` is its text. */
export function paletteOf(css: string): Palette {
  const palette: { light: Partial<Colours>; dark: Partial<Colours> } = { light: {}, dark: {} };
  for (const name of names) {
    const [, light, dark] =
      new RegExp(`--color-${name}:\\s*light-dark\\(\\s*([^,()]+?)\\s*,\\s*([^,()]+?)\\s*\\)`).exec(css) ?? [];
    if (!light || !dark) throw new Error(`The style sheet has no --color-${name}: light-dark(…, …)`);
    palette.light[name] = light;
    palette.dark[name] = dark;
  }
  return palette as Palette;
}
