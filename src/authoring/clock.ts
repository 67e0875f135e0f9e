/** Whether drafts and entries to come are part of what is built, marked as such, for those who are to see them before. */
export const isPreview = (variables: Readonly<Record<string, string | undefined>> = process.env): boolean =>
  variables['PREVIEW'] === '1';

/**
 * The moment that decides what is published: now, or what `NOW` names (ISO 8601), to see the site as of another day.
 * Throws an error with a plain message when `NOW` is no date.
 */
export function buildMoment(variables: Readonly<Record<string, string | undefined>> = process.env): Date {
  const { NOW: asked } = variables;
  const moment = asked ? new Date(asked) : new Date();
  if (Number.isNaN(moment.getTime()))
    throw new Error(`NOW=${asked} is not a date. Nearest: NOW=${new Date().toISOString()}`);
  return moment;
}
