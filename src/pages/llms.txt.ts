import type { APIRoute } from 'astro';
import { catalog } from '#catalog/collections.ts';
import { llmsText } from '#markdown/llms.ts';

export const GET: APIRoute = async ({ site }) => new Response(llmsText(await catalog(), new URL(site ?? '')));
