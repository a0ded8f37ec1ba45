// limits.test.ts
// --timeout and --quiet: what a command gets of them, and how it ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError, neverCancelled, throwIfCancelled } from '../../../src/base/cancel.ts';
import type { Token } from '../../../src/base/cancel.ts';
import { readArguments } from '../../../src/cli/arguments.ts';
import type { Arguments, CommandSpec } from '../../../src/cli/arguments.ts';
import type { Command, Surroundings } from '../../../src/cli/command.ts';
import { quietOption, timeoutOption } from '../../../src/cli/commonOptions.ts';
import { runWithinLimits } from '../../../src/cli/limits.ts';

const spec: CommandSpec = {
  name: 'dig',
  summary: '',
  operands: [],
  options: [timeoutOption, quietOption],
  examples: [],
};

function argumentsOf(...words: string[]): Arguments {
  const args = readArguments(words, spec);
  assert.notEqual(args, 'help');
  return args as Arguments;
}

const commandOf = (run: (surroundings: Surroundings) => void): Command => ({
  spec,
  run: (_args, surroundings) => {
    run(surroundings);
    return Promise.resolve(0);
  },
});

function surroundingsOf(shown: string[], token: Token = neverCancelled): Surroundings {
  return {
    print: () => {},
    complain: () => {},
    progress: { show: (text) => void shown.push(text), clear: () => {} },
    wantsColour: false,
    currentFolder: '/',
    version: '1',
    token,
  };
}

test('without limits a command gets what there is', async () => {
  const shown: string[] = [];
  const command = commandOf(({ progress, token }) => {
    progress.show('digging');
    assert.equal(token, neverCancelled);
  });
  assert.equal(await runWithinLimits(command, argumentsOf(), surroundingsOf(shown)), 0);
  assert.deepEqual(shown, ['digging']);
});

test('quiet shows nothing', async () => {
  const shown: string[] = [];
  const command = commandOf(({ progress }) => progress.show('digging'));
  await runWithinLimits(command, argumentsOf('--quiet'), surroundingsOf(shown));
  assert.deepEqual(shown, []);
});

test('when time is up, work that never pauses ends too, and says how far it came', async () => {
  let now = 0;
  const dig = ({ progress, token }: Surroundings): void => {
    for (let hole = 1; ; hole++) {
      throwIfCancelled(token);
      progress.show(`hole ${hole} of 9`);
      now += 400;
    }
  };
  for (const words of [
    ['--timeout', '1.5'],
    ['--timeout', '1.5', '--quiet'],
  ]) {
    now = 0;
    await assert.rejects(
      runWithinLimits(commandOf(dig), argumentsOf(...words), surroundingsOf([]), () => now),
      {
        name: 'UserError',
        code: 'time-is-up',
        message: 'not finished within 1.5 s (--timeout), so there is no answer; it was at: hole 4 of 9',
      },
    );
  }
});

test('what is done in time is done, and what nothing came of is said', async () => {
  const args = argumentsOf('--timeout', '5');
  assert.equal(
    await runWithinLimits(
      commandOf(() => {}),
      args,
      surroundingsOf([]),
    ),
    0,
  );
  const cancelled = commandOf(() => {
    throw new CancelledError('cancelled');
  });
  await assert.rejects(runWithinLimits(cancelled, args, surroundingsOf([])), {
    message: 'not finished within 5 s (--timeout), so there is no answer; nothing was read yet',
  });
});

test('an interrupt is no end of time, and another failure stays what it is', async () => {
  const args = argumentsOf('--timeout', '5');
  const interrupted = surroundingsOf([], { isCancellationRequested: true });
  const command = commandOf(({ token }) => throwIfCancelled(token));
  await assert.rejects(runWithinLimits(command, args, interrupted), { name: 'CancelledError' });
  const broken = commandOf(() => {
    throw new RangeError('broken');
  });
  await assert.rejects(runWithinLimits(broken, args, surroundingsOf([])), { name: 'RangeError' });
});

test('seconds are a number above 0', async () => {
  for (const text of ['0', '0.0', 'soon', '-1', '1e3', '1s', '99999999']) {
    await assert.rejects(
      runWithinLimits(
        commandOf(() => {}),
        argumentsOf(`--timeout=${text}`),
        surroundingsOf([]),
      ),
      { message: `--timeout takes a number of seconds above 0, not "${text}"` },
    );
  }
});
