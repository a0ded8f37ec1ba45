// nodeHost.test.ts
// The extension in the Node extension host, where it talks to a server process.

import { test } from 'node:test';
import { reportHostTests } from './support/hostTestReport.ts';

test('Node extension host, VS Code of today', (t) =>
  reportHostTests(t, { host: 'node', release: 'current' }));

test('Node extension host, oldest VS Code', (t) => reportHostTests(t, { host: 'node', release: 'oldest' }));
