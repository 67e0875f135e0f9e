import { endReportLink, linkedPartners, linkedSlugs, reportLink, type LinkedPartner } from '#capture/owner/partners.ts';
import { closestMatch } from '#authoring/closest-match.ts';
import type { Partner, Site } from '#site/contract.ts';
import { counted } from '#site/count.ts';
import { UsageError } from './command-line.ts';
import { command, main, type Program } from './command.ts';
import { builtSite, withStore } from './open-store.ts';
import { table } from './table.ts';
import { complain, say } from './terminal.ts';

const json = { description: 'for programs: stable keys, moments in ISO 8601' } as const;
const slug = { name: 'slug', least: 1, most: 1 } as const;

const list = command({
  name: 'partners list',
  summary: 'shows the partners of the built site, and since when each has a link to its report',
  options: { json },
  examples: ['npm run partners -- list'],
  run: async ({ json }, _arguments, context) =>
    withStore(context, [], async (owner) => {
      const { terminal } = context;
      const { partners = [] } = builtSite(owner.site, owner.environment);
      const linked = await linkedPartners(owner, partners);
      if (json) say(terminal, JSON.stringify(linked.map(forPrograms), null, 2));
      else if (linked.length === 0)
        say(terminal, 'There are none: a partner is content/partners/<slug>/index.mdx in the next build.');
      else say(terminal, table(columns, linked.map(cells), terminal));
      return 0;
    }),
});

const link = command({
  name: 'partners link',
  summary: 'prints the secret link by which a partner sees what its own links have led to: counts, and no persons',
  arguments: slug,
  options: { json },
  examples: ['npm run partners -- link <slug>'],
  run: async ({ json }, [typed = ''], context) =>
    withStore(context, ['SECRET', 'SITE_URL'], async (owner) => {
      const { terminal } = context;
      const partner = partnerOf(typed, builtSite(owner.site, owner.environment));
      const { link, isNew } = await reportLink(owner, partner.slug);
      say(terminal, json ? JSON.stringify({ partner: partner.slug, link, isNew }, null, 2) : link);
      if (!json)
        complain(
          terminal,
          `\nWhoever has it can read the report of ${partner.name}. To end it: npm run partners -- revoke ${partner.slug}`,
        );
      return 0;
    }),
});

const revoke = command({
  name: 'partners revoke',
  summary: "ends the link to a partner's report at once; the next `link` prints another",
  arguments: slug,
  options: { json },
  examples: ['npm run partners -- revoke <slug>'],
  run: async ({ json }, [typed = ''], context) =>
    withStore(context, [], async (owner) => {
      const { terminal } = context;
      const { partners = [] } = builtSite(owner.site, owner.environment);
      // The link of one that is in the site no more would work again with it.
      const { slug } = (await linkedSlugs(owner)).has(typed) ? { slug: typed } : partnerOf(typed, { partners });
      const ended = await endReportLink(owner, slug);
      if (json) say(terminal, JSON.stringify({ partner: slug, ended }, null, 2));
      else say(terminal, ended ? 'The link is ended.' : 'There is no link that works, so nothing was done.');
      return ended ? 0 : 1;
    }),
});

export const partners: Program = {
  name: 'partners',
  summary: 'partners, and the secret links to their reports',
  commands: [list, link, revoke],
};

/** Throws `UsageError` with the nearest one where the site has no such partner. */
function partnerOf(typed: string, { partners = [] }: Pick<Site, 'partners'>): Partner {
  const slug = typed.replace(/^(?:\/?with\/|partners\/)|\/$/g, '');
  const found = partners.find((partner) => partner.slug === slug);
  if (found) return found;
  const near = closestMatch(
    slug,
    partners.map((partner) => partner.slug),
  );
  throw new UsageError(
    `The built site has no partner “${typed}”.${near ? ` Nearest: ${near}` : ' A partner is content/partners/<slug>/index.mdx in the next build.'}`,
  );
}

const columns = [
  { heading: 'Partner', whole: true },
  { heading: 'Name' },
  { heading: 'Page', whole: true },
  { heading: 'Report' },
] as const;

const cells = ({ slug, name, url, since, ended }: LinkedPartner): string[] => [
  ...[slug, name, url],
  [
    since === null ? 'no link' : `since ${new Date(since).toISOString().slice(0, 10)}`,
    ...(ended > 0 ? [`${counted(ended, 'link')} ended`] : []),
  ].join(', '),
];

const forPrograms = ({ since, ...rest }: LinkedPartner) => ({
  ...rest,
  since: since === null ? null : new Date(since).toISOString(),
});

if (import.meta.main) await main(partners);
