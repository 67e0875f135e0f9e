import type { Catalog, RecordingFile } from '#catalog/records.ts';

/** A recording on another host, with what its episode says of it. */
export interface RemoteRecording extends Omit<RecordingFile, 'kind'> {
  /** The slug of its episode. */
  slug: string;
  field: 'audio' | 'video';
}

/** The recordings of a catalog that a build never opens, since they are on other hosts. */
export const remoteRecordings = ({ episodes }: Pick<Catalog, 'episodes'>): RemoteRecording[] =>
  episodes.flatMap(({ slug, audio, video }) =>
    Object.entries({ audio, video }).flatMap(([field, recording]): RemoteRecording | [] =>
      recording?.kind === 'file' && !recording.url.startsWith('/')
        ? {
            ...{ slug, field: field as RemoteRecording['field'], url: recording.url },
            ...{ bytes: recording.bytes, type: recording.type, duration: recording.duration },
          }
        : [],
    ),
  );
