/** A title without what stands behind its colon, for where there is little room. */
export const shortTitle = (title: string): string => title.split(/:\s/, 1)[0] ?? title;
