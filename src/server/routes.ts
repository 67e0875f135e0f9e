import { servedRoutes, type ServedRoute } from '#site/routes.ts';

/** What is answered when it is asked for, by its path. */
export const routes: ReadonlyMap<string, ServedRoute> = new Map(servedRoutes.map((route) => [route.path, route]));
