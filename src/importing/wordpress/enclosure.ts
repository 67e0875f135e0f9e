import type { Lost } from '#importing/archive.ts';
import { mediaType } from '#importing/media-type.ts';
import { seconds } from '#site/length.ts';
import { unserialized } from './php.ts';
import type { Item } from './wxr.ts';

interface Recording {
  /** Fields of an episode. */
  fields: Record<string, unknown>;
  lost: Lost[];
}

/**
 * The recording of a post, as PowerPress (`enclosure`: address, bytes, type, settings) or Seriously Simple Podcasting
 * (`audio_file`) keep it; undefined where the post has none.
 */
export function recordingOf(item: Item): Recording | undefined {
  const meta = (name: string) => item.meta.get(name)?.[0]?.trim() ?? '';
  const [address = '', bytes = '', type = '', ...rest] = (item.meta.get('enclosure')?.[0] ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const url = URL.canParse(address) ? address : meta('audio_file');
  if (!URL.canParse(url) || !/^https?:/.test(url)) return undefined;
  const settings = (unserialized(rest.join('\n').trim()) ?? {}) as Record<string, unknown>;
  const said = (name: string) =>
    typeof settings[name] === 'string' || typeof settings[name] === 'number' ? String(settings[name]) : '';
  const lost: Lost[] = [];
  const isVideo =
    type.startsWith('video/') || /\.(?:mp4|m4v|mov)(?:[?#]|$)/i.test(url) || meta('episode_type') === 'video';
  const media = mediaType(url, type, isVideo);
  if (!media) {
    // WordPress notes pictures and songs of a text as enclosures too.
    if (!type || /^(?:audio|video)\//.test(type))
      lost.push({
        what: 'recording',
        detail: `${url} (${type || 'of no type'}) is no MP3, M4A or MP4, which podcast apps ask for: it is not kept`,
      });
    return meta('audio_file') || lost.length > 0 ? { fields: {}, lost } : undefined;
  }
  const size = Number(bytes) || Number(meta('filesize_raw'));
  const duration = lengthOf(said('duration') || meta('duration'));
  const number = whole(said('episode_no') || meta('itunes_episode_number'));
  const season = whole(said('season') || meta('itunes_season_number'));
  const episodeType = (said('episode_type') || meta('itunes_episode_type')).toLowerCase();
  const explicit = said('explicit') || meta('explicit');
  const title = said('episode_title') || meta('itunes_title');
  if (title) lost.push({ what: 'itunes-title', detail: `Its title for apps, “${title}”: its own title is used` });
  return {
    fields: {
      [isVideo ? 'video' : 'audio']: {
        url,
        type: media,
        ...(size > 0 && { bytes: size }),
        ...(duration && { duration }),
      },
      ...(number !== undefined && { number }),
      ...(season && { season }),
      ...(['trailer', 'bonus'].includes(episodeType) && { episodeType }),
      ...(/^(?:1|yes|on|true|explicit)$/i.test(explicit) && { explicit: true }),
    },
    lost,
  };
}

/** `01:02:03`, `62:03` or seconds; undefined for what is none of them. */
const lengthOf = (text: string): number | undefined =>
  /^\d+(?::\d{1,2}){0,2}(?:\.\d+)?$/.test(text) ? seconds(text) || undefined : undefined;

const whole = (text: string): number | undefined => (/^\d{1,6}$/.test(text) ? Number(text) : undefined);
