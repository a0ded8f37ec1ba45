// panelPage.ts
// The page of a panel as a webview loads it, in a browser without VS Code around it: the same HTML and policy, the
// bundles of dist/, colours of a theme, and a stand-in for the editor that keeps state over a reload.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Page as PanelPage } from '../../../extension/page.ts';
import { pageHtml } from '../../../extension/pageHtml.ts';
import { inProject } from '../../../scripts/project.mjs';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

const origin = 'http://panel.test';

export interface PanelView {
  readonly page: Page;
  /** Sends a message as the extension does. */
  send(message: unknown): Promise<void>;
  /** What the page has sent since the last call. */
  received(): Promise<readonly unknown[]>;
  /** Everything that went wrong in the page: its policy allows nothing that it does not need. */
  readonly troubles: readonly string[];
}

export async function openPanel(
  context: BrowserContext,
  { name, title, styles, body }: PanelPage,
  theme: ThemeName,
): Promise<PanelView> {
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  const address = (file: string): string => `${origin}/${file}`;
  const parts = {
    styles: styles.map((style) => address(`${style}.css`)),
    script: address(`${name}.js`),
  };
  await page.route('**/*', async (route) => {
    const file = basename(new URL(route.request().url()).pathname);
    if (file === 'theme.css') return route.fulfill({ contentType: 'text/css', body: themeStyle(theme) });
    if (/^\w+\.(?:js|css)$/.test(file)) return route.fulfill({ path: inProject('dist/webview', file) });
    const html = pageHtml({ title, body, source: origin, ...parts });
    return route.fulfill({ contentType: 'text/html', body: withTheme(html, theme) });
  });
  await page.addInitScript({ content: standIn });
  await page.goto(`${origin}/panel`);
  return {
    page,
    troubles,
    send: (message) => page.evaluate((data) => window.postMessage(data), message),
    received: () => page.evaluate('takeMessages()'),
  };
}

// VS Code gives a webview its classes, the variables of the theme and a style of its own.
function withTheme(html: string, theme: ThemeName): string {
  const link = `  <link rel="stylesheet" href="${origin}/theme.css">\n</head>`;
  return html.replace('</head>', link).replace('<body>', `<body class="${themes[theme].bodyClass}">`);
}

function themeStyle(theme: ThemeName): string {
  const colors = Object.entries(themes[theme].colors).map(([key, value]) => `  --vscode-${key}: ${value};`);
  const isDark = ['dark', 'contrastDark'].includes(theme);
  return `:root {
${colors.join('\n')}
  --vscode-font-family: system-ui, 'Ubuntu', 'Droid Sans', sans-serif;
  --vscode-font-size: 13px;
  --vscode-editor-font-family: 'DejaVu Sans Mono', monospace;
  --vscode-editor-font-size: 14px;
  color-scheme: ${isDark ? 'dark' : 'light'};
}
body { background-color: var(--vscode-editor-background); }
`;
}

/** `acquireVsCodeApi`, whose state survives a reload of the page as that of VS Code does. */
const standIn = readFileSync(inProject('test/vscode/support/standInApi.js'), 'utf8');
