import { readSetup } from '#capture/owner/setup.ts';
import { redirectConfig, webServers, type WebServer } from '#site/redirect-config.ts';
import { listed, UsageError } from './command-line.ts';
import { command, main } from './command.ts';
import { builtSite } from './open-store.ts';
import { say } from './terminal.ts';

export const redirects = command({
  name: 'redirects',
  summary: 'prints the old addresses of the built site as configuration of a web server',
  notes:
    'For a web server that sends the built files itself; "npm run serve" redirects without it. Print it again after each build with new aliases, and reload the web server.',
  options: { for: { value: 'web server', description: `one of ${listed(webServers)}` } },
  examples: [
    'npm run --silent redirects -- --for nginx | sudo tee /etc/nginx/d-files-redirects.conf',
    'npm run --silent redirects -- --for caddy | sudo tee /etc/caddy/d-files-redirects.caddy',
  ],
  run: async ({ for: named }, _arguments, { variables, terminal }) => {
    const server = webServers.find((each): each is WebServer => each === named?.toLowerCase());
    if (!server)
      throw new UsageError(
        `--for names ${named === undefined ? 'the web server' : `“${named}”, which is none of these`}: ${listed(webServers)}\n\n  npm run --silent redirects -- --for nginx`,
      );
    const { environment, site } = await readSetup(variables);
    say(terminal, redirectConfig(server, builtSite(site, environment).redirects));
    return 0;
  },
});

if (import.meta.main) await main(redirects);
