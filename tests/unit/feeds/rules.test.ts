import { expect, test } from 'vitest';
import { podcastFeed } from '#feeds/podcast-feed.ts';
import { brokenRules } from '../../build/feeds-rules.ts';
import { episode } from '../../fakes/content.ts';
import { audio, catalogOf, documentsOf, publication } from './publication.ts';

const catalog = catalogOf({ episodes: [episode({ slug: 'e1', audio }), episode({ slug: 'e2', audio })] });
const [document] = documentsOf(catalog, '/podcast.xml');
const xml = await podcastFeed(document, publication(catalog));
const address = 'https://files.example/podcast.xml';

test.each([
  ['SAXError', '<title>', '<titel>'],
  ['BadCharacters', 'The Test Files', 'The\u0001Test Files'],
  ['UnknownNamespace', 'podcastindex.org/namespace/1.0', 'podcastindex.org/namespace'],
  ['Missing', '<language>en-GB</language>', ''],
  ['InvalidLanguage', 'en-GB', 'English'],
  ['DuplicateElement', '<podcast:medium>', '<podcast:medium>music</podcast:medium><podcast:medium>'],
  ['SelfDoesntMatchLocation', 'files.example/podcast.xml', 'files.example/feed.xml'],
  ['DuplicateValue', 'd-files:episodes/e2', 'd-files:episodes/e1'],
  ['InvalidRFC2822Date', '<pubDate>Thu, 01 Jan 2026 00:00:02 GMT', '<pubDate>2026-01-01T00:00:00Z'],
  ['InvalidFullLink', 'https://files.example/episodes/e1/</link>', '/episodes/e1/</link>'],
  ['InvalidPermalink', 'isPermaLink="false"', 'isPermaLink="true"'],
  ['InvalidEnclosure', 'length="1234"', 'length=""'],
  ['SecurityRisk', '&lt;p&gt;Hello', '&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Hello'],
  ['SecurityRiskAttr', '&lt;p&gt;Hello', '&lt;p onclick="x"&gt;Hello'],
  ['ContainsRelRef', 'Hello.', '&lt;a href="/about/"&gt;Hello&lt;/a&gt;'],
  ['MisplacedItem', '</channel>', '<copyright>Nobody</copyright></channel>'],
])('the rule %s is seen to be broken', (rule, right, wrong) => {
  expect(brokenRules(xml, address)).toEqual([]);
  expect(xml).toContain(right);
  expect(brokenRules(xml.replace(right, wrong), address).join('\n')).toContain(rule);
});
