import { expect, test } from 'vitest';
import { embedCode, framed, oembed } from '#metadata/oembed.ts';
import { episode } from '../../fakes/content.ts';
import { catalogOf, mp3, mp4, only, site } from './facts.ts';

const told = (written: Partial<Parameters<typeof episode>[0]>) => {
  const { show, episodes } = catalogOf({ episodes: [episode({ slug: 'e1', ...written })] });
  return oembed(framed(show, only(episodes)), site);
};
const audio = { url: 'https://media.example/e1.mp3', ...mp3 };

test('a consumer is told what oEmbed 1.0 requires of rich content, in absolute addresses', () => {
  const answer = told({ audio });
  expect(answer).toMatchObject({
    version: '1.0',
    type: 'rich',
    title: 'The usual episode',
    author_name: 'Joel Capperella',
    provider_name: 'The Test Files',
    provider_url: 'https://files.example/',
    thumbnail_url: 'https://files.example/social/episodes/e1.png',
    thumbnail_width: 1200,
    thumbnail_height: 630,
  });
  expect(answer?.html).toContain('<iframe src="https://files.example/episodes/e1/embed/"');
  expect(answer?.html).toContain(`width="${answer?.width}" height="${answer?.height}" loading="lazy"`);
});

test('the code for a partner names it in the address of the frame', () => {
  const { show, episodes } = catalogOf({ episodes: [episode({ slug: 'e1', audio })] });
  const html = (slug?: string) => embedCode(framed(show, only(episodes)), 'audio', site, slug);
  expect(html('ferry')).toContain('src="https://files.example/episodes/e1/embed/?partner=ferry"');
  expect(html()).toBe(told({ audio })?.html);
});

test('a film has the frame of a film', () => {
  const { width = 0, height = 0 } = told({ audio, video: { url: 'https://media.example/e1.mp4', ...mp4 } }) ?? {};
  expect(width / height).toBeCloseTo(16 / 9);
});

test('a title cannot break out of the frame', () => {
  expect(told({ audio, title: '"><script>alert(1)</script> & co' })?.html).toContain(
    'title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; co · The Test Files"',
  );
});

test('an episode without a file of its own has nothing to frame', () => {
  expect(told({})).toBeUndefined();
  expect(told({ video: { vimeo: '123456789' } })).toBeUndefined();
});
