import { episodeSchema } from '#model/episode.ts';
import { imagePath, slugPattern } from '#model/field.ts';
import { pageSchema } from '#model/page.ts';
import { partnerSchema } from '#model/partner.ts';
import { personSchema } from '#model/person.ts';
import { postSchema } from '#model/post.ts';
import { showSchema as showWith } from '#model/show.ts';
import { topicSchema } from '#model/topic.ts';
import { whitepaperSchema } from '#model/whitepaper.ts';

const image = imagePath;

/** The model's schemas as they judge a file before Astro has read its pictures. */
export const schemas = {
  episodes: episodeSchema({ image }),
  posts: postSchema({ image }),
  people: personSchema({ image }),
  whitepapers: whitepaperSchema({ image }),
  partners: partnerSchema({ image }),
  pages: pageSchema,
};

export const showSchema = showWith({ image });

export { slugPattern, topicSchema };
