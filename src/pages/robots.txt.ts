import type { APIRoute } from 'astro';
import { url } from '#site/url.ts';

export const GET: APIRoute = ({ site }) =>
  new Response(
    import.meta.env.IS_PREVIEW
      ? 'User-agent: *\nDisallow: /\n'
      : `User-agent: *\nAllow: /\nDisallow: ${url.desk}\n\nSitemap: ${new URL(url.sitemap, site).href}\n`,
  );
