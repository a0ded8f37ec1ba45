// textWidth.ts
// How wide a text is in the theme's fonts, and a text that is too wide with its middle left out: names of the kernel
// differ at both ends.

export type Measure = (text: string, font: Font) => number;
export type Font = 'name' | 'small' | 'title';

/** Asks the browser; fonts are those of the page at this moment. */
export function measureOf(page: HTMLElement): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const style = getComputedStyle(page);
  const code = style.getPropertyValue('--vscode-editor-font-family') || 'monospace';
  const fonts: Readonly<Record<Font, string>> = {
    name: `600 13px ${code}`,
    small: `11px ${style.fontFamily}`,
    title: `600 18px ${style.fontFamily}`,
  };
  return (text, font) => {
    if (!context) return text.length * 8;
    context.font = fonts[font];
    return Math.ceil(context.measureText(text).width);
  };
}

export function shortened(text: string, mostWidth: number, measure: (text: string) => number): string {
  if (measure(text) <= mostWidth) return text;
  for (let kept = text.length - 2; kept > 6; kept--) {
    // The end of a name says more: which member of the struct it is.
    const head = Math.floor(kept * 0.4);
    const short = `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
    if (measure(short) <= mostWidth) return short;
  }
  return `${text.slice(0, 3)}…${text.slice(-3)}`;
}
