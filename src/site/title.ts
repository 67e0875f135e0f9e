/** What a series or a paper is called in full: "Title: Subtitle". */
export const fullTitle = ({ title, subtitle }: { title: string; subtitle?: string | undefined }): string =>
  subtitle ? `${title}: ${subtitle}` : title;
