// paint.ts
// Colour for a terminal. Whoever writes decides whether there is any; the text is the same with and without.

export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  /** Something is taken. */
  readonly take: (text: string) => string;
  /** Something is waited for. */
  readonly wait: (text: string) => string;
}

const same = (text: string): string => text;
export const noPaint: Paint = { strong: same, faint: same, take: same, wait: same };

const between =
  (on: number, off: number) =>
  (text: string): string =>
    `\u001b[${on}m${text}\u001b[${off}m`;

export const terminalPaint: Paint = {
  strong: between(1, 22),
  faint: between(2, 22),
  take: between(33, 39),
  wait: between(31, 39),
};
