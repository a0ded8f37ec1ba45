// modelTools.ts
// The tools for language models, asked as VS Code's own chat would ask them.

import * as vscode from 'vscode';
import { eventually, openDemo } from './demo.ts';

/** The same in both hosts. */
export function describeModelTools(): void {
  describe('tools for language models', () => {
    before(async () => {
      await openDemo();
      await eventually('VS Code lists our three tools', () => ourTools().length === 3);
    });

    it('say what they do and what they take', () => {
      for (const { name, description, inputSchema } of ourTools()) {
        if (description.length < 100) throw new Error(`${name}: ${description}`);
        if (inputSchema === undefined) throw new Error(`${name} has no schema`);
      }
    });

    it('tell the lock chains of a function', async () => {
      const text = await invoke('holdwait_lock_chains', { function: 'demo_stop' });
      expectMatch(text, /^demo_stop\(\) {2}drivers\/demo\/demo\.c:\d+/);
      expectMatch(text, /takes +\(mutex\) demo_list_mutex +drivers\/demo\/demo\.c:\d+/);
    });

    it('tell who calls a function with which locks', async () => {
      const text = await invoke('holdwait_callers_with_locks', { function: 'demo_stop()' });
      expectMatch(text, /called by +demo_close\(\)/);
    });

    it('keep to the length that is asked for, and count the rest', async () => {
      const options = { tokenBudget: 20, countTokens: (words: string) => Promise.resolve(words.length) };
      const text = await invoke('holdwait_lock_chains', { function: 'demo_stop' }, options);
      expectMatch(text, /and \d+ more lines?$/);
      if (text.length > 100) throw new Error(`${text.length} letters: ${text}`);
    });

    it('refuse what they do not understand in one line', async () => {
      await expectRefusal({ function: 'demo_stopp' }, /^no function demo_stopp in /);
      await expectRefusal({}, /^say which function/);
      await expectRefusal({ function: 'demo_stop', depth: 99 }, /^depth is a whole number/);
    });

    it('stop when they are cancelled', async () => {
      const source = new vscode.CancellationTokenSource();
      source.cancel();
      const input = { input: { function: 'demo_stop' }, toolInvocationToken: undefined };
      await vscode.lm.invokeTool('holdwait_lock_chains', input, source.token).then(
        () => Promise.reject(new Error('an answer came all the same')),
        () => undefined,
      );
    });

    it('review a patch', async () => {
      expectMatch(await invoke('holdwait_review_patch', { patch: closingPatch }), /1 cycle introduced/);
    });
  });
}

const ourTools = (): readonly vscode.LanguageModelToolInformation[] =>
  vscode.lm.tools.filter(({ name }) => name.startsWith('holdwait_'));

async function invoke(
  name: string,
  input: object,
  tokenizationOptions?: vscode.LanguageModelToolTokenizationOptions,
): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, {
    input,
    toolInvocationToken: undefined,
    ...(tokenizationOptions ? { tokenizationOptions } : {}),
  });
  return content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : JSON.stringify(part)))
    .join('');
}

async function expectRefusal(input: object, reason: RegExp): Promise<void> {
  const message = await failureOf(invoke('holdwait_lock_chains', input));
  expectMatch(message, reason);
  if (message.includes('\n')) throw new Error(`more than a line: ${message}`);
}

/** VS Code puts words of its own before the message of a tool. */
function failureOf(answer: Promise<string>): Promise<string> {
  return answer.then(
    (text) => Promise.reject(new Error(`no failure but an answer: ${text}`)),
    (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/^.*?Error: /, ''),
  );
}

function expectMatch(text: string, pattern: RegExp): void {
  if (!pattern.test(text)) throw new Error(`no ${pattern} in\n${text}`);
}

const closingPatch = `--- a/drivers/demo/demo.c
+++ b/drivers/demo/demo.c
@@ -25,2 +25,2 @@ static void demo_stop(struct demo *demo)
-	mutex_lock(&demo_list_mutex);
+	mutex_lock(&demo->io_lock);
 	cancel_work_sync(&demo->reset_work);
@@ -27,2 +27,2 @@ static void demo_stop(struct demo *demo)
-	mutex_unlock(&demo_list_mutex);
+	mutex_unlock(&demo->io_lock);
 }
`;
