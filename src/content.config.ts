import { defineCollection } from 'astro:content';
import { bodies, edition, entries, show, topics } from '#authoring/loaders.ts';
import { bodySchema, editionSchema } from '#model/edition.ts';
import { episodeSchema } from '#model/episode.ts';
import { pageSchema } from '#model/page.ts';
import { personSchema } from '#model/person.ts';
import { postSchema } from '#model/post.ts';
import { showSchema } from '#model/show.ts';
import { topicSchema } from '#model/topic.ts';
import { whitepaperSchema } from '#model/whitepaper.ts';

export const collections = {
  show: defineCollection({ loader: show(), schema: showSchema }),
  topics: defineCollection({ loader: topics(), schema: topicSchema }),
  episodes: defineCollection({ loader: entries('episodes'), schema: episodeSchema }),
  people: defineCollection({ loader: entries('people'), schema: personSchema }),
  posts: defineCollection({ loader: entries('posts'), schema: postSchema }),
  whitepapers: defineCollection({ loader: entries('whitepapers'), schema: whitepaperSchema }),
  pages: defineCollection({ loader: entries('pages'), schema: pageSchema }),
  bodies: defineCollection({ loader: bodies(), schema: bodySchema }),
  edition: defineCollection({ loader: edition(), schema: editionSchema }),
};
