import type { Lost } from '#importing/archive.ts';
import { mediaType } from '#importing/media-type.ts';
import { seconds } from '#site/length.ts';
import { type Fields, textOf } from './fields.ts';
import { isData } from './front-matter.ts';

export interface Recording {
  /** Fields of an episode. */
  fields: Record<string, unknown>;
  /** What the feed calls it, where that is known from how the recording is named. */
  guid?: string;
}

export interface RecordingContext {
  /** What stands before `podcast_file` (Castanet's `media_prefix`). */
  prefix?: string | undefined;
  /** The whole address of a file that is named by a path; undefined where the old site's address is not known. */
  absolute: (address: string) => string | undefined;
  /** The bytes of such a file, where it is in the folder. */
  bytes: (address: string) => Promise<number | undefined>;
  lost: Lost[];
}

/** Fields that hold a recording's address, or a record with it. */
const named = [
  'enclosure',
  'audio',
  'audio_url',
  'audiourl',
  'audio_file',
  'audiofile',
  'audio_link',
  'mp3',
  'mp3_url',
  'mp3url',
  'podcast_url',
  'podcast_link',
  'link',
  'external_url',
  'podcast_audio',
  'episode_url',
  'episode_audio',
  'media_url',
  'media',
  'podcast',
  'file',
  'video_file',
];
const inside = ['url', 'src', 'href', 'mp3', 'm4a', 'audio', 'file', 'link', 'path', 'mp4'];

/** The recording that front matter names, as themes for podcasts have it; undefined where there is none that is certain. */
export async function recordingOf(fields: Fields, context: RecordingContext): Promise<Recording | undefined> {
  const { lost } = context;
  const override = fields.text('media_override');
  const file = fields.text('podcast_file');
  const found =
    file === undefined
      ? elsewhere(fields)
      : { address: override ?? (/^https?:/.test(file) ? '' : (context.prefix ?? '')) + file, record: undefined };
  const guid = file !== undefined ? (/^https?:/.test(file) ? file : (context.prefix ?? '') + file) : undefined;
  if (!found) return undefined;
  const { address, record } = found;
  const of = (...names: string[]) =>
    textOf(names.map((name) => (isData(record) ? record[name] : undefined)).find((each) => each !== undefined));
  const said = of('type', 'mime', 'mimetype') ?? fields.text('podcast_type', 'audio_type', 'enclosure_type') ?? '';
  const url = /^https?:\/\//i.test(address) ? address : context.absolute(address);
  if (url === undefined || !URL.canParse(url)) {
    lost.push({
      what: 'recording',
      detail: `${address}: the folder does not say at which address it is, and apps need one; it is no episode`,
    });
    return undefined;
  }
  const isVideo = said.startsWith('video/') || /\.(?:mp4|m4v|mov)(?:[?#]|$)/i.test(url);
  const type = mediaType(url, said, isVideo);
  if (!type) {
    lost.push({
      what: 'recording',
      detail: `${url} (${said || 'of no type'}) is no MP3, M4A or MP4, which podcast apps ask for: it is not kept`,
    });
    return undefined;
  }
  const bytes =
    whole(of('length', 'bytes', 'size', 'filesize', 'file_size')) ??
    whole(
      fields.text(
        'podcast_bytes',
        'audio_bytes',
        'bytes',
        'podcast_length',
        'audio_length',
        'enclosure_length',
        'filesize',
        'file_size',
        'length',
      ),
    ) ??
    (await context.bytes(address));
  const duration = lengthOf(
    of('duration', 'time') ??
      fields.text('podcast_duration', 'audio_duration', 'duration', 'itunes_duration', 'runtime') ??
      '',
  );
  const number = whole(
    fields.text('episode', 'episode_number', 'episodenumber', 'podcast_episode', 'number') ?? of('episode', 'number'),
  );
  const season = whole(fields.text('season', 'podcast_season') ?? of('season'));
  const episodeType = (fields.text('episode_type', 'episodetype', 'podcast_type') ?? '').toLowerCase();
  const explicit = fields.text('explicit', 'podcast_explicit') ?? of('explicit') ?? '';
  return {
    fields: {
      [isVideo ? 'video' : 'audio']: {
        url,
        type,
        ...(bytes && bytes > 1000 && { bytes }),
        ...(duration && { duration }),
      },
      ...(number !== undefined && { number }),
      ...(season && { season }),
      ...(['trailer', 'bonus'].includes(episodeType) && { episodeType }),
      ...(/^(?:yes|true|explicit|1)$/i.test(explicit) && { explicit: true }),
    },
    ...(guid !== undefined && { guid }),
  };
}

/** The first field that names a file of sound or film. */
function elsewhere(fields: Fields): { address: string; record: unknown } | undefined {
  for (const name of named) {
    const value = fields.peek(name);
    const [each] = Array.isArray(value) ? (value as unknown[]) : [value];
    const key = isData(each) ? inside.find((part) => isSound(each[part])) : undefined;
    const address = isData(each)
      ? key === undefined
        ? undefined
        : textOf(each[key])
      : isSound(each)
        ? textOf(each)
        : undefined;
    if (address === undefined) continue;
    fields.take(name);
    return { address, record: each };
  }
  return undefined;
}

const isSound = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\S+\.(?:mp3|m4a|mp4|m4v|mov|ogg|oga|opus|wav|aac|flac)(?:[?#]\S*)?$/i.test(value.trim());

const whole = (text: string | undefined): number | undefined => {
  const plain = text?.replaceAll(/[,_ ]/g, '');
  return plain !== undefined && /^\d{1,12}$/.test(plain) ? Number(plain) : undefined;
};

/** `01:02:03`, `62:03` or seconds; undefined for what is none of them. */
const lengthOf = (text: string): number | undefined =>
  /^\d+(?::\d{1,2}){0,2}(?:\.\d+)?$/.test(text.trim()) ? seconds(text.trim()) || undefined : undefined;
