const audioTypes: Readonly<Record<string, string>> = { mp3: 'audio/mpeg', m4a: 'audio/x-m4a' };
const videoTypes: Readonly<Record<string, string>> = { mp4: 'video/mp4', m4v: 'video/x-m4v', mov: 'video/quicktime' };

/** The media type of a recording as this site names it, by its address or else by what the source says; undefined for others. */
export function mediaType(url: string, type: string, isVideo: boolean): string | undefined {
  const ending = /\.(\w+)$/.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';
  const types = isVideo ? videoTypes : audioTypes;
  if (types[ending]) return types[ending];
  if (/^audio\/(?:mpeg|mp3|x-mp3|mpeg3)$/i.test(type)) return 'audio/mpeg';
  if (/^audio\/(?:x-m4a|mp4|m4a|aac)$/i.test(type)) return 'audio/x-m4a';
  return Object.values(videoTypes).find((each) => each === type);
}
