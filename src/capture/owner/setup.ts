import { readSite, serverOn } from '#capture/compose.ts';
import { readEnvironment, type Environment, type EnvironmentProblem, type Variables } from '#capture/environment.ts';
import type { Site } from '#site/contract.ts';

export type { Environment, EnvironmentProblem, Variables };

/** How the server is set up: its environment, what is wrong with that, and the site if it was built. */
export interface Setup {
  environment: Environment;
  problems: EnvironmentProblem[];
  site: Site | undefined;
}

/** Where `SITE_URL` is unset, the address counts that the site was built for, as it does for the server. */
export async function readSetup(variables: Variables): Promise<Setup> {
  const site = await readSite(readEnvironment(variables).environment.built).catch(() => undefined);
  return { ...readEnvironment(variables, site?.url), site };
}

/** Whether no server has the SQLite file open. Of a PostgreSQL database that is not known: it is false. */
export const lacksServer = (environment: Pick<Environment, 'database'>): boolean =>
  environment.database.kind === 'sqlite' && !serverOn(environment);
