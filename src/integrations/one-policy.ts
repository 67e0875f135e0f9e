import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Gives every page the same Content-Security-Policy. Astro names in each page also the styles of what it alone has; but
 * the player lives on while its reader goes from page to page in one document, and so does that document's policy. What
 * no page has in it is no longer named. It comes before `compressedFiles`.
 */
export function onePolicy(): AstroIntegration {
  return {
    name: 'one-policy',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const entries = await readdir(fileURLToPath(dir), { recursive: true, withFileTypes: true });
        const paths = entries
          .filter(({ name }) => name.endsWith('.html'))
          .map(({ parentPath, name }) => join(parentPath, name));
        const policies = new Set<string>();
        const inlined = new Set<string>();
        for (const path of paths) {
          const html = await readFile(path, 'utf8');
          const policy = policyIn(html);
          if (policy !== undefined) policies.add(policy);
          for (const hash of inlineHashes(html)) inlined.add(hash);
        }
        const all = unitedPolicy([...policies], inlined);
        for (const path of paths) {
          const html = await readFile(path, 'utf8');
          if (policyIn(html) !== undefined)
            await writeFile(
              path,
              html.replace(element, () => elementOf(all)),
            );
        }
        logger.info(`One policy for all pages names ${inlined.size} inline scripts and styles`);
      },
    },
  };
}

/** What any of these policies lets be, but for hashes of what is nowhere. All have the same directives. */
export function unitedPolicy(policies: readonly string[], inlined: ReadonlySet<string>): string {
  const sources = new Map<string, Set<string>>();
  for (const policy of policies)
    for (const directive of policy.split(';')) {
      const [name, ...listed] = directive.trim().split(/\s+/);
      if (name) sources.set(name, new Set([...(sources.get(name) ?? []), ...listed]));
    }
  return [...sources]
    .map(([name, listed]) => [name, ...[...listed].filter((each) => !/^'sha\d+-/.test(each) || inlined.has(each))])
    .map((directive) => directive.join(' '))
    .join('; ');
}

/** The scripts and styles in a page, as a policy names them. */
export function inlineHashes(html: string): string[] {
  return [...html.matchAll(/<(script|style)\b[^>]*>([^]*?)<\/\1>/g)].map(
    ([, , content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  );
}

const element = /<meta http-equiv="content-security-policy" content="([^"]*)"\s*\/?>/i;

const elementOf = (policy: string) => `<meta http-equiv="content-security-policy" content="${policy}">`;

const policyIn = (html: string) => element.exec(html)?.[1];
