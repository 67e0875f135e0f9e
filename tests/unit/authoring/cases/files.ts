import type { Case } from '../content-folder.ts';

const cloud = 'episodes/rain-is-a-lead/index.mdx';
const umbrella = 'episodes/the-umbrella-says-no/index.mdx';

/** The files beside entries, and the pictures of bodies. */
export const files: Record<string, Case> = {
  'missing-image': {
    says: 'a missing cover is told with the nearest picture beside the entry',
    problems: [
      {
        what: 'There is no picture ./covr.jpg beside the entry',
        file: cloud,
        line: 15,
        field: 'cover.src',
        nearest: './cover.jpg',
        paste: '  src: ./cover.jpg',
      },
    ],
  },
  'image-path-without-dot': {
    says: 'a path of a picture begins with a dot',
    problems: [
      {
        what: 'The path cover.jpg must begin with "./"',
        file: cloud,
        line: 15,
        field: 'cover.src',
        nearest: './cover.jpg',
        paste: '  src: ./cover.jpg',
      },
    ],
  },
  'remote-cover': {
    says: 'a cover on another host is told with the nearest picture beside the entry',
    problems: [
      {
        what: 'The picture https://pictures.example.com/cover.jpg is on another host: no page asks one for anything',
        file: cloud,
        line: 15,
        field: 'cover.src',
        nearest: './cover.jpg',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'missing-alt': {
    says: 'a cover without alternative text is told with a line to add to it',
    problems: [
      {
        what: 'Missing field "cover.alt": what the picture shows, for those who do not see it.',
        file: cloud,
        line: 15,
        field: 'cover.alt',
        nearest: 'Two empty chairs at one table',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'picture-is-no-picture': {
    says: 'a photo that is no picture is commented out until there is one',
    problems: [
      {
        what: './photo.jpg is not a picture that the site can read',
        file: 'people/ada-drizzle/index.mdx',
        line: 5,
        field: 'photo.src',
        paste: '# photo: { src: ./photo.jpg, alt: "Ada, under a clear sky" }',
      },
    ],
  },
  'cover-in-heic': {
    says: 'a picture in HEIC is told by its bytes, whatever its name says',
    problems: [
      {
        what: './cover.jpg is a picture in HEIC, which no page can show: save it as JPEG',
        file: cloud,
        line: 14,
        field: 'cover.src',
        paste: '# cover: { src: ./cover.jpg, alt: "A red umbrella, wide open, in an empty desert" }',
      },
      {
        what: './cover.jpg is a picture in HEIC, which no page can show: save it as JPEG',
        file: cloud,
        line: 26,
        field: 'picture',
        paste: '{/* ![The cloud, behind a thumb](./cover.jpg) */}',
      },
    ],
  },
  'missing-body-image': {
    says: 'a missing picture of a body is told with the nearest beside the entry',
    problems: [
      {
        what: 'There is no picture ./cloud.jpg beside the entry',
        file: cloud,
        line: 26,
        field: 'picture',
        nearest: './cover.jpg',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'missing-body-alt': {
    says: 'a picture of a body without alternative text is told with some',
    problems: [
      {
        what: 'The picture ./cover.jpg has no alternative text, for those who do not see it',
        file: cloud,
        line: 26,
        field: 'picture',
        nearest: '![What it shows](./cover.jpg)',
      },
    ],
    unfixable: 'only its author knows what is right',
  },
  'remote-image': {
    says: 'a picture of a body on another host is told with the nearest beside the entry',
    problems: [
      {
        what: 'The picture https://pictures.example.com/cloud.jpg is on another host: no page asks one for anything',
        file: cloud,
        line: 26,
        field: 'picture',
        nearest: 'a link',
        paste: '[The cloud, behind a thumb](https://pictures.example.com/cloud.jpg)',
      },
    ],
  },
  'html-picture': {
    says: 'a picture in HTML is told in Markdown',
    problems: [
      {
        what: '<img> is not for MDX: a picture is written as Markdown, so that the site can size it',
        file: cloud,
        line: 26,
        field: '<img>',
        nearest: '![The cloud, behind a thumb](./cover.jpg)',
        paste: '![The cloud, behind a thumb](./cover.jpg)',
      },
    ],
  },
  'body-picture-is-no-picture': {
    says: 'a picture of a body that is none is commented out in its line',
    problems: [
      {
        what: './cactus.png is not a picture that the site can read',
        file: 'people/otto-brolly/index.mdx',
        line: 8,
        field: 'picture',
        paste:
          'Otto once sold a raincoat to a cactus. {/* ![The cactus](./cactus.png) */} It was returned, with thorns.',
      },
    ],
  },
  'missing-audio': {
    says: 'a recording that is not there is commented out until it is',
    problems: [
      {
        what: 'There is no audio file ./audio.mp3 beside the entry',
        file: umbrella,
        line: 14,
        field: 'audio',
        paste: '# audio: ./audio.mp3',
      },
    ],
  },
  'audio-is-no-audio': {
    says: 'a recording that does not play is commented out until one does',
    problems: [
      {
        what: './audio.mp3 is not audio: nothing in it plays as audio/mpeg',
        file: umbrella,
        line: 14,
        field: 'audio',
        paste: '# audio: ./audio.mp3',
      },
    ],
  },
  'audio-of-another-format': {
    says: 'a recording of another format is told the formats',
    problems: [
      {
        what: '"audio" must be a file beside the entry, written "./name" and ending in .mp3 or .m4a, not "./audio.wav"',
        file: umbrella,
        line: 14,
        field: 'audio',
        paste: '# audio: ./audio.wav',
      },
    ],
  },
  'file-name-with-percent': {
    says: 'a file with a percent sign in its name is told with another name',
    unfixable: 'the files are to be renamed as well',
    problems: [
      {
        what: 'No audio file can be published with "%" in its name, as ./100% shade.mp3 has it: rename it to ./100 shade.mp3',
        file: umbrella,
        line: 14,
        field: 'audio',
        nearest: './100 shade.mp3',
        paste: 'audio: ./100 shade.mp3',
      },
      {
        what: 'No transcript can be published with "%" in its name, as ./a%20transcript.vtt has it: rename it to ./a transcript.vtt',
        file: umbrella,
        line: 15,
        field: 'transcript',
        nearest: './a transcript.vtt',
        paste: 'transcript: ./a transcript.vtt',
      },
    ],
  },
  'transcript-not-utf-8': {
    says: 'a transcript that is not UTF-8 is commented out until it is',
    problems: [
      {
        what: './transcript.vtt is not UTF-8. It may be Windows-1252 (Latin-1), if line 4 is to be "A café.": open it as that, and save it as UTF-8',
        file: umbrella,
        line: 14,
        field: 'transcript',
        paste: '# transcript: ./transcript.vtt',
      },
    ],
  },
  'transcript-is-no-transcript': {
    says: 'a transcript that cannot be read is commented out until it can',
    problems: [
      {
        what: './transcript.vtt is not WebVTT: no line in it has the times of a cue, as 00:00:01.000 --> 00:00:04.000',
        file: umbrella,
        line: 14,
        field: 'transcript',
        paste: '# transcript: ./transcript.vtt',
      },
    ],
  },
  'chapters-file-is-no-json': {
    says: 'a chapters file that is not JSON is commented out until it is',
    problems: [
      {
        what: './chapters.json is not JSON',
        file: umbrella,
        line: 14,
        field: 'chapters',
        paste: '# chapters: ./chapters.json',
      },
    ],
  },
  'paper-is-no-pdf': {
    says: 'a paper that is no PDF is told without a line, as a whitepaper needs one',
    unfixable: 'only another file fixes it',
    problems: [
      {
        what: './paper.pdf is not a PDF',
        file: 'whitepapers/the-damp-funnel/index.mdx',
        line: 10,
        field: 'file',
      },
    ],
  },
};
