import type { Edition } from '#authoring/edition.ts';
import type { Folder } from '#authoring/folder.ts';
import type { Problem } from '#authoring/problem.ts';
import type { SourceEntry } from '#authoring/source.ts';
import { decoded } from '#site/url.ts';
import { compare, type Identified, type Loss } from './comparison.ts';
import type { LedgerFile } from './ledger-file.ts';
import { dateTime } from './date-time.ts';
import { likelySuccessor } from './successor.ts';
import { snapshot } from './snapshot.ts';

/** A problem for all that was published, by the ledger, and that this edition would lose. */
export function ledgerProblems({ folder, catalog, unchecked }: Edition, file: LedgerFile): Problem[] {
  if (file.problem) return [file.problem];
  const { added, lost } = compare(file.ledger, snapshot(catalog, folder.entries), catalog.redirects);
  const open = new Set(
    folder.entries
      .filter(({ collection, slug }) => unchecked.has(`${collection}/${slug}`))
      .flatMap(({ yaml }) => aliasesOf(yaml)),
  );
  return lost
    .filter(({ guid, address }) => !unchecked.has(keyOf(guid)) && !open.has(address.replace(/\/$/, '')))
    .map((loss) => {
      const entry = folder.entries.find(({ collection, slug }) => `${collection}/${slug}` === keyOf(loss.guid));
      if (!entry) return vanished(loss, file, added, folder);
      if (loss.what === 'entry') return withdrawn(loss, entry, file, catalog.show.timezone);
      return loss.what === 'enclosure' ? lostRecording(loss, entry, file) : lostAddress(loss, entry, file);
    });
}

/** How an author says that a loss is meant. */
export const forgetting = (guid: string): string => `npm run publish-ledger -- --forget ${guid}`;

const keyOf = (guid: string) => guid.replace(/^d-files:/, '');

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
  const successor = folder.entries.find(({ collection, slug }) => like && keyOf(like.guid) === `${collection}/${slug}`);
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
  const mended = own !== undefined || place.length > 1 ? yaml.correct(place, right) : { line: yaml.line(place) };
  const what = `${published(loss)} with the recording ${address}, which is gone: apps that have its address find nothing. For a new version keep the file's name; if another address is meant: ${forgetting(guid)} (${at(ledger, loss)})`;
  return { what, file: name, field: place.join('.'), nearest: right, ...mended };
}

function lostAddress(loss: Loss, entry: SourceEntry, ledger: LedgerFile): Problem {
  const what = `${published(loss)} and was once at ${loss.address}, which leads nowhere now. If that is meant: ${forgetting(loss.guid)} (${at(ledger, loss)})`;
  const nearest = loss.address.replace(/\/$/, '');
  return { what, file: entry.name, field: 'aliases', nearest, ...withAlias(entry, loss.address) };
}

const at = ({ name, line }: LedgerFile, { guid, address }: Loss) => `${name}:${line(guid, address)}`;
