// pageHtml.ts
// The HTML around every panel: one script, its stylesheets, and nothing that a policy does not name. All content comes
// later by messages, as text: nothing is ever put into markup. Knows no editor, so that tests load the same page.

export interface PageParts {
  readonly title: string;
  /** Where styles may come from, as a policy names it. */
  readonly source: string;
  readonly styles: readonly string[];
  readonly script: string;
  readonly body: string;
}

export function pageHtml({ title, source, styles, script, body }: PageParts): string {
  const nonce = makeNonce();
  // default-src: nothing is loaded that is not named below; no image, font, frame or connection.
  // style-src: the stylesheets, from the extension's folder.
  // script-src: the one script below, by its nonce; neither inline code nor eval.
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  const links = styles.map((style) => `  <link rel="stylesheet" href="${style}">\n`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
${links.join('')}</head>
<body>
${body.trim()}
  <script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
