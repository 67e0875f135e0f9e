import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test.each(['show', 'topics', 'episodes', 'people', 'posts', 'whitepapers', 'partners', 'pages'])(
  'editors get a JSON schema of %s in which every field is described',
  (collection) => {
    const schema = JSON.parse(readFileSync(`.astro/collections/${collection}.schema.json`, 'utf8')) as {
      properties: Record<string, { description?: string }>;
    };
    const fields = Object.entries(schema.properties).filter(([name]) => name !== '$schema');
    expect(fields.length).toBeGreaterThan(1);
    expect(fields.filter(([, { description }]) => !description).map(([name]) => name)).toEqual([]);
  },
);
