import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { decoded } from '#site/url.ts';
import { isSameSite } from './addresses.ts';
import { type Beside, writeWhole } from './files.ts';
import type { Run } from './run.ts';

/** What people download: nothing that a browser would run as part of the site. */
const isDocument = /\.(?:pdf|epub|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv|ics|gpx|zip|key|numbers)$/i;

/** The most bytes of one file. */
const mostBytes = 100e6;

/**
 * Puts the files of the old site that a text links to where they were, into the folder of files that the site has as they are.
 * What is there is not written over; what cannot be had stays at its address.
 */
export async function takeDownloads(
  { archive, options }: Run,
  links: readonly string[],
  beside: Beside,
): Promise<void> {
  const { publicFolder } = options;
  if (publicFolder === undefined) return;
  for (const address of links) {
    const url = URL.parse(address);
    if (!url || !isDocument.test(url.pathname) || !isSameSite(address, archive.series.address)) continue;
    const path = resolve(publicFolder, `.${decoded(url.pathname)}`);
    if (!path.startsWith(publicFolder + sep) || path.includes('\0')) continue;
    try {
      if (!(await stat(path).catch(() => undefined))) {
        const bytes = await beside.bytesOf({ url: url.origin + url.pathname }, mostBytes);
        await mkdir(dirname(path), { recursive: true });
        await writeWhole(path, bytes);
      }
      beside.downloads.set(address, url.pathname);
    } catch (error) {
      beside.lost.push({ what: 'file', detail: `${address} ${(error as Error).message}` });
    }
  }
}
