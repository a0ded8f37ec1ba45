// runMocha.ts
// Runs mocha inside an extension host, Node's or the browser's alike, and prints what came of every test.

// Mocha's browser build runs in both hosts: it needs neither files nor a page.
import 'mocha/mocha.js';
import { writeMessage } from './results.ts';

type RunSuites = (done: (failures: number) => void) => Mocha.Runner;

interface BrowserBuild {
  readonly mocha: { setup(options: { ui: 'bdd'; reporter: typeof NoReport; timeout: number }): void };
  readonly Mocha: { readonly prototype: { readonly run: RunSuites } };
}

/** @param define Names the suites; called when mocha's own functions exist. */
export function runMocha(define: () => void): Promise<void> {
  const { mocha, Mocha } = globalThis as unknown as BrowserBuild;
  mocha.setup({ ui: 'bdd', reporter: NoReport, timeout: 30_000 });
  define();
  return new Promise((resolve, reject) => {
    let tests = 0;
    const report = (test: Mocha.Test, state: 'passed' | 'failed' | 'skipped', reason: string): void => {
      tests += 1;
      const milliseconds = Math.round(test.duration ?? 0);
      console.log(writeMessage({ kind: 'test', title: test.fullTitle(), state, milliseconds, reason }));
    };
    // The build's own `mocha.run` reads the query of its page, and in Node's host there is no page.
    const runner = Mocha.prototype.run.call(mocha, (failures) => {
      console.log(writeMessage({ kind: 'end', tests }));
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else resolve();
    });
    runner.on('pass', (test) => report(test, 'passed', ''));
    runner.on('pending', (test) => report(test, 'skipped', ''));
    runner.on('fail', (test, error: Error) => report(test, 'failed', error.stack ?? String(error)));
  });
}

/** Mocha's reporters write to a page or a terminal, and here is neither. */
class NoReport {}
