import { z } from 'astro/zod';
import { describe, expect, test } from 'vitest';
import { schemas, showSchema, topicSchema } from '#authoring/schemas.ts';
import { filesSchema } from '#model/media.ts';
import { vocabulary } from '#model/vocabulary.ts';
import { episode, files, page, partner, person, post, show, topic, whitepaper } from '../../fakes/content.ts';

const written = { slug: 'some-entry' };
const authored = [
  ['episodes', schemas.episodes, episode(written).data],
  ['posts', schemas.posts, post(written).data],
  ['people', schemas.people, person(written).data],
  ['whitepapers', schemas.whitepapers, whitepaper(written).data],
  ['partners', schemas.partners, partner(written).data],
  ['pages', schemas.pages, page(written).data],
  ['show.yaml', showSchema, show()],
  ['topics.yaml', topicSchema, topic('Fog')],
  ['files', filesSchema, files()],
] as const;
const tags = Object.entries<z.ZodType>(vocabulary);
const every: [string, z.ZodType][] = [
  ...authored.map(([name, schema]): [string, z.ZodType] => [name, schema]),
  ...tags.map(([name, schema]): [string, z.ZodType] => [`<${name}>`, schema]),
];

describe.each(authored)('the schema of %s', (_, schema, data) => {
  test('accepts what has its required fields', () => {
    expect(schema.safeParse(data).success).toBe(true);
  });

  test('refuses a key that it does not know, by its name', () => {
    const { error } = schema.safeParse({ ...data, tittle: 'A slip' });
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['tittle'], path: [] }]);
  });

  test.each(Object.keys(data).filter((key) => !schema.shape[key as never] || !optional(schema.shape[key as never])))(
    'refuses an entry without its %s',
    (key) => {
      const { [key]: _, ...rest } = data as Record<string, unknown>;
      expect(schema.safeParse(rest).error?.issues).toMatchObject([{ path: [key] }]);
    },
  );
});

describe('unknown keys inside a field are refused', () => {
  const picture = { src: './cover.jpg', alt: 'A lighthouse' };
  const audio = { url: 'https://example.com/a.mp3', bytes: 1, type: 'audio/mpeg', duration: 1 } as const;
  const link = { label: 'Web site', url: 'https://example.com' };
  test.each([
    ['cover', () => episode({ ...written, cover: wrong(picture) })],
    ['audio', () => episode({ ...written, audio: wrong(audio) })],
    ['video', () => episode({ ...written, video: wrong({ youtube: 'abcdefghijk' }) })],
    ['chapters', () => episode({ ...written, chapters: [wrong({ start: 0, title: 'Beginning' })] })],
    ['photo', () => person({ ...written, photo: wrong(picture) })],
    ['logo', () => partner({ ...written, logo: wrong(picture) })],
    ['kit', () => partner({ ...written, kit: wrong({ short: 'Hear this.' }) })],
    ['links', () => person({ ...written, links: [wrong(link)] })],
    ['owner', () => show({ owner: wrong({ name: 'Somebody' }) })],
    ['apps', () => show({ apps: [wrong({ name: 'Some app', url: 'https://example.com' })] })],
  ])('%s', (field, make) => {
    expect(make).toThrow(/"wrong"/);
    expect(make).toThrow(new RegExp(`"${field}"`));
  });
});

test.each(tags)('<%s> refuses an attribute that it does not know', (name, schema) => {
  const needed = {
    Line: { name: 'Joel' },
    Video: { title: 'Fog', vimeo: '12345678' },
    WhitepaperCard: { slug: 'a-paper' },
    EpisodeCard: { slug: 'an-episode' },
  };
  const attributes = needed[name as keyof typeof needed] ?? {};
  expect(schema.safeParse(attributes).success).toBe(true);
  expect(schema.safeParse({ ...attributes, colour: 'red' }).error?.issues).toMatchObject([
    { code: 'unrecognized_keys', keys: ['colour'] },
  ]);
});

test.each([
  ['a slug', { who: 'joel' }, true],
  ['a name', { name: 'A caller', side: 'sales' }, true],
  ['nobody', {}, false],
  ['two speakers', { who: 'joel', name: 'A caller' }, false],
])('a <Line> by %s is accepted: %s %s', (_, attributes, accepted) => {
  expect(vocabulary.Line.safeParse(attributes).success).toBe(accepted);
});

test.each([
  ['on YouTube', { youtube: 'abcdefghijk' }, true],
  ['on Vimeo', { vimeo: '12345678' }, true],
  ['in a file', { src: 'https://m.example/film.mp4' }, true],
  ['beside the entry', { src: './film.webm' }, true],
  ['in another folder', { src: '../film.mp4' }, false],
  ['that is nowhere', {}, false],
  ['that is in two places', { youtube: 'abcdefghijk', vimeo: '12345678' }, false],
  ['by the address of its page', { youtube: 'https://youtu.be/abcdefghijk' }, false],
])('a <Video> of a film %s is accepted: %s %s', (_, attributes, accepted) => {
  expect(vocabulary.Video.safeParse({ title: 'Fog', ...attributes }).success).toBe(accepted);
});

test('what an author leaves out has the value that the schema gives it', () => {
  expect(episode(written).data.episodeType).toBe('full');
  expect(person(written).data.kind).toBe('person');
  expect(show()).toMatchObject({ explicit: false, type: 'episodic', pageSize: 24 });
  expect(vocabulary.Callout.parse({}).kind).toBe('note');
  expect(vocabulary.Checklist.parse({}).title).toBe('Take away');
});

describe('every field is described', () => {
  const described = every.flatMap(([name, schema]) => fields(schema, name));

  test('down to the innermost', () => {
    const paths = described.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'episodes.title',
        'episodes.cover.alt',
        'episodes.audio.bytes',
        'episodes.video.youtube',
        'episodes.chapters.start',
        'people.links.url',
        'show.yaml.owner.email',
        'files.media.bytes',
        '<Line>.side',
      ]),
    );
  });

  test.each(described)('$path', ({ description }) => {
    expect(description).toMatch(/^[A-Z].{4,}/);
  });
});

describe.each(every)('the JSON schema of %s', (name, schema) => {
  const json = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' }))) as z.core.JSONSchema.JSONSchema;

  test('knows every field and no other', () => {
    const shape = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    expect(json).toMatchObject({ type: 'object', additionalProperties: false });
    expect(Object.keys(json.properties ?? {})).toEqual(shape);
  });

  test('says what each field is', () => {
    const said = descriptions(json);
    for (const { description } of fields(schema, name)) expect(said).toContain(description);
  });
});

test('a field that has a default, or is optional, is not required of the author', () => {
  expect(z.toJSONSchema(schemas.people, { io: 'input' }).required).toEqual(['name']);
});

test('a builder of test data fails where the schema refuses its data', () => {
  expect(() => episode({ slug: 'lost', number: -1 })).toThrow(/The schema refuses episodes\/lost/);
  expect(() => show({ hosts: [] })).toThrow(/The schema refuses show.yaml/);
});

/** Data with a key that no schema knows, behind the type checker's back. */
function wrong<T extends object>(data: T): T {
  return { ...data, wrong: true };
}

function optional(schema: z.ZodType): boolean {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
}

/** Each field of a schema, with the description on it or on what it wraps. */
function fields(schema: z.ZodType, path: string): { path: string; description: string | undefined }[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return fields(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodArray) return fields(schema.element as z.ZodType, path);
  if (schema instanceof z.ZodRecord) return fields(schema.valueType as z.ZodType, path);
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).flatMap((option) => fields(option, path));
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, field]) => [
    { path: `${path}.${key}`, description: describedBy(field) },
    ...fields(field, `${path}.${key}`),
  ]);
}

function describedBy(schema: z.ZodType): string | undefined {
  if (schema.description) return schema.description;
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? describedBy(schema.unwrap() as z.ZodType)
    : undefined;
}

/** Every `description` of a JSON schema, wherever it stands. */
function descriptions(json: unknown): unknown[] {
  if (typeof json !== 'object' || json === null) return [];
  const own = 'description' in json && typeof json.description === 'string' ? [json.description] : [];
  return [...own, ...Object.values(json).flatMap(descriptions)];
}
