// markdown.ts
// Pieces of Markdown, for the texts that editors draw.

export const code = (text: string): string => `\`${text}\``;

/** Names hold underscores, and types stars. */
export const escaped = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>#|]/g, '\\$&');
