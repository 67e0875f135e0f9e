import { stat } from 'node:fs/promises';
import { type ICommonTagsResult, parseFile } from 'music-metadata';

/** What an editing program wrote into a recording about it. */
export interface RecordingTags {
  title?: string;
  summary?: string;
  /** Its number, and the season as the number of its disc. */
  number?: number;
  season?: number;
  chapters: { start: number; title: string }[];
  cover?: { bytes: Uint8Array; ending: 'jpg' | 'png' };
}

/** Reads the tags of an MP3 (ID3v2, with its chapter frames) or an MP4 (QuickTime and Nero chapters). Throws what the parser throws. */
export async function recordingTags(path: string): Promise<RecordingTags> {
  await stat(path);
  const { common, format } = await parseFile(path, { includeChapters: true });
  const title = oneLine(common.title ?? '');
  const summary = summaryIn(common);
  const cover = common.picture?.flatMap(({ data, format }) => {
    const ending = ({ 'image/jpeg': 'jpg', 'image/jpg': 'jpg', 'image/png': 'png' } as const)[format];
    return ending ? [{ bytes: data, ending }] : [];
  })[0];
  return {
    ...(title && { title: title.slice(0, 140) }),
    ...(summary && { summary }),
    ...(common.track.no !== null && { number: common.track.no }),
    ...(common.disk.no !== null && { season: common.disk.no }),
    chapters: chaptersIn(format.chapters ?? []),
    ...(cover && { cover }),
  };
}

function chaptersIn(
  chapters: readonly { start: number; timeScale?: number; title: string }[],
): RecordingTags['chapters'] {
  const found = chapters.map(({ start, timeScale = 1, title }) => ({
    start: Math.round((start / timeScale) * 1000) / 1000,
    title: oneLine(title).slice(0, 120),
  }));
  // What begins where another does is shown by no app.
  return found
    .toSorted((a, b) => a.start - b.start)
    .filter(({ start, title }, i, all) => title && Math.floor(start) !== Math.floor(all[i - 1]?.start ?? -1));
}

/** Programs write their own settings as comments, `iTunNORM`, which describe nothing. */
function summaryIn({ description, longDescription, comment }: ICommonTagsResult): string | undefined {
  const own = (comment ?? []).flatMap(({ descriptor, text }) => (/^iTun/i.test(descriptor ?? '') ? [] : (text ?? [])));
  const text = [...(description ?? []), longDescription ?? '', ...own]
    .map(withoutMarkup)
    .find((each) => /\w/.test(each));
  return text === undefined ? undefined : shortened(text, 300);
}

const withoutMarkup = (text: string) => oneLine(text.replaceAll(/<[^>]*>/g, ' '));

const oneLine = (text: string) => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();

/** As many whole sentences as there is room for; as many words where the first is too long. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const sentence = /^.*[.!?](?=\s)/.exec(cut)?.[0];
  return sentence ?? `${cut.slice(0, most - 1).replace(/\s+\S*$/, '')}…`;
}
