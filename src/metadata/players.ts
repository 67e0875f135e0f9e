import type { EpisodeRecord, PlayedEpisode, RecordingFile } from '#catalog/records.ts';

/** What a player shows. */
export interface Playable {
  kind: 'audio' | 'video';
  recording: RecordingFile;
}

/** The recordings of an episode that are files, the film first. */
export function playables({ audio, video }: Pick<EpisodeRecord, 'audio' | 'video'>): Playable[] {
  return [
    ...(video?.kind === 'file' ? [{ kind: 'video', recording: video } as const] : []),
    ...(audio?.kind === 'file' ? [{ kind: 'audio', recording: audio } as const] : []),
  ];
}

/** An episode that has a player of its own, for frames on other sites. */
export const hasPlayer = (episode: Parameters<typeof playables>[0]): boolean => playables(episode).length > 0;

/** An episode as its player alone shows it. */
export function playedEpisode(episode: EpisodeRecord): PlayedEpisode {
  const { slug, url, title, summary, label, chapters, audio, video, transcript, language } = episode;
  return {
    ...{ slug, url, title, summary, label, chapters, audio, video },
    language,
    thumb: episode.thumb,
    transcript: transcript && { url: transcript.url },
  };
}

/** How wide and high the frame of a player is, in CSS pixels. */
export const playerSize = {
  video: { width: 640, height: 360 },
  audio: { width: 640, height: 232 },
} as const;
