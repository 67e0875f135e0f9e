import { z } from 'astro/zod';
import { entryFields, pieceFields } from './entry.ts';
import { type ImageField, reference } from './field.ts';

/** `posts/<slug>/index.mdx`: a blog post. */
export const postSchema = ({ image }: { image: ImageField }) =>
  z.strictObject({
    ...entryFields(image),
    ...pieceFields,
    authors: z
      .array(reference('people', 'An author of the post.'))
      .min(1)
      .optional()
      .meta({ description: 'Who wrote it.', examples: [['some-person']] }),
  });
export type Post = z.infer<ReturnType<typeof postSchema>>;
