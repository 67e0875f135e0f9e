/** A film of YouTube's or Vimeo's, by the address of its page or player; undefined for every other address. */
export function filmOf(address: string): { youtube: string } | { vimeo: string } | undefined {
  const url = URL.parse(address.startsWith('//') ? `https:${address}` : address);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const host = url.hostname.replace(/^(?:www|m|music|player)\./, '');
  const parts = url.pathname.split('/').filter(Boolean);
  if (host === 'youtu.be') return youtube(parts[0]);
  if (host === 'youtube.com' || host === 'youtube-nocookie.com') {
    const isNamed = ['embed', 'v', 'shorts', 'live'].includes(parts[0] ?? '');
    return youtube(isNamed ? parts[1] : (url.searchParams.get('v') ?? undefined));
  }
  if (host === 'vimeo.com') {
    const id = parts.find((part) => /^\d{6,12}$/.test(part));
    return id ? { vimeo: id } : undefined;
  }
  return undefined;
}

const youtube = (id: string | undefined) => (id && /^[\w-]{11}$/.test(id) ? { youtube: id } : undefined);
