/**
 * The site's styles for the preview of an entry, which is a list of its fields: text is prose, and what stands over it on the page looks
 * as it does there, without the names of fields. `faces` are addresses of the site's typefaces, which its pages get from Astro.
 */
export const previewStyles = (site: string, faces: Record<'upright' | 'italic' | 'typewriter', string>): string =>
  `${face('Read', 'normal', faces.upright)}${face('Read', 'italic', faces.italic)}${face('Type', 'normal', faces.typewriter)}
${site.replaceAll(/\.prose(?![\w-])/g, ':is(.prose, [data-rich-text-preview])')}
:root { --font-read: Read, Georgia, serif; --font-type: Type, monospace; }
body { margin-inline: auto; max-width: 34rem; padding: 1.5rem; }
section { padding: 0 !important; margin-block-end: 1rem; }
section > h4 { display: none; }
:is([data-key-path='title'], [data-key-path='name']) { font-size: var(--text-step-3); font-weight: 700; line-height: 1.15; }
[data-key-path='subtitle'] { font-size: var(--text-step-1); }
[data-key-path='summary'] { color: var(--color-pencil); }
[data-key-path$='.alt'] p { color: var(--color-pencil); font-size: var(--text-small); }
img { border-radius: 3px; }
`;

const face = (family: string, style: string, address: string) =>
  `@font-face { font-family: ${family}; font-style: ${style}; font-weight: 100 900; src: url('${new URL(address, location.href).href}'); }\n`;
