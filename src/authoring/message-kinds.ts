/** A kind of message to authors, under a name that stays when its words change. */
export interface MessageKind {
  name: string;
  /** What such a message says, as an example. */
  example: string;
  /** Tells its messages from those of the kinds below it. */
  says: RegExp;
  /** What it means, and how it is fixed. In Markdown. */
  fix: string;
}

const kind = (name: string, example: string, says: RegExp, fix: string): MessageKind => ({ name, example, says, fix });

/** What keeps an edition from being built. The first kind that fits a message is its kind. */
export const mistakeKinds: readonly MessageKind[] = [
  kind(
    'malformed-yaml',
    'Malformed YAML: the " is not closed',
    /^Malformed YAML/,
    'Mostly a value that wants quotes, because it has a colon in it.',
  ),
  kind(
    'malformed-mdx',
    'Malformed MDX: nothing closes `<Callout>`',
    /^Malformed MDX/,
    'Mostly a tag that is not closed, or a `{` or `<` that wants a backslash before it.',
  ),
  kind(
    'not-utf-8',
    'The file is not UTF-8',
    /is not UTF-8|is UTF-16/,
    'Save it anew in your editor, with UTF-8 as its encoding.',
  ),
  kind(
    'no-front-matter',
    'There is no front matter',
    /^There is no front matter|^The front matter (?:is not closed|is )|^The file is (?:empty|a list|text|\w+; it must be fields)/,
    'A file begins with its fields, between two lines `---`; each field is `key: value`.',
  ),
  kind(
    'missing-field',
    'Missing field "summary"',
    /^Missing field|has no value(?::|$)/,
    'Fields are spelt as in the tables above; the line to add is an example.',
  ),
  kind(
    'unknown-field',
    'Unknown field "titel"',
    /^Unknown field/,
    'Fields are spelt as in the tables above; any other is a mistake.',
  ),
  kind('field-twice', 'The field "title" is there twice', /^The field ".*" is there twice/, 'One of the two is to go.'),
  kind(
    'unknown-person',
    'Unknown person "mat-mcdarby"',
    /^Unknown person/,
    'There is no folder of that name in `people/`: correct it, or `npm run new -- person`.',
  ),
  kind(
    'unknown-topic',
    'Unknown topic "advocacy"',
    /^Unknown topic/,
    '`topics.yaml` has no such key: correct it, or `npm run new -- topic`.',
  ),
  kind(
    'unknown-whitepaper',
    'Unknown whitepaper "impressions"',
    /^Unknown whitepaper/,
    'There is no folder of that name in `whitepapers/`.',
  ),
  kind(
    'unknown-entry',
    'Unknown post "posts/the-pipelines"',
    /^Unknown (?:post|episode|page|partner)\b/,
    'There is no folder of that name.',
  ),
  kind(
    'not-published-yet',
    'The post "posts/x" is not published yet',
    /is not published yet/,
    'A published entry cannot point to a draft or to one that is scheduled: publish that one first, or take the reference out.',
  ),
  kind(
    'not-a-date',
    '"publishedAt" is not a date: "3 May"',
    /is not a date/,
    'A day is written `2026-11-22`; a time needs its offset from UTC, or it names no moment.',
  ),
  kind(
    'too-long',
    '"summary" is 376 characters long; it may have 300',
    /characters long; it may have/,
    'Say it in fewer words.',
  ),
  kind(
    'unknown-category',
    '"categories[0]" is no category of Apple Podcasts',
    /is no category of Apple Podcasts/,
    'Directories know no others; the list is linked above.',
  ),
  kind(
    'unknown-language',
    '"language" is no language tag of BCP 47',
    /is no language tag/,
    '`en`, `en-US`, `zh-Hant`, `es-419`: hyphens, and the shortest code that there is.',
  ),
  kind(
    'unknown-time-zone',
    '"timezone" is not an IANA time zone',
    /is not an IANA time zone/,
    'A name such as `America/New_York`.',
  ),
  kind(
    'control-character',
    'A control character (U+000C) is in the text',
    /control character|carriage return/,
    'It came along from a PDF or a terminal; the line to paste is without it.',
  ),
  kind(
    'half-character',
    '"title" has half of a character in it',
    /has half of a character/,
    'What came from another program was cut inside of an emoji or a rare letter.',
  ),
  kind(
    'nothing-to-see',
    '"title" has nothing in it that can be seen',
    /has nothing in it that can be seen/,
    'A text is to have a letter or a sign in it.',
  ),
  kind(
    'missing-file',
    'There is no picture ./covr.jpg beside the entry',
    /^There is no .* beside the entry|^There is no film/,
    'Paths begin with `./` and are written as the file is, capitals included.',
  ),
  kind(
    'path-without-dot',
    'The path cover.jpg must begin with "./"',
    /^The path .* must begin with/,
    'A path begins at the file that it stands in: `./cover.jpg`.',
  ),
  kind(
    'file-name',
    'No audio file can be published with "%" in its name',
    /^No .* can be published with/,
    'A file may have any sign in its name but `%`, `\\` and, for a picture, `?`. Rename the file, and paste its name.',
  ),
  kind(
    'cut-off',
    './audio.mp3 is cut off',
    /is cut off|or damaged|is empty: copy it here again/,
    'It was copied in part: copy it again, or export it anew.',
  ),
  kind(
    'not-a-recording',
    './audio.mp3 is not audio',
    /is not (?:audio|video)\b/,
    "The file's bytes are not what its name says: export it anew as MP3, M4A or MP4.",
  ),
  kind(
    'picture-in-heic',
    './cover.jpg is a picture in HEIC',
    /is a picture in [A-Z]/,
    'Telephones take such pictures, and browsers do not show them: save it as JPEG.',
  ),
  kind(
    'drawing',
    './cover.svg is a drawing in SVG …',
    /SVG|drawing/,
    'A drawing may be in a text, without scripts and what is of others; no cover is one.',
  ),
  kind(
    'not-a-picture',
    './photo.jpg is not a picture that the site can read',
    /is not a picture|is no picture/,
    'Save it as JPEG, PNG, WebP or AVIF.',
  ),
  kind('not-a-paper', './paper.pdf is not a PDF', /is not a PDF/, 'Export it as PDF; its first bytes say what it is.'),
  kind(
    'picture-elsewhere',
    'The picture https://… is on another host',
    /^The picture .* is on another host|^<.*> .*another host/,
    'Save it beside the entry: no page asks another host for anything.',
  ),
  kind(
    'missing-alt',
    'The picture ./cloud.jpg has no alternative text',
    /has no alternative text/,
    'Say what it shows, for those who do not see it: `![a cloud](./cloud.jpg)`.',
  ),
  kind(
    'chapters-file',
    './chapters.json has a mistake in chapter 2',
    /has a mistake in chapter|is not a chapters file/,
    'A chapters file has titles and addresses (`url`) as front matter may have them.',
  ),
  kind(
    'chapter-order',
    'The chapter "The thumb" begins at 0:10, before the one above it',
    /^The chapter ".*" begins/,
    'Chapters ascend, and begin before the recording is over.',
  ),
  kind(
    'not-a-transcript',
    './transcript.vtt is not WebVTT',
    /is not (?:WebVTT|SRT|JSON)|is no transcript|has nothing in it that was said|^What is said here would be lost|would be at the address of its chapters/,
    'No line has the times of a cue, or it is another format: export it anew as WebVTT, SRT or Podcasting 2.0 JSON.',
  ),
  kind(
    'slug',
    '"The-Wet-Pipeline" is no slug',
    /is no slug/,
    'It becomes part of an address, so it is lower-case words and hyphens: `npm run rename -- <old> <new>`, or rename the folder.',
  ),
  kind(
    'slug-twice',
    'Two entries have the slug "x"',
    /^Two entries have the slug/,
    '`posts/x.mdx` and `posts/x/index.mdx` would be one page.',
  ),
  kind(
    'misplaced-file',
    'No entry is read from this file',
    /^No entry is read from this file/,
    'Move it to the place that is named.',
  ),
  kind(
    'missing-series-file',
    'There is no show.yaml',
    /^There is no (?:show|topics)\.yaml|^The content folder .* is not there|^There is no topic:/,
    '`show.yaml` and `topics.yaml` lie at the top of the content folder.',
  ),
  kind(
    'number-twice',
    'Number 1 belongs to episodes/x already',
    /^Number .* belongs to/,
    'Within a season each episode has a number of its own.',
  ),
  kind(
    'guid-twice',
    'The guid "…" is that of … already',
    /^The guid .* is that of/,
    'Two entries with one guid are one to every app: one of the two has a wrong one.',
  ),
  kind(
    'role-of-nobody',
    '"ada" has a role in this episode, and is neither its host nor its guest',
    /has a role in this episode/,
    'Name them among `hosts` or `guests`, or take the role out.',
  ),
  kind(
    'alias',
    'Alias "/topics/" would hide the page /topics/',
    /^Alias /,
    "An alias is the path alone, `/old`, and not `https://old.example/old`; it may not be a page of today, belongs to one entry, and stands there once, whatever its capitals, coding and end. `/forms/`, `/confirm/`, `/download/`, `/unsubscribe/`, `/preferences/`, `/healthz` and `/readyz` are the server's.",
  ),
  kind(
    'old-feed',
    'Old feed "/feed/" leads to /podcats.xml, and there is no such feed',
    /^Old feed /,
    'The path that a feed had before, and one of the feeds that the site has now; where nothing else is.',
  ),
  kind(
    'address-taken',
    '/search/ is taken by the page /search/',
    /is taken by the page|two pages cannot have one address/,
    'Give the page another slug.',
  ),
  kind(
    'unknown-component',
    'Unknown component `<Callot>`',
    /^Unknown component|is no element of HTML/,
    'The vocabulary is above; anything else needs an import.',
  ),
  kind(
    'unknown-attribute',
    'Unknown attribute "titel" of `<Callout>`',
    /^Unknown attribute/,
    'The attributes of each component are in the table above.',
  ),
  kind(
    'stands-alone',
    '`<Marketing>` stands alone',
    /stands alone/,
    'The parts of a component belong between its tags.',
  ),
  kind(
    'not-for-mdx',
    '`<img>` is not for MDX',
    /is not for MDX/,
    'A picture is Markdown; no page runs scripts or frames of others.',
  ),
  kind(
    'heading-of-first-level',
    'A heading of the first level',
    /^A heading of the first level/,
    'The page has one, its title: begin with `##`.',
  ),
  kind(
    'broken-link',
    'The link /abuot/ leads to no page',
    /^The link .*leads to no page|^The link has no address/,
    "Paths end with a slash; the slug is the folder's name.",
  ),
  kind(
    'broken-anchor',
    'There is no anchor "#the-buckets" on /posts/x/',
    /^There is no anchor/,
    'An anchor is its heading in lower case, with hyphens.',
  ),
  kind(
    'own-machine',
    'http://localhost:4321/ is on your own machine',
    /is on your own machine/,
    'A link to `localhost` or to an address of your own network gets no reader anywhere.',
  ),
  kind(
    'code-in-text',
    '{first_name} is code in MDX',
    /is code in MDX|^Nothing is called|^There is nothing to import/,
    'Text in braces is run as code: a `{` that is text wants a backslash before it.',
  ),
  kind(
    'taken-name',
    'The name "Content" is taken',
    /^The name .* is taken/,
    'Every text has a `frontmatter`, `getHeadings` and a `Content` by itself.',
  ),
  kind(
    'shortcode',
    '[gallery] is a shortcode of WordPress',
    /is a shortcode of/,
    'Write what it stood for in Markdown or in the vocabulary above.',
  ),
  kind(
    'printed-as-it-stands',
    '`[a](my file.pdf)` is printed as it stands',
    /is printed as it stands/,
    'An address with a space in it stands between `<` and `>`.',
  ),
  kind('film', '`<Video>` needs one film', /needs one film/, 'One of `youtube`, `vimeo` and `src`.'),
  kind(
    'speaker',
    '`<Line>` needs a speaker',
    /needs a speaker/,
    '`who` is the slug of a person, `name` anybody else: one of the two.',
  ),
  kind(
    'would-be-lost',
    '"X" was published on … and is gone',
    /was published|would come to subscribers as new|^The ledger|^.* is no ledger/,
    'Subscribers hold what was published: see "After it is published".',
  ),
  kind(
    'remote-recording',
    'https://… has 1000 bytes, and not 900',
    /^https?:\/\/\S+ (?:has|is served as|answers)|^The host of /,
    'Of `npm run check-media`: what its host says of a recording, and what the entry says, differ.',
  ),
  kind(
    'wrong-value',
    '"side" must be marketing, sales or both',
    / must be | is not valid| is empty$|needs? /,
    'The value is of another kind than the field takes; `nearest` is one that would be right.',
  ),
];

/** What keeps nothing from being built. */
export const adviceKinds: readonly MessageKind[] = [
  kind(
    'to-do',
    '3 lines marked TODO would be published',
    /marked TODO would be published/,
    '`npm run new` marks what only you can write. Write it, or make the entry a draft.',
  ),
  kind(
    'summary-length',
    'The summary has 240 characters: search pages show about 160 of them',
    /^The summary has/,
    'What stands first is what is read: say it in 50 to 160 characters.',
  ),
  kind(
    'no-cover',
    'There is no cover',
    /^There is no cover/,
    'A picture beside the entry, `cover: { src: ./cover.jpg, alt: … }`, is on its card, in feeds and wherever it is shared.',
  ),
  kind(
    'alt-is-title',
    'The alternative text repeats the title',
    /^The alternative text repeats the title/,
    'Who hears the page hears the title twice, and nothing of the picture: say what it shows.',
  ),
  kind(
    'title-length',
    'The title has 84 characters: podcast apps cut it at about 60',
    /^The title has/,
    'Put what tells it from the others in front, or the second half into `subtitle`.',
  ),
  kind(
    'no-bio',
    'Ada Drizzle has no bio',
    /has no bio/,
    'Their page, and the cards of hosts, show a summary or the text under the front matter.',
  ),
  kind(
    'person-twice',
    '"ada-drizzle" is named twice',
    /is named twice/,
    'Somebody is a host or a guest of an episode, and once.',
  ),
  kind(
    'unused-topic',
    'Nothing is posted in the topic "fog"',
    /^Nothing is posted in the topic/,
    'It has no page: post an entry in it, or take it out of `topics.yaml`.',
  ),
  kind(
    'unused-file',
    'No entry names this file',
    /^No entry names this file/,
    'It is part of every copy of the project: name it in the entry, or delete it. The source of a file, with its name and another ending, is left alone.',
  ),
  kind(
    'orphan',
    'Nothing leads to this entry',
    /^Nothing leads to this entry/,
    'Readers and search engines find it by lists alone: link to it from a text, or name it in `related`, `whitepaper`, `guests`.',
  ),
  kind(
    'speaker-not-in-episode',
    '"Otto Brolly" speaks in the transcript, and is neither host nor guest',
    /speaks in the transcript, and is neither/,
    'Name them among the `guests`, so that they are linked and counted; or it is the transcript of another episode.',
  ),
  kind(
    'transcript-out-of-step',
    'The transcript ends at 12:00, and the recording at 45:00',
    /^The transcript (?:begins|ends|goes on)|^A cue begins when the recording is over/,
    'It is that of another cut or another episode: export both anew from one session.',
  ),
  kind(
    'recording-sample-rate',
    'The recording has a sample rate of 22.05 kHz',
    /^The recording has a sample rate/,
    'Export it with 44.1 or 48 kHz.',
  ),
  kind(
    'recording-channels',
    'The recording has 6 channels',
    /^The recording has \d+ channels/,
    'Export it in stereo or mono.',
  ),
  kind(
    'recording-weight',
    'The recording has 320 kbit/s in stereo',
    /^The recording has \d+ kbit/,
    'For speech, 64 to 128 kbit/s in mono or up to 192 in stereo are plenty.',
  ),
  kind(
    'recording-title',
    'The recording calls itself "final mix 2" in its tags',
    /^The recording calls itself/,
    'Set the title in its tags (ID3) to that of the episode.',
  ),
  kind(
    'recording-loudness',
    'The recording is too quiet: -24 LUFS',
    /^The recording is too (?:quiet|loud)/,
    'Master speech at -16 LUFS in stereo, -19 in mono (EBU R128); `ffmpeg -i in.wav -af loudnorm=I=-16:TP=-1.5 out.wav` does it.',
  ),
  kind(
    'recording-peaks',
    'The recording has peaks of 0.3 dBTP',
    /^The recording has peaks/,
    'Limit it to -1 dBTP before it is encoded.',
  ),
  kind(
    'heavy-picture',
    './cover.jpg is a picture of 14 MB',
    /is a picture of /,
    '2000 pixels at its longer side are enough.',
  ),
  kind(
    'artwork',
    'The artwork ./cover.jpg has 600 × 600 pixels',
    /^The artwork/,
    'Apple Podcasts takes square JPEG or PNG in RGB, 1400 to 3000 pixels wide.',
  ),
  kind(
    'description-length',
    '"description" has 5000 bytes',
    /^"description" has/,
    'Podcast feeds have the first 4000 of them.',
  ),
  kind(
    'feed-size',
    "The podcast's feed leaves 40 older episodes to its further pages",
    /^The podcast's feed leaves/,
    'Most apps do not follow these: raise `podcast.feedSize`.',
  ),
  kind(
    'chapters-together',
    'The chapters "A" and "B" begin in one second',
    /^The chapters ".*" begin in one second/,
    'Apps go by whole seconds, and show one of them.',
  ),
  kind(
    'chapter-picture',
    'The picture "a.jpg" of the chapter "A" is no address',
    /^The picture .* of the chapter/,
    'Chapters in the front matter may name a file beside the entry.',
  ),
  kind(
    'same-moment',
    'This episode and episodes/x are published at one moment',
    /are published at one moment/,
    'Give one a later second, so that apps agree on their order.',
  ),
  kind(
    'comment-in-value',
    '"title" ends before the " #1": for YAML that is a comment',
    /^".*" ends before the/,
    'A text with ` #` in it wants quotes.',
  ),
  kind(
    'stranger',
    '"Ada Drizle" speaks, and is nobody of this site',
    /speaks, and is nobody/,
    'Write the name as on their page; a guest of one evening may stay without.',
  ),
  kind('stand-in', '"Speaker 3" stands for somebody', /stands for somebody/, 'Write who speaks.'),
  kind('cut-off-recording', './audio.mp3 is cut off', /is cut off/, 'Copy it here again, or export it anew.'),
  kind('film-advice', './film.mov is …', /^\S+\.(?:mp4|m4v|mov|webm) /, 'See what it says of the file.'),
  kind(
    'transcript-form',
    'Times are not written as the format has them',
    /^(?:The file is|The first line is to be|Times are|The arrow|No times can|".*" (?:places no cue|stands beside times)|Numbers of cues|A text (?:follows|stands)|A \S+ block stands|A cue |Captions that roll|A control character)/,
    'The published copy has it right; nothing is to be done, unless you like.',
  ),
];

/** The permanent name of a message, by which it is found in the guide and filtered; `other` where none fits. */
export function messageName(what: string, kinds: readonly MessageKind[]): string {
  return kinds.find(({ says }) => says.test(what))?.name ?? 'other';
}

/** The heading in the author's guide under which all kinds are explained. */
export const guide = 'content/README.md#messages';
