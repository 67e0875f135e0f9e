/** Where the editor keeps what authors write: a repository, as Sveltia CMS names its parts. */
export interface EditorBackend {
  name: 'github' | 'gitlab' | 'gitea';
  repo: string;
  branch?: string;
  base_url?: string;
  api_root?: string;
  app_id?: string;
  auth_type?: 'pkce';
  auth_methods?: readonly ('oauth' | 'token')[];
}

/** What is wrong with the variables, and the line that fixes it. */
export interface EditorProblem {
  what: string;
  fix: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

const hosts: Readonly<Record<string, { name: EditorBackend['name']; site: string; api: (site: string) => string }>> = {
  github: {
    name: 'github',
    site: 'https://github.com',
    api: (site) => (site === 'https://github.com' ? 'https://api.github.com' : `${site}/api/v3`),
  },
  gitlab: { name: 'gitlab', site: 'https://gitlab.com', api: (site) => `${site}/api/v4` },
  gitea: { name: 'gitea', site: 'https://gitea.com', api: (site) => `${site}/api/v1` },
  forgejo: { name: 'gitea', site: 'https://codeberg.org', api: (site) => `${site}/api/v1` },
};

/**
 * The repository that the owner's variables name; undefined where `EDIT_BACKEND` is not set, and the site has no editor.
 * `EDIT_HOST` is for a git host of one's own, `EDIT_AUTH` for what signs in at GitHub, `EDIT_APP_ID` for an application of GitLab,
 * Gitea or Forgejo. Without either an author signs in by an access token.
 */
export function editorBackend(variables: Variables): EditorBackend | EditorProblem | undefined {
  const said = (name: string) => variables[name]?.trim() || undefined;
  const kind = said('EDIT_BACKEND');
  if (kind === undefined) return undefined;
  const names = Object.keys(hosts);
  const host = Object.hasOwn(hosts, kind) ? hosts[kind] : undefined;
  if (!host) return { what: `EDIT_BACKEND is "${kind}": it is one of ${names.join(', ')}`, fix: 'EDIT_BACKEND=github' };
  const repo = said('EDIT_REPO');
  const asAddress = repo?.match(/^(?:https?:\/\/[^/]+\/|git@[^:]+:)(.+?)(?:\.git)?\/?$/)?.[1];
  if (repo === undefined || !/^[\w.-]+(?:\/[\w.-]+)+$/.test(repo))
    return {
      what:
        repo === undefined
          ? 'EDIT_REPO is not set: it names the repository'
          : `EDIT_REPO is "${repo}": it is the owner and the name`,
      fix: `EDIT_REPO=${asAddress ?? 'owner/name'}`,
    };
  for (const name of ['EDIT_HOST', 'EDIT_AUTH']) {
    const address = said(name);
    const parsed = address === undefined ? undefined : URL.parse(address);
    if (address !== undefined && (parsed?.protocol !== 'https:' || parsed.username || parsed.password))
      return {
        what: `${name} is "${address}": it is an address that begins with https://`,
        fix: `${name}=https://git.example.com`,
      };
  }
  const [branch, appId, auth] = [said('EDIT_BRANCH'), said('EDIT_APP_ID'), said('EDIT_AUTH')];
  if (auth !== undefined && host.name !== 'github')
    return {
      what: 'EDIT_AUTH is for GitHub alone: others sign in by an application of theirs',
      fix: 'EDIT_APP_ID=<its id>',
    };
  if (appId !== undefined && host.name === 'github')
    return {
      what: 'EDIT_APP_ID is not for GitHub: it asks for what EDIT_AUTH names',
      fix: 'EDIT_AUTH=https://auth.example.com',
    };
  const site = new URL(said('EDIT_HOST') ?? host.site).origin;
  const isOwn = site !== host.site || kind === 'forgejo';
  return {
    ...{ name: host.name, repo },
    ...(branch !== undefined && { branch }),
    ...((isOwn || host.name === 'gitea') && { api_root: host.api(site) }),
    ...(host.name === 'github' ? auth !== undefined && { base_url: auth } : { base_url: site }),
    ...(appId !== undefined && { app_id: appId, ...(host.name === 'gitlab' && { auth_type: 'pkce' as const }) }),
    ...(auth === undefined && appId === undefined && { auth_methods: ['token'] as const }),
  };
}

/** The hosts that the editor speaks to once an author signs in, and no others. */
export function hostsOf({ name, api_root, base_url }: EditorBackend): string[] {
  const fallback = Object.values(hosts).find((each) => each.name === name);
  const api = api_root ?? (fallback ? fallback.api(fallback.site) : undefined);
  return [
    ...new Set([api, name === 'github' ? undefined : base_url].flatMap((each) => (each ? new URL(each).origin : []))),
  ];
}
