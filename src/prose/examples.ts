/** Slugs that the examples name, where the content has them. */
export interface Named {
  person?: string | undefined;
  episode?: string | undefined;
  whitepaper?: string | undefined;
  /** A picture as a text names it, `./picture.jpg`. */
  picture?: string | undefined;
}

/** Each component of the vocabulary as an author writes it, by what it is for; without those for which there is nothing to name. */
export function examples({ person, episode, whitepaper, picture }: Named): Readonly<Record<string, string>> {
  return {
    'A dialogue': `<Exchange title="In the corridor">

${person ? `<Line who="${person}">\n\nWho owns the list?\n\n</Line>\n\n` : ''}<Line name="Company X" side="sales">

Somebody's cousin.

</Line>

</Exchange>`,
    'Both sides, and what they share': `<TwoSides>

<Marketing>

What marketing sees.

</Marketing>

<Sales>

What sales sees.

</Sales>

<SharedGoal>

What both want.

</SharedGoal>

</TwoSides>`,
    'A note': callout('kind="note"', 'Something to know.'),
    'A tip, with a title': callout('kind="tip" title="Try it"', 'What to do.'),
    'A warning': callout('kind="warning"', 'What to leave alone.'),
    ...(person && { 'A sentence of somebody with a page': quote(`who="${person}"`) }),
    'A sentence of somebody else': quote('name="Somebody"'),
    'Things to do': `<Checklist title="Take away">

- One thing to do
- And another

</Checklist>`,
    ...(picture && {
      'A picture': `<Figure caption="The line under it.">

![What it shows](${picture})

</Figure>`,
    }),
    'For how long things are kept': '<Retention />',
    'A film': '<Video title="What it is called" youtube="abcdefghijk" />',
    ...(whitepaper && { 'The offer of a whitepaper': `<WhitepaperCard slug="${whitepaper}" />` }),
    ...(episode && { 'A pointer to an episode': `<EpisodeCard slug="${episode}" />` }),
  };
}

const callout = (attributes: string, text: string) => `<Callout ${attributes}>\n\n${text}\n\n</Callout>`;

const quote = (attributes: string) => `<PullQuote ${attributes}>\n\nA sentence worth pulling out.\n\n</PullQuote>`;
