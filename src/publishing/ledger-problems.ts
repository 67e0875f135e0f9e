import type { Edition } from '#authoring/edition.ts';
import type { Folder } from '#authoring/folder.ts';
import type { Problem } from '#authoring/problem.ts';
import type { SourceEntry } from '#authoring/source.ts';
import { addressKey, decoded } from '#site/url.ts';
import { compare, type Identified, type Loss } from './comparison.ts';
import type { Ledger, Published } from './ledger.ts';
import type { LedgerFile } from './ledger-file.ts';
import { dateTime } from './date-time.ts';
import { likelySuccessor } from './successor.ts';
import { snapshot } from './snapshot.ts';

/** A problem for all that was published, by the ledger, and that this edition would lose. */
export function ledgerProblems({ folder, catalog, unchecked }: Edition, file: LedgerFile): Problem[] {
  if (file.problem) return [file.problem];
  const now = snapshot(catalog, folder.entries);
  const { added, lost } = compare(file.ledger, now, catalog.redirects);
  const open = new Set(
    folder.entries
      .filter(({ collection, slug }) => unchecked.has(`${collection}/${slug}`))
      .flatMap(({ yaml }) => aliasesOf(yaml).map(addressKey)),
  );
  const told = lost.filter(
    ({ entry, address, now }) =>
      !unchecked.has(keyOf(entry)) && !(now && unchecked.has(keyOf(now.entry))) && !open.has(addressKey(address)),
  );
  const prefix = lostPrefix(told, catalog.show.guidPrefix, now);
  return [
    ...(prefix === undefined ? [] : [otherPrefix(prefix, catalog.show.guidPrefix, folder)]),
    ...told.flatMap((loss): Problem | [] => {
      if (prefix !== undefined && prefixOf(loss) === prefix) return [];
      const key = keyOf(loss.now?.entry ?? loss.entry);
      const entry = folder.entries.find(({ collection, slug }) => `${collection}/${slug}` === key);
      if (!entry) return vanished(loss, file, added, folder);
      switch (loss.what) {
        case 'entry':
          return withdrawn(loss, entry, file, catalog.show.timezone);
        case 'guid':
          return lostGuid(loss, entry, file);
        case 'enclosure':
          return lostRecording(loss, entry, file);
        case 'address':
          return lostAddress(loss, entry, file);
        // Without its recording it has none.
        case 'player':
          return told.some(({ guid, what }) => guid === loss.guid && what === 'enclosure')
            ? []
            : lostFile(loss, entry, file, folder);
        default:
          return lostFile(loss, entry, file, folder);
      }
    }),
  ];
}

/** How an author says that a loss is meant. */
export const forgetting = (guid: string): string => `npm run publish-ledger -- --forget ${quoted(guid)}`;

/** A word as a shell takes it. */
const quoted = (word: string) => (/^[\w.:/@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** `episodes/<slug>`, of an entry as it is or was published. */
const keyOf = ({ url }: Published) => url.slice(1, -1);

/** The prefix that every guid was made with which is lost, where no entry is published with the prefix of the show. */
function lostPrefix(losses: readonly Loss[], current: string, now: Ledger): string | undefined {
  const prefixes = new Set(losses.flatMap((loss) => prefixOf(loss) ?? []));
  const made = losses.filter(({ what }) => what === 'guid').flatMap(({ now }) => now?.guid ?? []);
  const kept = [...now.keys()].filter((guid) => guid.startsWith(`${current}:`) && !made.includes(guid));
  const [prefix] = prefixes;
  return prefixes.size === 1 && kept.length === 0 ? prefix : undefined;
}

/** The prefix of a guid that is lost for its prefix alone. */
function prefixOf({ what, guid, now }: Loss): string | undefined {
  const [, prefix, rest] = /^([^:]+):((?:episodes|posts)\/[a-z0-9-]+)$/.exec(guid) ?? [];
  return what === 'guid' && rest !== undefined && now?.guid.endsWith(`:${rest}`) ? prefix : undefined;
}

function otherPrefix(prefix: string, current: string, { show: { name, yaml } }: Folder): Problem {
  const what = `The entries were published with guids that begin with "${prefix}:", and would come to subscribers as new with "${current}:"`;
  return { what, file: name, field: 'guidPrefix', nearest: prefix, ...yaml.correct(['guidPrefix'], prefix) };
}

const aliasesOf = ({ data }: SourceEntry['yaml']): string[] =>
  [data['aliases']]
    .flat()
    .filter((alias) => typeof alias === 'string')
    .map((alias) => alias.replace(/\/$/, ''));

/** The `aliases` of an entry with one more. */
const withAlias = ({ yaml }: SourceEntry, address: string) =>
  yaml.correct(['aliases'], [...aliasesOf(yaml), address.replace(/\/$/, '')]);

const published = ({ entry: { title, url } }: Identified) => `"${title}" was published at ${url}`;

/** An entry that is gone from the folder: deleted, or there under another slug. */
function vanished(loss: Loss, { name, line }: LedgerFile, added: readonly Identified[], folder: Folder): Problem {
  const like = likelySuccessor(loss, added);
  const successor = folder.entries.find(
    ({ collection, slug }) => like && keyOf(like.entry) === `${collection}/${slug}`,
  );
  const how = successor
    ? `If it is ${successor.name} now, add the line below to that file; if it was deleted on purpose: ${forgetting(loss.guid)}`
    : 'Bring it back, or name its address in the "aliases" of an entry; if it was deleted on purpose, run the line below';
  return {
    what: `${published(loss)} and is gone. ${how}`,
    file: name,
    line: line(loss.guid),
    field: loss.guid,
    nearest: successor?.name,
    paste: successor ? withAlias(successor, loss.address).paste : forgetting(loss.guid),
  };
}

/** An entry that is there, but a draft again, or dated after the build. */
function withdrawn(loss: Loss, { name, yaml }: SourceEntry, ledger: LedgerFile, timezone: string): Problem {
  const draft = yaml.data['draft'] === true;
  const field = draft ? 'draft' : 'publishedAt';
  const right = draft ? false : dateIn(timezone, loss.entry.publishedAt);
  const what = `${published(loss)} and is ${draft ? 'a draft again' : 'dated in the future now'}: readers would lose it. If that is meant: ${forgetting(loss.guid)} (${at(ledger, loss)})`;
  return { what, file: name, field, nearest: String(right), ...yaml.correct([field], right) };
}

/** An instant as an author writes it: the day, where it is midnight in the show's time zone. */
function dateIn(timezone: string, iso: string): string {
  const [day = '', time] = dateTime(iso, timezone);
  return time === '00:00' ? day : iso;
}

function lostRecording(loss: Loss, entry: SourceEntry, ledger: LedgerFile): Problem {
  const { address, guid } = loss;
  const { name, yaml } = entry;
  const field = /\.(?:mp4|m4v|mov)(?:$|\?)/i.test(address) ? 'video' : 'audio';
  const own = address.startsWith(loss.entry.url) ? `./${decoded(address.slice(loss.entry.url.length))}` : undefined;
  const place = own === undefined && typeof yaml.data[field] === 'object' ? [field, 'url'] : [field];
  const right = own ?? address;
  const fixed = own !== undefined || place.length > 1 ? yaml.correct(place, right) : { line: yaml.line(place) };
  const what = `${published(loss)} with the recording ${address}, which is gone: apps that have its address find nothing. For a new version keep the file's name; if another address is meant: ${forgetting(guid)} (${at(ledger, loss)})`;
  return { what, file: name, field: place.join('.'), nearest: right, ...fixed };
}

/** An entry that is there under another GUID. */
function lostGuid(loss: Loss, { name, yaml }: SourceEntry, ledger: LedgerFile): Problem {
  const what = `${published(loss)} as ${loss.guid}, and would come to its subscribers as new, as ${loss.now?.guid}. If that is meant: ${forgetting(loss.guid)} (${at(ledger, loss)})`;
  return { what, file: name, field: 'guid', nearest: loss.guid, ...yaml.correct(['guid'], loss.guid) };
}

const nouns = { transcript: 'the transcript', chapters: 'the chapters', player: 'the player' } as const;

/** A transcript, chapters or a player that other sites and apps have the address of. */
function lostFile(loss: Loss, { name, yaml, folder: place }: SourceEntry, ledger: LedgerFile, folder: Folder): Problem {
  const { address, guid, entry } = loss;
  const kind = loss.what as keyof typeof nouns;
  const field = kind === 'player' ? 'audio' : kind;
  const what = `${published(loss)} with ${nouns[kind]} ${address}, which is gone: apps that have its address find nothing. If that is meant: ${forgetting(guid)} (${at(ledger, loss)})`;
  const own = address.startsWith(entry.url) ? decoded(address.slice(entry.url.length)) : undefined;
  // What is not there cannot be named.
  const isThere = kind !== 'player' && own !== undefined && folder.files.has(`${place}/${own}`);
  const nearest = kind === 'player' || own === undefined ? undefined : `./${own}`;
  return {
    what,
    file: name,
    field,
    nearest,
    ...(isThere ? yaml.correct([field], `./${own}`) : { line: yaml.line([field]) }),
  };
}

function lostAddress(loss: Loss, entry: SourceEntry, ledger: LedgerFile): Problem {
  const what = `${published(loss)} and was once at ${loss.address}, which leads nowhere now. If that is meant: ${forgetting(loss.guid)} (${at(ledger, loss)})`;
  const nearest = loss.address.replace(/\/$/, '');
  return { what, file: entry.name, field: 'aliases', nearest, ...withAlias(entry, loss.address) };
}

const at = ({ name, line }: LedgerFile, { guid, address }: Loss) => `${name}:${line(guid, address)}`;
