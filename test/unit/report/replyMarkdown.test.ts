// replyMarkdown.test.ts
// An answer for the list in half the room of a mail.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replyMarkdown } from '../../../src/report/replyMarkdown.ts';

const shown = (...lines: readonly string[]): readonly string[] =>
  replyMarkdown(`${lines.join('\n')}\n`, 'report').split('\n');

test('sentences wrap as their reader has room, and the question stands out', () => {
  assert.deepEqual(shown('Can this deadlock?  acme_stop() takes', 'acme_list_lock here.'), [
    '**Can this deadlock?** `acme_stop()` takes acme\\_list\\_lock here.',
  ]);
});

test('two columns become one, in the order of time, the second thread behind a bar', () => {
  const told = shown(
    '    acme_stop()                         acme_open()',
    '      mutex_lock(&acme_port_lock)',
    '                                          mutex_lock(&acme_list_lock)',
    '                                            mutex_lock(&acme_port_lock)',
    '      mutex_lock(&acme_list_lock)',
  );
  assert.deepEqual(told, [
    '```report',
    'acme_stop()',
    '  mutex_lock(&acme_port_lock)',
    '│     acme_open()',
    '│       mutex_lock(&acme_list_lock)',
    '│         mutex_lock(&acme_port_lock)',
    '  mutex_lock(&acme_list_lock)',
    '```',
  ]);
});

test('so do those in which the second thread begins', () => {
  const told = shown(
    '                        acme_work()',
    '                          dev_hold(dev)',
    '    acme_stop()',
  );
  assert.deepEqual(told, ['```report', '│     acme_work()', '│       dev_hold(dev)', 'acme_stop()', '```']);
});

test('places and quoted lines keep their lines', () => {
  assert.deepEqual(shown('    drivers/acme.c', '      18  mutex_lock() in acme_stop()', '', '> +\tfoo();'), [
    ...['```report', 'drivers/acme.c', '  18  mutex_lock() in acme_stop()', '```'],
    ...['', '```report', '> +\tfoo();', '```'],
  ]);
});

test('words that somebody wrote instead are told as they are, whatever they hold', () => {
  assert.deepEqual(shown('1. I think *not*, see <foo>.'), ['1\\. I think \\*not\\*, see \\<foo\\>.']);
  assert.deepEqual(shown('- or not'), ['\\- or not']);
  assert.deepEqual(shown('    a ``` b'), ['````report', 'a ``` b', '````']);
  assert.deepEqual(shown(''), ['']);
});
