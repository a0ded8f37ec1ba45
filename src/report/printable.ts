// printable.ts
// Texts that come from a patch or a tree may hold what moves the cursor of a terminal, starts a new header of a mail, or
// shows letters in another order than they stand. Nobody needs these to read a report.

/** Control characters and marks of direction become visible; tabs stay. */
export const printable = (text: string): string => text.replace(unprintable, escaped);

/** On one line: for headers, and for subjects in a list. */
export const onOneLine = (text: string): string => printable(text.replace(/\s+/g, ' ')).trim();

// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
