// webHost.test.ts
// The extension in the browser extension host, where its server is a web worker.

import { test } from 'node:test';
import { reportHostTests } from './support/hostTestReport.ts';

test('browser extension host, VS Code of today', (t) =>
  reportHostTests(t, { host: 'browser', release: 'current' }));
