// diffLine.ts
// Lines of a hunk as a diff has them, decoded.

import { decodedText } from '../patch/byteText.ts';
import type { HunkLine } from '../patch/change.ts';

const signs = { context: ' ', added: '+', removed: '-' } as const;

export const diffLine = ({ kind, text }: HunkLine): string => `${signs[kind]}${decodedText(text)}`;
