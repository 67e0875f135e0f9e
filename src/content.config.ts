import { defineCollection } from 'astro:content';
import { z } from 'astro/zod';
import { inEdition, modules, pictures } from '#authoring/loaders.ts';
import { episodeSchema } from '#model/episode.ts';
import { pageSchema } from '#model/page.ts';
import { partnerSchema } from '#model/partner.ts';
import { personSchema } from '#model/person.ts';
import { postSchema } from '#model/post.ts';
import { showSchema } from '#model/show.ts';
import { topicSchema } from '#model/topic.ts';
import { whitepaperSchema } from '#model/whitepaper.ts';

export const collections = {
  show: defineCollection({ loader: inEdition(), schema: showSchema }),
  topics: defineCollection({ loader: inEdition(), schema: topicSchema }),
  episodes: defineCollection({ loader: inEdition(), schema: episodeSchema }),
  people: defineCollection({ loader: inEdition(), schema: personSchema }),
  posts: defineCollection({ loader: inEdition(), schema: postSchema }),
  whitepapers: defineCollection({ loader: inEdition(), schema: whitepaperSchema }),
  partners: defineCollection({ loader: inEdition(), schema: partnerSchema }),
  pages: defineCollection({ loader: inEdition(), schema: pageSchema }),
  pictures: defineCollection({ loader: pictures(), schema: ({ image }) => z.object({ src: image() }) }),
  modules: defineCollection({ loader: modules() }),
};
