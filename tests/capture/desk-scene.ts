import type { Context } from '#capture/context.ts';
import type { Acted, DeskVisit, Seen, ViewName, Views } from '#capture/desk.ts';
import type { DeskContext } from '#capture/desk/context.ts';
import { deskDoor } from '#capture/desk/door.ts';
import type { DeskOwner } from '#capture/environment.ts';
import { signSignIn } from '#capture/store/sign-in-links.ts';
import type { Store } from '#capture/store/store.ts';
import type { DeskRole } from '#site/desk.ts';
import type { FormFields } from '#site/form-fields.ts';
import { scene, visit } from './scene.ts';

export const people = {
  owner: 'Ann@example.com',
  host: 'gus@example.com',
  moderator: 'mo@example.com',
} as const satisfies Record<DeskRole, string>;

const named: DeskOwner[] = [
  { email: people.owner, role: 'owner', person: 'petra-plimsoll' },
  { email: people.host, role: 'host', person: 'gus-barnacle' },
  { email: people.moderator, role: 'moderator', person: undefined },
];

/** The desk over a store, with an owner, a host and a moderator, each with a browser of their own. */
export function desk(store: Store, changed: Partial<Context> = {}) {
  const at = scene(store, changed);
  const context: DeskContext = {
    ...at.context,
    owners: named,
    perNetwork: 30,
    writtenAt: async () => at.now(),
    backup: undefined,
  };
  let queued = 0;
  const door = deskDoor(context, () => (queued += 1));

  return {
    ...at,
    context,
    door,
    queued: () => queued,
    /** As if the server had been started with other owners. */
    rename: (owners: DeskOwner[]) => void (context.owners = owners),
    named,
    /** Asks for a link; the visit of the browser that asked, and what stands in the link that is mailed. */
    async asked(email: string, from: DeskVisit = visit) {
      const known = new Set((await at.rows('signIn')).map(({ id }) => id));
      const { browser } = await door.askToSignIn({ email }, from);
      const row = (await at.rows('signIn')).find(({ id }) => !known.has(id));
      return { from: { ...from, browser }, link: row ? signSignIn(row, context.secrets) : '' };
    },
    /** A browser that is signed in. */
    async signedIn(email: string, from: DeskVisit = visit): Promise<Browser> {
      const { from: browser, link } = await this.asked(email, from);
      const outcome = await door.signIn(link, browser);
      if (outcome.kind !== 'signed-in') throw new Error(`${email} was not signed in.`);
      return browserOf(outcome.session, from);
    },
    browserOf,
  };

  /** A browser with that cookie, which takes the new one of each answer. */
  function browserOf(session: string, from: DeskVisit = visit): Browser {
    const jar = { session };
    const keep = <Outcome extends { session?: string | undefined }>(outcome: Outcome) => {
      if (outcome.session !== undefined) jar.session = outcome.session;
      return outcome;
    };
    const see: Browser['see'] = async (name, query = {}) =>
      keep(await door.see(name, query, { ...from, session: jar.session }));
    return {
      jar,
      see,
      async act(act, fields = {}) {
        const seen = await see('you');
        const token = seen.kind === 'open' ? seen.frame.token : '';
        return keep(await door.act({ token, act, ...fields }, { ...from, session: jar.session }));
      },
    };
  }
}

interface Browser {
  jar: { session: string };
  see: <Name extends ViewName>(name: Name, query?: Record<string, string>) => Promise<Seen<Views[Name]>>;
  /** Sends a form of a page that the browser has open. */
  act: (act: string, fields?: FormFields) => Promise<Acted>;
}
