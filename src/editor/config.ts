import { z } from 'astro/zod';
import { episodeSchema } from '#model/episode.ts';
import { type ImageField, pictureEndings, slugPattern } from '#model/field.ts';
import { pageSchema } from '#model/page.ts';
import { partnerSchema } from '#model/partner.ts';
import { personSchema } from '#model/person.ts';
import { postSchema } from '#model/post.ts';
import { showSchema } from '#model/show.ts';
import { topicSchema } from '#model/topic.ts';
import { whitepaperSchema } from '#model/whitepaper.ts';
import { url } from '#site/url.ts';
import type { EditorBackend } from './backend.ts';
import type { EditorComponent } from './blocks.ts';
import { editorComponents } from './components.ts';
import type { EditorField } from './editor-field.ts';
import { editorFields, type KnownEntries } from './fields.ts';

/** What the page of the editor is handed: as JSON, made anew at every build and at every look in `dev`. */
export interface EditorConfig {
  /** For `CMS.init`. */
  cms: Record<string, unknown>;
  /** How the files of each collection are read and written, by the name of the format. */
  formats: readonly EditorFormat[];
  components: readonly EditorComponent[];
  /** Whether it works on the folder of this machine, through the author's server. */
  isLocal: boolean;
}

export interface EditorFormat {
  /** The collection or file. */
  id: string;
  name: string;
  kind: 'mdx' | 'yaml' | 'topics';
  fields: readonly EditorField[];
}

export interface EditorSite extends KnownEntries {
  title: string;
  /** The address that it is built for. */
  address: string;
  /** The content folder inside the repository, without slashes at its ends; empty for its root. */
  folder: string;
  /** Without one, the folder of this machine. */
  backend?: EditorBackend | undefined;
}

const image: ImageField = () => z.string().meta({ file: pictureEndings });

const entries = {
  episodes: {
    label: 'Episodes',
    singular: 'Episode',
    icon: 'podcasts',
    schema: episodeSchema({ image }),
    page: url.episode,
  },
  posts: { label: 'Posts', singular: 'Post', icon: 'article', schema: postSchema({ image }), page: url.post },
  people: { label: 'People', singular: 'Person', icon: 'group', schema: personSchema({ image }), page: url.person },
  whitepapers: {
    ...{ label: 'Whitepapers', singular: 'Whitepaper', icon: 'description', schema: whitepaperSchema({ image }) },
    page: url.whitepaper,
  },
  partners: {
    label: 'Partners',
    singular: 'Partner',
    icon: 'handshake',
    schema: partnerSchema({ image }),
    page: url.partner,
  },
  pages: { label: 'Pages', singular: 'Page', icon: 'draft', schema: pageSchema, page: url.page },
} as const;

/** The schemas that have a place in the editor, by the names of their formats. */
export const editorSchemas = {
  ...Object.fromEntries(Object.entries(entries).map(([name, { schema }]) => [name, schema as z.ZodType])),
  show: showSchema({ image }) as z.ZodType,
  topics: topicSchema as z.ZodType,
};

/** The configuration of Sveltia CMS for this site, made of the model: what is added there is a field here. */
export function editorConfig({ title, address, folder, backend, ...known }: EditorSite): EditorConfig {
  const inside = (path: string) => (folder ? `${folder}/${path}` : path);
  const formats: EditorFormat[] = Object.entries(editorSchemas).map(([name, schema]) => ({
    ...{ id: name, name: format(name) },
    kind: name === 'show' ? 'yaml' : name === 'topics' ? 'topics' : 'mdx',
    fields: editorFields(schema, known),
  }));
  const fieldsOf = (name: string) => withoutOwnKeys(formats.find(({ id }) => id === name)?.fields ?? []);
  const besideEntries = { media_folder: '', public_folder: '' };
  return {
    isLocal: !backend,
    formats,
    components: editorComponents(),
    cms: {
      load_config_file: false,
      backend: backend ?? { name: 'test-repo' },
      app_title: title,
      site_url: address,
      logo: { src: '/mark.svg', show_in_header: true },
      // Each entry has its own files beside it; this is for what belongs to the series.
      media_folder: folder || '.',
      public_folder: '/',
      media_libraries: { stock_assets: { providers: [] } },
      slug: { encoding: 'ascii', clean_accents: true, sanitize_replacement: '-' },
      output: { omit_empty_optional_fields: true },
      editor: { preview: true },
      collections: [
        ...Object.entries(entries).flatMap(([name, { label, singular, icon, schema, page }]) => {
          const identifier = 'title' in schema.shape ? 'title' : 'name';
          const isDated = 'publishedAt' in schema.shape;
          const collection = {
            ...{ name, label, label_singular: singular, icon, folder: inside(name), extension: 'mdx' },
            format: format(name),
            path: name === 'pages' ? '{{slug}}' : '{{slug}}/index',
            identifier_field: identifier,
            slug: {
              template: `{{${identifier}}}`,
              // An address is for good: `npm run rename` gives another one, and keeps the old one alive.
              editable: ['create'],
              pattern: [slugPattern.source, 'Small letters and digits, joined by hyphens'],
            },
            summary: `{{${identifier}}}${'draft' in schema.shape ? "{{draft | ternary(' (draft)', '')}}" : ''}`,
            sortable_fields: {
              fields: isDated ? ['publishedAt', identifier] : [identifier],
              default: isDated
                ? { field: 'publishedAt', direction: 'Descending' }
                : { field: identifier, direction: 'Ascending' },
            },
            ...('draft' in schema.shape && { view_filters: [{ label: 'Drafts', field: 'draft', pattern: true }] }),
            preview_path: page('{{slug}}').slice(1),
            aliases_field: false,
            ...besideEntries,
            fields: withBody(fieldsOf(name)),
          };
          if (!known.mixed?.[name]) return [collection];
          const withoutFolder = {
            name: `${name}-without-folder`,
            label: `${label} without a folder`,
            path: '{{slug}}',
          };
          // What is begun here has a folder, for its pictures.
          return [collection, { ...collection, ...withoutFolder, create: false }];
        }),
        {
          ...{ name: 'series', label: 'The series', icon: 'settings', ...besideEntries },
          files: [
            {
              name: 'show',
              label: 'Series',
              file: inside('show.yaml'),
              format: format('show'),
              fields: fieldsOf('show'),
            },
            {
              ...{ name: 'topics', label: 'Topics', file: inside('topics.yaml'), format: format('topics') },
              fields: [
                {
                  ...{ name: 'topics', label: 'Topics', label_singular: 'Topic', widget: 'list', summary: '{{title}}' },
                  collapsed: true,
                  fields: [slug, ...fieldsOf('topics')],
                },
              ],
            },
          ],
        },
      ],
    },
  };
}

/** The name by which a format is registered: for files of MDX Sveltia CMS takes no other ending. */
const format = (name: string): string => (name in entries ? `${name}-frontmatter` : `${name}-file`);

/** Either mode keeps the lines that were not touched, `keptLines` sees to it; the one without marks is for everybody. */
const body = {
  name: 'body',
  label: 'Text',
  widget: 'markdown',
  required: false,
  modes: ['rich_text', 'raw'],
  hint: 'The components of the guide are under Insert. The button at the right shows the same text as Markdown.',
} as const;

/** Sveltia CMS warns of each key that it does not know. */
const withoutOwnKeys = (fields: readonly EditorField[]): readonly EditorField[] =>
  JSON.parse(
    JSON.stringify(fields, (key, value: unknown) => (key === 'isNumeric' || key === 'timeOf' ? undefined : value)),
  ) as EditorField[];

/** The text comes after what stands over it on the page, and before the many fields that few entries have. */
function withBody(fields: readonly EditorField[]): readonly object[] {
  const at = fields.findIndex(({ name }) => name === 'summary') + 1;
  return [...fields.slice(0, at), body, ...fields.slice(at)];
}

const slug = {
  name: 'slug',
  label: 'Slug',
  widget: 'string',
  pattern: [slugPattern.source, 'Small letters and digits, joined by hyphens'],
  hint: 'The last part of its address. Entries name it: leave it as it is once it is in use.',
} as const;
