let code: Promise<typeof import('./more.ts')> | undefined;

/** Loads more.ts, by the script that waits in a template: the bundler's own way would weigh more than half of the player. */
export const moreCode = (): Promise<typeof import('./more.ts')> =>
  (code ??= import(
    /* @vite-ignore */ document.querySelector<HTMLTemplateElement>('#player-more')!.content.querySelector('script')!.src
  ));
